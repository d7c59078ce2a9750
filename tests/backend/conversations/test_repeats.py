"""The same webhook ten times at the same moment, from ten connections."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from backend.access import working_for
from backend.conversations.models import InboundEvent, Message
from backend.integrations.twilio.signature import sign
from backend.kit import ids

_TIMES = 10
_PATH = "/twilio/messages"


def _count(helpline, table, **wanted) -> int:
    with working_for(helpline.client.id) as scope:
        same = [getattr(table, name) == value for name, value in wanted.items()]
        query = select(func.count()).select_from(table).where(table.client_id == helpline.client.id, *same)
        return scope.session.scalar(query)


def test_ten_times_at_once_is_one_message_and_one_answer(app, helpline, bot, phone):
    forms = [
        {
            "MessageSid": f"SM{ids.new_id().hex}",
            "From": f"whatsapp:{phone}",
            "To": f"whatsapp:{helpline.whatsapp}",
            "Body": text,
            "NumMedia": "0",
        }
        for text in ("hello", "hello again")
    ]
    together = Barrier(_TIMES)

    def post(number: int) -> list[int]:
        http = app.test_client()
        together.wait()
        answers = []
        for form in forms if number % 2 else reversed(forms):
            signature = sign(helpline.token, f"{helpline.public_url}{_PATH}", form)
            answers.append(http.post(_PATH, data=form, headers={"X-Twilio-Signature": signature}).status_code)
        return answers

    with ThreadPoolExecutor(_TIMES) as threads:
        statuses = [status for answers in threads.map(post, range(_TIMES)) for status in answers]
    helpline.run_jobs()
    assert set(statuses) == {200}
    assert _count(helpline, InboundEvent, kind="message") == 2
    assert _count(helpline, Message, direction="in") == 2
    assert len(helpline.outbox(phone)) == 2
