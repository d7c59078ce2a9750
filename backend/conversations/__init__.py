"""One thread per person and client, whatever the channel: WhatsApp, telephone, in-app chat.

Owns threads, messages, raw inbound events, calls, and who has proved to be whom on which channel. Receives
Twilio's webhooks, takes turns with the bot, and goes on without it when it is silent. It decides nothing
about cover, claims or complaints: it asks the helpline for answers.
"""
