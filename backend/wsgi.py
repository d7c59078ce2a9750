"""What granian serves: ``granian --interface wsgi backend.wsgi:app``."""

import gc

from backend.app import create_app
from backend.settings import Settings
from backend.turnstile import Turnstile

app = Turnstile(create_app(Settings.from_env()))

# What was loaded lives as long as the process. A full collection would walk through all of it, for 140 ms, in the
# middle of somebody's request.
gc.collect()
gc.freeze()
