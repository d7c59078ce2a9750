"""A second, slow and plain reading of the same requirement rows, to hold the engine against."""
