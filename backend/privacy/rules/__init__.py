"""Pure answers about a person's rights: clocks, who may ask, what stands in the way, what must be kept."""
