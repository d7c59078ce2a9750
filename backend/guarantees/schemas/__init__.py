"""Shapes of letters of guarantee and of the question before one goes."""
