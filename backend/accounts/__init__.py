"""Who signs in and how: identities of members, staff, one-time codes, sessions, devices.

An identity is a telephone number at one client; which members it may act for is asked of `members` at
every sign-in and refresh, never stored here. Codes, refresh tokens and addresses are kept as keyed
digests only. It never decides what a role may do with somebody's data: routes and scopes do.
"""
