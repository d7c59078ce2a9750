"""Launches: the way of a new client from the appointment letter to the day its members may sign in (S0-70..S0-79).

Owns the checklist, who does what until when, and what blocks what. It makes no brand, plan or census: it looks
whether they are there.
"""
