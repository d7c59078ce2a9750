"""Every message the platform sends to a member, and the inbox where it can be read again.

An event of the closed list becomes one notification, its words in the member's language, and one
attempt per channel until it is delivered. This domain owns preferences, devices, opt-outs and the
delivery record. It never decides what happened, and it puts no health detail on a lock screen.
"""
