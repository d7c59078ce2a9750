"""Who pays what of a bill, and why: the engine that letters, quotes and claims share.

Owns the rules of deciding a bill, the trace of every step and its wording as a receipt. Pure and versioned: the same
facts give the same judgement for ever. It reads cover, use and tariffs from the domains that own them; it moves no
money and changes no claim.
"""
