"""Background work of the changes of plans; arguments are ids only, every task may run twice."""

from __future__ import annotations

from uuid import UUID

from backend.jobs import RETRY, jobs
from backend.plan_changes import preview_work, telling


@jobs.task(name="plan_changes.preview", retry=RETRY)
def preview(client_id: str, preview_id: str) -> None:
    """Judge past claims under the old and the proposed terms, or go on with it."""
    preview_work.run(UUID(client_id), UUID(preview_id))


@jobs.task(name="plan_changes.tell", retry=RETRY)
def tell(client_id: str, change_id: str) -> None:
    """Tell everybody in a changed plan what changes for them, or go on with it."""
    telling.run(UUID(client_id), UUID(change_id))
