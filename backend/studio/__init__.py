"""The studio: a client's brand is made, looked at, published and taken back here.

Renders what a client's members will see and hear and looks at it as they would: readable, whole, and with nobody
else's name; only what passes is put in force. It owns drafts and preview links, and no member's data.
"""
