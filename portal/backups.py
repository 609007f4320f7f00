"""Backups: each night the database whole and the files not yet copied, into a folder the operator names.

A copy is written beside its place and moved there when it is whole, so that a night that was cut leaves none that is
half. Files lie under their content's name and never change; one that the portal forgets stays in the backup.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection

KEPT = 14
"""The copies of the database that are kept, one a night."""
PG_NAMES = {
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
}


def back_up(folder: Path, on: date) -> str:
    """Copy everything a portal is made of; returns what was copied, in words."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    dump, kind = (_sqlite, "sqlite3") if connection.vendor == "sqlite" else (_postgresql, "pgdump")
    _whole(folder / f"portal-{on}.{kind}", dump)
    for old in sorted(folder.glob("portal-*.*"))[:-KEPT]:
        old.unlink()
    if (secrets := settings.BASE_DIR / "var" / "portal.env").exists():
        shutil.copy2(secrets, folder / secrets.name)
    return f"cơ sở dữ liệu, {_copy_files(Path(settings.MEDIA_ROOT), folder / 'files')} tệp mới"


def _whole(place: Path, write: Callable[[Path], object]) -> None:
    part = place.with_name(f"{place.name}.part")
    part.unlink(missing_ok=True)
    write(part)
    part.chmod(0o600)
    part.replace(place)


def _sqlite(part: Path) -> None:
    """What is committed, read while others write."""
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as live,
        closing(sqlite3.connect(part)) as copy,
    ):
        live.backup(copy)


def _postgresql(part: Path) -> None:
    known = connection.get_connection_params()
    env = os.environ | {PG_NAMES[name]: str(value) for name, value in known.items() if name in PG_NAMES}
    command = ["pg_dump", "--format=custom", f"--file={part}"]  # the operator's, of their server's version
    subprocess.run(command, env=env, check=True)  # noqa: S603


def _copy_files(kept: Path, backup: Path) -> int:
    copied = 0
    for path in sorted(path for path in kept.rglob("*") if path.is_file()):
        place = backup / path.relative_to(kept)
        if not place.exists():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _whole(place, lambda part, path=path: shutil.copyfile(path, part))
            copied += 1
    return copied
