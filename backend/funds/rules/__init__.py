"""Pure rules of a client's money: the chart of accounts, what an entry may look like, what is free to give."""
