"""Plans and their benefit tables, limits and what has been used of them.

This domain owns plan versions, benefits, limits, shared pools, waiting periods, exclusions and the
append-only record of holds and use. It answers what is left and reserves it without ever giving the
same rupiah twice. It never decides a claim and never pays anything.
"""
