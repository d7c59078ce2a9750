"""What the backend understands by itself, before the bot is asked and when the bot is down.

Emergency, stop, "a person, please" and language names by phrases; a guess by keywords; the language
of a text. Pure functions over a lexicon per language (`backend/helpline/lexicon/`).
"""
