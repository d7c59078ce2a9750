"""Referrals: the way from the first tier to a specialist, on to the next one and back, as one chain.

Owns the referral and its code from issue to end, the rights that follow from it (to go on, to come back, medicine for
a stable chronic illness) and what a member asks for. Who treats where under which contract it asks of providers, who is
covered of members; letters of guarantee are not its matter.
"""
