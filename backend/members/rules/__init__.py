"""Pure rules of the members domain: cover, family, national ids, cards, and the lines of a census file."""
