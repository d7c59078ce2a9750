"""Twilio: messages, signatures of webhooks, and what its codes mean."""
