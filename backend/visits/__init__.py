"""The front desk of a facility: who stands here, what is covered here and now, the visit, and the bill that follows it.

Owns visits, the bills of providers until claims have verified them, and the keys of hospital systems. Who is covered,
which network, which referral or letter counts it asks of the domains that know; it never decides who pays what.
"""
