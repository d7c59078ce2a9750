"""The helpline: cases for people, the words of every reply, and the answers to what members ask.

Owns cases with their history, the reply catalogue in every language, the understanding of emergencies and
keywords, and one answer per topic. It never talks to Twilio or to the bot and never stores a message: the
thread belongs to conversations.
"""
