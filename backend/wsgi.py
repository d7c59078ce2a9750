"""What granian serves: ``granian --interface wsgi backend.wsgi:app``."""

from backend.app import create_app
from backend.settings import Settings

app = create_app(Settings.from_env())
