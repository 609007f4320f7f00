"""Backups: what a night copies is whole, and a portal is made of it again."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from portal import nightly
from portal.backups import KEPT, back_up
from tests.cast import make_body

DAY = date(2026, 11, 22)


@pytest.mark.django_db(transaction=True)
def test_a_night_copies_the_database_and_each_file_once(settings: Any, tmp_path: Path) -> None:
    settings.BACKUPS = str(tmp_path / "backup")
    make_body("Ban Dân vận")
    default_storage.save("ab/abcd", ContentFile("văn bản".encode()))
    told: list[str] = []
    assert nightly.run(told.append) == 0
    assert "Sao lưu: xong (cơ sở dữ liệu, 1 tệp mới)" in told
    default_storage.delete("ab/abcd")
    assert back_up(tmp_path / "backup", DAY).endswith(", 0 tệp mới")
    assert (tmp_path / "backup" / "files" / "ab" / "abcd").read_text() == "văn bản"
    assert list((tmp_path / "backup").rglob("*.part")) == []
    copy = next((tmp_path / "backup").glob(f"portal-{DAY}.*"))
    assert copy.stat().st_mode & 0o077 == 0
    if copy.suffix == ".sqlite3":
        with closing(sqlite3.connect(copy)) as restored:
            assert restored.execute("SELECT name FROM portal_organization").fetchall() == [("Ban Dân vận",)]
            assert restored.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    else:
        restore = [
            shutil.which("pg_restore"),
            "--data-only",
            "--table=portal_organization",
            "-f",
            "-",
            copy,
        ]
        assert "Ban Dân vận" in subprocess.run(restore, capture_output=True, text=True, check=True).stdout


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_the_copies_of_a_fortnight_are_kept(tmp_path: Path) -> None:
    for night in range(KEPT + 2):
        back_up(tmp_path, DAY + timedelta(days=night))
    assert [path.name for path in sorted(tmp_path.glob("portal-*"))][::KEPT - 1] == [
        "portal-2026-11-24.sqlite3", "portal-2026-12-07.sqlite3"
    ]  # fmt: skip
