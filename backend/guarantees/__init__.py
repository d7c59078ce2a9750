"""Letters of guarantee: a hospital treats a member without asking for money, because the plan answers for it.

Owns the letter from the request to its end: issued for some hours while the card is missing, confirmed by the card
or the employer's written word, lapsed or void. What is covered and who is enrolled it asks of benefits and members.
"""
