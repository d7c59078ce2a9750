"""Small building blocks named for a thing; no domain knowledge, no Flask."""
