"""Branding: what a client looks and sounds like, from ``whitelabel_configs`` or as it was published in the studio.

Loads, checks and serves one brand per client: colours, logos, languages, numbers, features, texts; keeps
their versions. It never decides about cover, claims or money.
"""
