"""A member's deadlines as a private calendar that any calendar app can subscribe to.

Owns the secret address of each member's feed and what is written into it: numbers of matters and days, no illness, no
name, no amount. It sets no deadline: it reads those of complaints, claims and letters of guarantee.
"""
