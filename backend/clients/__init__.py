"""The client companies: who they are, which contract is in force, its plan years and its HR contacts.

A client is a company that gives its employees a health plan, and at the same time the tenant that every
row belongs to. The contract's terms are policy switches of the company: other domains ask for them here
and never keep their own copy. How a client looks and speaks is `branding`; who signs in is `accounts`.
"""
