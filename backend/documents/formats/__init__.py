"""Reads the headers of a file without decoding a pixel: what it is, how large, where it really ends.

Everything here is plain Python over bytes and cheap enough for the request. Decoders, which have bugs, only
ever run in the darkroom's own process (see `backend.documents.darkroom`).
"""
