"""Hospitals, clinics, pharmacies, laboratories, opticians and dentists, and which plan network they are in.

The registry is one for the whole platform; membership in a network belongs to a client. This domain
answers where to go and whether it is in the network. It never judges a claim.
"""
