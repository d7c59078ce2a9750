"""Which implementation stands behind each Protocol, chosen by settings; unknown names refuse to start."""

from __future__ import annotations

from dataclasses import dataclass

from backend.settings import Settings


@dataclass(frozen=True, slots=True)
class Integrations:
    """The outside systems of one process."""

    settings: Settings

    @classmethod
    def of(cls, settings: Settings) -> Integrations:
        """What the settings ask for."""
        return cls(settings)


_current: Integrations | None = None


def current() -> Integrations:
    """The integrations of this process, for jobs; made from the environment at first use."""
    global _current  # noqa: PLW0603 - one process, one set
    if _current is None:
        _current = Integrations.of(Settings.from_env())
    return _current


def use(integrations: Integrations) -> None:
    """Replace the integrations of this process (create_app, worker, tests)."""
    global _current  # noqa: PLW0603
    _current = integrations
