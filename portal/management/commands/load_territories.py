"""``manage.py load_territories``: the territories of the country before and after 1/7/2025, and their usual bodies."""

from argparse import ArgumentParser
from collections import Counter
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import starter
from portal.actions.gazetteer import load_group
from portal.actions.registers import rebuild_reach
from portal.gazetteer import Place, UsualBodies, read_groups
from portal.matching import PLACES, spelt
from portal.models import Level
from portal.text import fold

WORDS = {
    "units": "địa bàn",
    "units_completed": "địa bàn có sẵn được bổ sung mã thống kê",
    "unit_successions": "quan hệ địa bàn cũ - mới",
    "bodies": "cơ quan",
    "subordinations": "quan hệ cấp trên",
    "successions": "quan hệ kế thừa",
}


def said(added: Counter[str]) -> str:
    """What was added, in words."""
    return ", ".join(f"{added[kind]} {words}" for kind, words in WORDS.items() if added[kind]) or "đã có đủ"


def asked_for(groups: list[list[Place]], asked: list[str]) -> list[list[Place]]:
    """The provinces of these codes or names, with or without "tỉnh", "thành phố" before them."""
    known = {name: group for group in groups for name in names_of(group[0])}
    meant = {words: known.get(spelt(fold(words), PLACES)) for words in asked}
    if unknown := [words for words, group in meant.items() if group is None]:
        raise CommandError(f"Không có tỉnh, thành phố nào mang tên, mã: {', '.join(unknown)}.")
    return [group for group in groups if any(group is one for one in meant.values())]


def names_of(province: Place) -> set[str]:
    """What a province is asked for by: its code, its name, the name alone."""
    name = fold(province.name)
    return {province.code, name, name.removeprefix("tinh ").removeprefix("thanh pho ")}


class Command(BaseCommand):
    """Loads the gazetteer, one province after the other; stopped and started again it goes on."""

    help = (
        "Nạp địa bàn cả nước trước và từ 1/7/2025 cùng các cơ quan thường có của từng địa bàn. "
        "Chạy lại chỉ bổ sung phần còn thiếu; dừng giữa chừng thì chạy lại để nạp tiếp."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm phần sẽ thêm, không ghi gì")
        parser.add_argument(
            "--tinh",
            nargs="+",
            metavar="TÊN",
            help="chỉ các tỉnh, thành phố này của 34 (tên, mã: 'Hà Nội', 79)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started, dry, only = monotonic(), options["dry_run"], options["tinh"]
        groups = read_groups()
        if only:
            groups = asked_for(groups, only)
        if not dry:
            starter.load()
        elif not Level.objects.exists():
            raise CommandError("Chưa có danh mục ban đầu để đếm: chạy ./run manage starter trước.")
        total: Counter[str] = Counter()
        usual = UsualBodies()
        for group in groups:
            added = load_group(group, usual, dry=dry)
            total += added
            self.stdout.write(f"{group[0].name}: {said(added)}.")
        if not dry:  # a run that was stopped added bodies and left their reach
            self.stdout.write(f"Tầm xem: {rebuild_reach()} dòng.")
        opening = "Sẽ thêm" if dry else "Đã nạp"
        self.stdout.write(f"{opening}: {said(total)} ({monotonic() - started:.0f} giây).")
