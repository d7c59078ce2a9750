"""The bot's model: trained again only when something that goes into it changed.

The bot's own trainer knows that too, but asking it means importing Rasa, ten seconds of every start.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from backend.devstack.places import BOT_VENV, COMPILED, LOCAL, ROOT
from backend.devstack.progress import StepFailed, Steps

MODELS = LOCAL / "bot" / "models"
_NOTE = LOCAL / "bot" / "trained.json"
RASA_ENVIRONMENT = {
    **COMPILED,
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_CACHE_DIRECTORY": str(LOCAL / "bot" / "cache"),
}
"""Rasa reports nothing to its makers and leaves nothing outside `.local/`."""

_SOURCE = ROOT / "chatbot"
_NOT_IN_THE_MODEL = {"actions", "__pycache__"}
_SUFFIXES = {".py", ".yml", ".txt", ".tsv"}


class Training:
    """A training that goes on beside other steps; `finish` waits for it."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._ingredients = _fingerprint()
        self._process: subprocess.Popen[bytes] | None = None
        self.is_current = self._is_current()
        if not self.is_current:
            command: list[str | Path] = [BOT_VENV / "bin" / "python", "-m", "chatbot.train", MODELS]
            self._process = steps.begin(command, env=RASA_ENVIRONMENT, cwd=ROOT)

    def finish(self) -> Path:
        """Return the model, waiting for the training if one is under way. Raises StepFailed."""
        if self._process is not None:
            what = "train the bot"
            with self._steps.step(what):
                self._steps.finish(what, self._process)
            newest = max(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
            _NOTE.write_text(json.dumps({"ingredients": self._ingredients, "model": str(newest)}))
        return Path(json.loads(_NOTE.read_text())["model"])

    def abandon(self) -> None:
        """End the training: the run stops before it needs the model."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()

    def _is_current(self) -> bool:
        if not _NOTE.exists():
            return False
        note = json.loads(_NOTE.read_text())
        return note["ingredients"] == self._ingredients and Path(note["model"]).exists()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(_SOURCE.rglob("*")):
        inside = path.relative_to(_SOURCE)
        if path.suffix in _SUFFIXES and not _NOT_IN_THE_MODEL & set(inside.parts):
            digest.update(str(inside).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def main() -> int:
    """`make bot-train`: train if need be; the exit code is 1 when the training failed."""
    steps = Steps(LOCAL / "logs" / "train.log")
    training = Training(steps)
    try:
        training.finish()
    except StepFailed as failed:
        steps.say(str(failed))
        return 1
    finally:
        training.abandon()
    return 0


if __name__ == "__main__":
    sys.exit(main())
