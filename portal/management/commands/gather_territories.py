"""Writes the data file of territories from three published packages, and says where they differ.

Run when a package brings corrections: ``pip download --no-deps vietnamadminunits vietnam-address-converter`` and
``pip download --no-deps --ignore-requires-python vietnam-provinces``, then this command with the three wheels.
The rows are those of the first package (MIT); the second (Apache-2.0) and the third (GPL, read only to compare)
vote with it on what became what: a link stands when two of the three name it, or when the first alone knows
its territory.
"""

import ast
import csv
import gzip
import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.gazetteer import COLUMNS, TERRITORIES
from portal.text import clean, fold

Link = tuple[str, str]
Names = dict[tuple[str, ...], str]


def keys_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Names as compared between packages."""
    return tuple(fold(part or "") for part in parts)


def tidy(name: str) -> str:
    """A name with its kind of place written as usual: "Thị Xã" is "Thị xã"."""
    return re.sub(r"^(Thị|Thành) (Xã|Trấn|Phố)\b", lambda found: found[0].capitalize(), clean(name))


class First:
    """The package whose rows are written: both maps with their codes, and what became what."""

    def __init__(self, wheel: zipfile.ZipFile) -> None:
        with tempfile.TemporaryDirectory() as folder:
            stored = sqlite3.connect(wheel.extract("vietnamadminunits/data/dataset.db", folder))
            self.old = stored.execute(
                "select provinceCode, province, districtCode, district, wardCode, ward,"
                " provinceKey || '_' || districtKey || '_' || coalesce(wardKey, '') from admin_units_legacy"
            ).fetchall()
            self.new = stored.execute(
                "select provinceCode, province, wardCode, ward, provinceKey, wardKey from admin_units"
            ).fetchall()
            stored.close()
        became = json.loads(wheel.read("vietnamadminunits/data/converter_2025.json"))
        old = {
            row[6]: row[4] or row[2] for row in self.old
        }  # an island district without communes by its own code
        new = {row[4:]: row[2] for row in self.new}
        whole, divided = became["DICT_PROVINCE_WARD_NO_DIVIDED"], became["DICT_PROVINCE_WARD_DIVIDED"]
        self.links: set[Link] = {
            (old[was], new[place, ward])
            for place, wards in whole.items()
            for ward, former in wards.items()
            for was in former
        } | {
            (old[was], new[place, part["newWardKey"]])
            for place, wards in divided.items()
            for was, parts in wards.items()
            for part in parts
        }
        provinces = {row[4]: row[0] for row in self.new}
        former = {row[6].split("_")[0]: row[0] for row in self.old}
        self.provinces: set[Link] = {
            (former[was], provinces[place])
            for place, merged in became["DICT_PROVINCE"].items()
            for was in merged
        }


def links_of_second(wheel: zipfile.ZipFile, first: First) -> set[Link]:
    """What became what in the second package, which has codes of its own: matched by names."""
    source = wheel.read("vietnam_address_converter/data.py").decode()
    line = next(line for line in source.splitlines() if line.startswith("DEFAULT_DATA"))
    rows = json.loads(ast.literal_eval(line[line.index("json.loads(") + 11 : -1]))["mapping"]["rows"]
    old: Names = {keys_of((row[1], row[3], row[5])): row[4] or row[2] for row in first.old}
    new: Names = {keys_of((row[1], row[3])): row[2] for row in first.new}
    found = set()
    for row in rows:
        was, now = row["old"], row["new"]
        link = (
            old.get(keys_of((was["province_name"], was["district_name"], was["ward_name"]))),
            new.get(keys_of((now["province_name"], now["ward_name"]))),
        )
        if all(link):
            found.add(link)
    return found


def links_of_third(wheel: zipfile.ZipFile) -> set[Link]:
    """What became what in the third package: calls of ``OldToNewEntry`` in a module."""
    tree = ast.parse(wheel.read("vietnam_provinces/_ward_conversion_2025.py"))
    found = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if getattr(call.func, "id", "") == "OldToNewEntry":
            was, now = call.args
            found |= {(f"{was.args[0].value:05}", f"{one.args[0].value:05}") for one in now.elts}
    return found


def agreed(first: First, second: set[Link], third: set[Link]) -> set[Link]:
    """The links two packages name, and those of territories the first alone knows."""
    others = second | third
    covered = {was for was, _ in others}
    return {
        link for link in first.links | others
        if (link in first.links) + (link in second) + (link in third) > 1 or link[0] not in covered
    }  # fmt: skip


class Command(BaseCommand):
    """manage.py gather_territories"""

    help = "Lập lại tệp địa bàn cả nước từ ba gói dữ liệu công bố, và in những chỗ các gói khác nhau."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in ("vietnamadminunits", "vietnam_address_converter", "vietnam_provinces"):
            parser.add_argument(name, type=Path, help="tệp .whl")

    def handle(self, *args: Any, **options: Any) -> None:
        wheels = [
            zipfile.ZipFile(options[name])
            for name in ("vietnamadminunits", "vietnam_address_converter", "vietnam_provinces")
        ]
        first = First(wheels[0])
        second, third = links_of_second(wheels[1], first), links_of_third(wheels[2])
        links = agreed(first, second, third)
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
            file.write(self.table(first, links).encode())
        TERRITORIES.write_bytes(packed.getvalue())
        named = {row[4] or row[2]: ", ".join(filter(None, (row[5], row[3], row[1]))) for row in first.old}
        named |= {f"> {row[2]}": f"{row[3]}, {row[1]}" for row in first.new}
        for words, differing in (
            ("Chỉ gói thứ nhất ghi, đã bỏ", first.links - links),
            ("Gói thứ hai và thứ ba cùng ghi, đã thêm", links - first.links),
            ("Chỉ gói thứ hai ghi, không lấy", second - links),
            ("Chỉ gói thứ ba ghi, không lấy", third - links),
        ):
            self.stdout.write(f"{words}: {len(differing)}")
            for was, now in sorted(differing):
                self.stdout.write(f"  {was} {named.get(was, '?')} > {now} {named.get(f'> {now}', '?')}")

    def table(self, first: First, links: set[Link]) -> str:
        """The rows of the file, in the order of the statistics office's codes."""
        into: dict[str, list[str]] = defaultdict(list)
        for was, now in sorted(links):
            into[was].append(now)
        became = dict(first.provinces)
        same = {was for was, now in first.provinces if list(became.values()).count(now) == 1}
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(COLUMNS)
        for code, name in sorted({row[:2] for row in first.old}):
            both = code in same
            rows.writerow(
                ["both" if both else "before", "tinh", code, "", tidy(name), "" if both else became[code]]
            )
        for code, name in sorted({row[:2] for row in first.new}):
            if code not in same:
                rows.writerow(["after", "tinh", code, "", tidy(name), ""])
        for code, name, province in sorted({(row[2], row[3], row[0]) for row in first.old}):
            rows.writerow(["before", "huyen", code, province, tidy(name), " ".join(into.get(code, ()))])
        for row in sorted((row for row in first.old if row[4]), key=lambda row: row[4]):
            rows.writerow(["before", "xa", row[4], row[2], tidy(row[5]), " ".join(into[row[4]])])
        for row in sorted(first.new, key=lambda row: row[2]):
            rows.writerow(["after", "xa", row[2], row[0], tidy(row[3]), ""])
        return text.getvalue()
