"""Who works at the helpline and when: skills, shifts, presence, and the opening hours of each desk.

Other domains ask two things here: is a desk open at a moment, and who is on duty there. Which case somebody gets is
decided by `helpline`; who may sign in, and as what, by `accounts`; a country's holidays and the client's own free
days come from `kit/deadlines` and `clients`.
"""
