"""The dossier of a complaint: everything about it in one PDF and one ZIP, redacted for its reader.

Owns the collecting, the chain of digests over its entries, the signature and the check of both. It changes nothing
that it tells about.
"""
