"""Pure rules of the front desk: what is covered here, when a visit may open, what a bill must be, what a key may."""
