"""The studio: whether a brand is fit to be shown to people, before it is published.

Renders what a client's members will see and hear and looks at it as they would: readable, whole, and with nobody
else's name. It owns no member's data and changes no brand by itself.
"""
