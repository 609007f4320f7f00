"""Settings of the test run: the portal's own, with an environment that needs no operator.

Set before anything of Django loads. `TEST_DATABASE_URL` names a PostgreSQL server; without it the tests
use an SQLite file, so that the served pages and the test hold separate connections, as in a real installation.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Each test process (xdist starts several) keeps what it writes in a folder of its own.
SCRATCH = Path(tempfile.mkdtemp(prefix="portal-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

for _name in [name for name in os.environ if name.startswith("PORTAL_") or name in ("EMAIL_URL", "DEBUG")]:
    del os.environ[_name]
os.environ |= {
    "SECRET_KEY": "only-for-tests-" + "x7" * 25,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SECURE_SSL": "0",
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{SCRATCH / 'portal.sqlite3'}",
    "PORTAL_FILES": str(SCRATCH / "files"),
}

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, LOGGING, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    # A test database need not survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    # A connection kept open would hold the test database when it is dropped.
    DATABASES["default"] |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING["root"]["level"] = "ERROR"
