"""Complaints and their clocks.

Owns a complaint from any channel: its number, the deadlines of acknowledgement and resolution by the dated rule set
in force when it came in, and every step taken. It changes nothing else: a decision it is about is changed by its owner.
"""
