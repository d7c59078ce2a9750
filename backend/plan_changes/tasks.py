"""Background work of the changes of plans; arguments are ids only, every task may run twice."""

from __future__ import annotations

from uuid import UUID

from backend.jobs import RETRY, jobs
from backend.plan_changes import preview_work


@jobs.task(name="plan_changes.preview", retry=RETRY)
def preview(client_id: str, preview_id: str) -> None:
    """Judge past claims under the old and the proposed terms, or go on with it."""
    preview_work.run(UUID(client_id), UUID(preview_id))
