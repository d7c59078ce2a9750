"""Calls between the bot and a person: the queue, call-backs, voicemail, recordings.

Twilio's queue carries the call, our rows are the record: callbacks of Twilio settle them, once.
"""
