"""Our own parts of the NLU pipeline."""
