"""The life of an attempt: chosen, taken, handed over, recorded; lost ones make room for the next channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, update

from backend.access import Scope
from backend.clients import registry as clients
from backend.integrations.mail import MailMessage
from backend.integrations.messaging import OutgoingMessage, SendResult, SendUncertain, VendorError
from backend.integrations.push import DeviceGone, PushMessage
from backend.integrations.registry import Integrations
from backend.jobs import enqueue, jobs
from backend.kit import clock
from backend.notifications import queries, rules
from backend.notifications.addressing import Outgoing, messages_for, person_for, reach_of, voice_of
from backend.notifications.events import EVENTS
from backend.notifications.models import DeviceRegistration, Notification, NotificationAttempt, OptOut
from backend.notifications.rules import LOST, AttemptState
from backend.observability import SENT, log

WAIT_FOR_CALLBACK_SECONDS = 600
_CODES_KEPT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one attempt hands to its vendor."""

    channel: str
    messages: tuple[Outgoing, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel; ``again`` asks for another try, ``gone`` names devices to forget."""

    state: AttemptState
    vendor_id: str | None = None
    code: str | None = None
    cause: str | None = None
    again: bool = False
    gone: tuple[str, ...] = ()


def begin(scope: Scope, notification_id: UUID) -> None:
    """Open the first attempt of a notification; a repeated job changes nothing."""
    if not queries.attempts_of(scope, notification_id):
        _open_next(scope, queries.notification(scope, notification_id))


def _open_next(scope: Scope, note: Notification) -> None:
    event, person = EVENTS[note.event], person_for(scope, note)
    reach = reach_of(scope, event, person, voice_of(scope))
    made = queries.attempts_of(scope, note.id)
    tried = {row.channel for row in made}
    channels = [] if event.topic in person.muted else rules.channels_for(event.channels, reach)
    channel = next((channel for channel in channels if channel.value not in tried), None)
    if channel is None:
        note.sealed = None
        log.info("notification_rests", event_name=note.event, notification=str(note.id), tried=len(made))
        return
    now = clock.now()
    zone = ZoneInfo(clients.client_by_id(scope.client_id).timezone)
    due = rules.send_at(now, zone, person.quiet, urgent=event.urgent)
    row = NotificationAttempt(
        client_id=scope.client_id,
        notification_id=note.id,
        position=len(made),
        channel=channel.value,
        state=AttemptState.QUEUED.value,
        due_at=due,
        changed_at=now,
    )
    scope.session.add(row)
    scope.session.flush()
    _enqueue(scope, "notifications.send", row, _seconds_until(due, now))


def _seconds_until(due: datetime, now: datetime) -> int:
    return max(0, int((due - now).total_seconds()))


def _enqueue(scope: Scope, task: str, row: NotificationAttempt, seconds: int) -> None:
    # By name: the tasks module imports this one.
    enqueue(scope, jobs.tasks[task], in_seconds=seconds or None, client_id=str(scope.client_id), attempt_id=str(row.id))


def take(scope: Scope, attempt_id: UUID) -> Parcel | None:
    """Claim a queued attempt for this worker; None when there is nothing (more) to send.

    An attempt found in ``sending`` was taken by a worker that died: it may have left, so it is not repeated.
    """
    row = queries.attempt(scope, attempt_id, lock=True)
    if row.state == AttemptState.SENDING.value:
        record(scope, attempt_id, Outcome(AttemptState.SEND_UNCERTAIN, cause="worker_lost"))
        return None
    if row.state != AttemptState.QUEUED.value:
        return None
    messages = messages_for(scope, queries.notification(scope, row.notification_id), row)
    row.tries = (row.tries or 0) + 1
    row.state, row.changed_at = AttemptState.SENDING.value, clock.now()
    return Parcel(row.channel, messages)


def hand_over(outside: Integrations, parcel: Parcel) -> Outcome:
    """Give the messages to the vendor, outside every transaction; a push counts when one device took it."""
    outcome = Outcome(AttemptState.FAILED, cause="no_address")
    gone: list[str] = []
    for message in parcel.messages:
        try:
            sent = _send(outside, message)
            outcome = Outcome(AttemptState.SENT, vendor_id=sent.vendor_id)
        except DeviceGone as error:
            gone.append(message.device if isinstance(message, PushMessage) else "")
            outcome = _better(outcome, Outcome(AttemptState.FAILED, code=error.code, cause=error.cause))
        except SendUncertain as error:
            outcome = _better(outcome, Outcome(AttemptState.SEND_UNCERTAIN, cause=error.cause))
        except VendorError as error:
            failed = Outcome(AttemptState.FAILED, code=error.code, cause=error.cause, again=not error.permanent)
            outcome = _better(outcome, failed)
    SENT.labels(parcel.channel, outcome.state.value).inc()
    return Outcome(outcome.state, outcome.vendor_id, outcome.code, outcome.cause, outcome.again, tuple(gone))


def _better(known: Outcome, new: Outcome) -> Outcome:
    return known if known.state in {AttemptState.SENT, AttemptState.SEND_UNCERTAIN} else new


def _send(outside: Integrations, message: Outgoing) -> SendResult:
    if isinstance(message, OutgoingMessage):
        return outside.messaging.send(message)
    if isinstance(message, MailMessage):
        return outside.mail.mail(message)
    return outside.push.push(message)


def record(scope: Scope, attempt_id: UUID, outcome: Outcome) -> None:
    """Write down what the vendor said: sent, tried again later, unknown, or lost to the next channel."""
    row = queries.attempt(scope, attempt_id, lock=True)
    note = queries.notification(scope, row.notification_id)
    _forget_devices(scope, outcome.gone)
    row.vendor_id = row.vendor_id or outcome.vendor_id
    row.vendor_code, row.cause = outcome.code, outcome.cause
    wait = rules.retry_after_seconds(row.tries) if outcome.again else None
    if wait is not None:
        row.state, row.changed_at = AttemptState.QUEUED.value, clock.now()
        _enqueue(scope, "notifications.send", row, wait)
        return
    if outcome.cause == "opted_out":
        _refuse_phone(scope, note, row)
    if outcome.state is AttemptState.SEND_UNCERTAIN:
        _enqueue(scope, "notifications.settle", row, WAIT_FOR_CALLBACK_SECONDS)
    advance(scope, row, outcome.state, code=outcome.code, cause=outcome.cause)


def advance(
    scope: Scope, row: NotificationAttempt, state: AttemptState, *, code: str | None = None, cause: str | None = None
) -> None:
    """Move an attempt forward, never back; a lost one opens the next channel, a taken one forgets its code."""
    if not rules.advances(AttemptState(row.state), state):
        return
    row.state, row.changed_at = state.value, clock.now()
    row.vendor_code, row.cause = code or row.vendor_code, cause or row.cause
    note = queries.notification(scope, row.notification_id)
    if state in LOST:
        _open_next(scope, note)
    elif state in {AttemptState.DELIVERED, AttemptState.READ}:
        note.sealed = None


def give_up_waiting(scope: Scope, attempt_id: UUID) -> None:
    """An attempt that stayed uncertain is left as it is; the person is told over the next channel."""
    row = queries.attempt(scope, attempt_id, lock=True)
    if row.state == AttemptState.SEND_UNCERTAIN.value:
        _open_next(scope, queries.notification(scope, row.notification_id))


def forget_codes(scope: Scope) -> None:
    """Wipe sealed codes that are too old to be used, whatever became of their delivery."""
    scope.session.execute(
        update(Notification)
        .where(
            Notification.client_id == scope.client_id,
            Notification.sealed.is_not(None),
            Notification.created_at < clock.now() - _CODES_KEPT,
        )
        .values(sealed=None)
    )


def _forget_devices(scope: Scope, values: tuple[str, ...]) -> None:
    if values:
        scope.session.execute(
            delete(DeviceRegistration).where(
                DeviceRegistration.client_id == scope.client_id, DeviceRegistration.value.in_(values)
            )
        )


def _refuse_phone(scope: Scope, note: Notification, row: NotificationAttempt) -> None:
    phone = person_for(scope, note).phone
    if phone and (row.channel, phone) not in queries.opted_out(scope, [phone]):
        scope.session.add(OptOut(client_id=scope.client_id, channel=row.channel, address=phone, cause="opted_out"))
        scope.session.flush()
