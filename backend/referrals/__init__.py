"""Referrals: the way from the first tier to a specialist and back, as one chain."""
