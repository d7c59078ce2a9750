"""A month of claims of two markets, published: ``README.md`` says how it is made and read."""
