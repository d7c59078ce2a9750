"""Trains the bot when its data, configuration or code changed; run by the bot's own interpreter.

    python -m chatbot.train [folder for models]

Prints the path of the model. The file's name carries the hash of everything the model is made
of, so a second call finds the file and trains nothing.
"""

import hashlib
import os
import sys
from pathlib import Path

from rasa.model_training import train

HERE = Path(__file__).resolve().parent
DEFAULT_FOLDER = HERE.parent / ".local" / "bot" / "models"
_INGREDIENTS = ("config.yml", "domain/*.yml", "data/**/*.yml", "vocabulary/*.yml", "components/*.py")


def fingerprint() -> str:
    """Hash names and contents of everything that goes into the model."""
    digest = hashlib.sha256()
    for pattern in _INGREDIENTS:
        for path in sorted(HERE.glob(pattern)):
            digest.update(str(path.relative_to(HERE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def ensure_model(folder: Path = DEFAULT_FOLDER) -> Path:
    """Return the model for the present data, training it first if there is none.

    Raises RuntimeError when Rasa ends without a model.
    """
    name = f"careline-{fingerprint()}"
    model = folder / f"{name}.tar.gz"
    if not model.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Rasa keeps parts of earlier trainings in the working folder; ours are whole or not at all.
        os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")
        os.environ.setdefault("RASA_CACHE_DIRECTORY", str(folder.parent / "cache"))
        result = train(
            domain=str(HERE / "domain"),
            config=str(HERE / "config.yml"),
            training_files=[str(HERE / "data")],
            output=str(folder),
            fixed_model_name=name,
            force_training=True,
        )
        if result.code != 0 or not model.exists():
            raise RuntimeError("Rasa ended without a model")
        for older in folder.glob("careline-*.tar.gz"):
            if older != model:
                older.unlink()
    return model


if __name__ == "__main__":
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    sys.stdout.write(f"{ensure_model(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER)}\n")
