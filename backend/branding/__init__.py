"""Branding: what a client looks and sounds like, read from ``whitelabel_configs``.

Loads, checks and serves one file per client: colours, logos, languages, numbers, features, texts.
It owns no table and never decides about cover, claims or money.
"""
