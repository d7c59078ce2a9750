"""Shapes of the funds domain."""
