"""The main job against the running stack, over HTTP only: `make journey`.

A member signs in, shows the card, sends receipts, asks about them on WhatsApp and on the phone, and complains, in three
languages. Every step prints what came back; the first wrong answer ends the journey with an error.
"""
