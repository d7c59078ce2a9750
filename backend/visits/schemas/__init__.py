"""Shapes of the front desk's API."""
