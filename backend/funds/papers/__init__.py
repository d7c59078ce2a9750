"""Papers about money on the client's paper: the excess letter, the month's statement. They name no illness."""
