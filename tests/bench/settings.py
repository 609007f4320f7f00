"""Settings of the benchmark: the portal's own under production settings, static files and uploads in a scratch folder.

The environment is written by ``tests.bench.places`` before Django loads, one child process per database.
"""

import os
from pathlib import Path

from portal.settings import *  # noqa: F403
from portal.settings import LOGGING, TEMPLATES

STATIC_ROOT = Path(os.environ["BENCH_STATIC"])
LOGGING["root"]["level"] = "ERROR"

ROOT_URLCONF = "tests.bench.plain"  # the portal's addresses, and the plain view beside them
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # reminders are written only where mail is on
