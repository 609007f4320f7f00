"""Fill, measure, print: ``./run bench [--size N …] [--conferences N] [--database sqlite|postgresql|both] [--quick] [--keep DIR]``.

``./run bench --year [--keep DIR]`` measures the year at national size instead, on a database of its own.

A full run takes a quarter of an hour on a quiet machine. ``--keep DIR`` leaves the filled databases in a folder,
PostgreSQL's own files too; a later run with the same folder only measures, as long as generators and migrations
are the same: ``./run bench --keep ../portal-bench --database postgresql``. Run as root, the folder must be
one that the user postgres can reach. What is printed last is the table of bars.
"""

import argparse
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.page import BOOKS
from tests.bench.places import ROOT, Place, collect_static, walk_a_server
from tests.bench.report import Report, print_bars
from tests.bench.year_report import print_year

SIZES, QUICK_SIZES = [100, 100_000], [100, 2_000]
REQUESTS, QUICK_REQUESTS = 40, 10


def options() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="./run bench", description="Measures the portal at size.")
    parser.add_argument("--size", type=int, action="append", help="how many programmes; may be given twice")
    parser.add_argument(
        "--conferences", type=int, help="how many conferences at the largest size (one for five programmes)"
    )
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--quick", action="store_true", help="100 and 2,000 programmes, ten requests a page")
    parser.add_argument(
        "--keep", type=Path, help="keep the filled databases in this folder, and use them again"
    )
    parser.add_argument("--year", action="store_true", help="the year at national size, on PostgreSQL")
    parser.add_argument("--requests", type=int, help="how many requests a page is timed by")
    return parser.parse_args()


def conferences_for(vendor: str, size: int, largest: int, asked: int | None) -> int:
    """As many as asked at the largest size, else one for five programmes; one for fifty in an office's SQLite."""
    if asked is not None and size == largest:
        return asked
    return max(size // (5 if vendor == "postgresql" else 50), 2)


@contextmanager
def folder_for(kept: Path | None) -> Iterator[Path]:
    """The scratch folder: the kept one, or one that goes away."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


GENERATORS = ("nation", "papers", "texts", "conferences", "tables", "fill")


def generators(names: tuple[str, ...] = GENERATORS) -> str:
    """What the content of a filled database depends on: generators, models and migrations."""
    files = [ROOT / "tests" / "bench" / f"{name}.py" for name in names]
    files += sorted(ROOT.glob("*/migrations/0*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def filled(place: Place) -> float:
    """Fill the database unless a kept one holds the same; the seconds its filling took."""
    made = generators()
    if place.mark.exists() and place.exists():
        mark = json.loads(place.mark.read_text())
        if (mark["generators"], mark["conferences"]) == (made, place.conferences):
            return mark["seconds"]
    place.mark.unlink(missing_ok=True)
    place.create()
    print(
        f"filling {place.vendor} with {place.size:,} programmes and {place.conferences:,} conferences …",
        flush=True,
    )
    seconds = place.child("fill", place.size, place.conferences, STATEMENT_TIMEOUT_S="0")
    mark = {"generators": made, "conferences": place.conferences, "seconds": seconds}
    place.mark.write_text(json.dumps(mark))
    return seconds


def measured(place: Place, requests: int) -> dict[str, Any]:
    """Everything measured on one filled database."""
    seconds = filled(place)
    place.child("count", STATEMENT_TIMEOUT_S="0")
    collect_static(place)
    print(
        f"measuring {place.vendor} at {place.size:,} (load of the machine {os.getloadavg()[0]:.1f}) …",
        flush=True,
    )
    found = {
        "filled": seconds,
        "pages": place.child("pages", requests),
        "excel": {name: place.child("excel", at) for at, name in enumerate(BOOKS)},
        "saves": place.child("saves"),
        "worker": walk_a_server(place),
    }
    if (load := os.getloadavg()[0]) > (os.cpu_count() or 1) + 1:
        print(
            f"the machine was busy with other work (load {load:.1f}): times are longer than the portal's own"
        )
    return found


def run_year(kept: Path | None, server: str, share: int) -> None:
    """Fill the database of the year unless a kept one holds the same, and measure it."""
    with folder_for(kept) as folder:
        place = Place(folder, "postgresql", share, server, called="bench_year")
        made = generators(("nation", "papers", "texts", "conferences", "tables", "year_fill"))
        mark = json.loads(place.mark.read_text()) if place.mark.exists() and place.exists() else {}
        if (mark.get("generators"), mark.get("share")) != (made, share):
            place.mark.unlink(missing_ok=True)
            place.create()
            seconds = place.child("fill_year", share, STATEMENT_TIMEOUT_S="0")
            mark = {"generators": made, "share": share, "seconds": seconds}
            place.mark.write_text(json.dumps(mark))
        collect_static(place)
        found = place.child("year") | {"night": place.child("night", STATEMENT_TIMEOUT_S="0")}
        print_year(found, mark["seconds"])


def main() -> None:
    """Do it; a bar that is not met is said, and is no failure of the command."""
    asked = options()
    server = os.environ.get("TEST_DATABASE_URL", "")
    if asked.year:
        run_year(asked.keep, server, 100 if asked.quick else 1)
        return
    vendors = ["sqlite", "postgresql"] if asked.database == "both" else [asked.database]
    if "postgresql" in vendors and not server:
        print("No PostgreSQL server (TEST_DATABASE_URL): left out.")
        vendors.remove("postgresql")
    sizes = asked.size or (QUICK_SIZES if asked.quick else SIZES)
    requests = asked.requests or (QUICK_REQUESTS if asked.quick else REQUESTS)
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; times in ms, {requests} requests a page",
        flush=True,
    )
    with folder_for(asked.keep) as folder:
        reports = []
        for vendor in vendors:
            places = [
                Place(
                    folder, vendor, size, server, conferences_for(vendor, size, max(sizes), asked.conferences)
                )
                for size in sorted(set(sizes))
            ]
            reports.append(Report(vendor, {place.size: measured(place, requests) for place in places}))
            reports[-1].print()
        print_bars(reports)


if __name__ == "__main__":
    main()
