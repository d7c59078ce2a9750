"""Where things lie. Everything that a run or an installation makes is in `.local/` (git-ignored)."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"

VENV = LOCAL / "venv"
"""The backend's environment: Python 3.11 or newer."""
BOT_VENV = LOCAL / "bot-venv"
"""Rasa's environment: Python 3.10, shares no package with the backend."""
TOOLS = LOCAL / "tools"
"""uv, and node where the machine has none."""
WEB_PACKAGES = LOCAL / "web"
"""The front-end packages that the backend serves."""

COMPILED = {"PYTHONPYCACHEPREFIX": str(LOCAL / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
"""Environment of every Python process of a run: compile each module once, also where the shell forbids
`__pycache__` beside the sources. Without it Rasa alone compiles TensorFlow at every start."""
