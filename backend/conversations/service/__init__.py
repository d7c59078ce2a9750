"""The verbs of the conversations, one file per use case."""

from backend.conversations.service.chat import page, say
from backend.conversations.service.receive import receive_message, receive_status

__all__ = ["page", "receive_message", "receive_status", "say"]
