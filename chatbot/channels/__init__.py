"""The one way into the bot: the backend, on the inner network."""
