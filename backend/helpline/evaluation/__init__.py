"""Judges the whole path of understanding: the backend's own matching, then the bot."""
