"""Flask-free entry points that operators run: migrate, seed, import."""
