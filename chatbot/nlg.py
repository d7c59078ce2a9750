"""What the bot says, as ids: the backend's catalogue holds the words of every language and client."""

from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker

# Keys that rasa-sdk puts beside the arguments of `dispatcher.utter_message(response=…, **args)`.
_MESSAGE_KEYS = frozenset({"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"})


class ReplyIds(NaturalLanguageGenerator):
    """Turns every response, form questions too, into `{"custom": {"reply": id, "args": {…}}}`."""

    def __init__(self, endpoint_config: Any = None, domain: Any = None) -> None:
        """Take what Rasa hands to every generator; neither is needed."""

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Name the reply and its arguments; an empty argument is left out."""
        args = {name: value for name, value in kwargs.items() if name not in _MESSAGE_KEYS and value is not None}
        return {"custom": {"reply": utter_action, "args": args}}
