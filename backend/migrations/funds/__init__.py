"""What migration 0032 does, a file for each part of the money; frozen with it."""
