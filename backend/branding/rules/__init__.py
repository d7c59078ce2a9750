"""Pure rules of a brand: files over defaults, colours people can read and tell apart, names that must not leak."""
