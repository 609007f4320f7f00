"""``manage.py demo``: load the demonstration and print who may sign in; a second run adds nothing."""

import unicodedata
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import module_has_submodule

from portal import starter
from portal.actions.registers import rebuild_reach
from portal.demo import ACCOUNTS, PASSWORD, close_last_year
from portal.models import Membership


class Command(BaseCommand):
    """Loads the starter set, then what each app offers in its ``demo.py``."""

    help = "Nạp bản trình diễn và in các tài khoản dùng thử. Chỉ chạy khi PORTAL_DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Bản trình diễn chỉ nạp được khi PORTAL_DEMO=1, trong cơ sở dữ liệu riêng của nó."
            )
        starter.load()
        for config in apps.get_app_configs():
            if config.name in settings.INSTALLED_APPS and module_has_submodule(config.module, "demo"):
                import_module(f"{config.name}.demo").load()
        rebuild_reach()
        close_last_year()
        self.stdout.write("\n".join(table()))


def table() -> list[str]:
    """The sign-ins as lines of one table."""
    heads = ("Tên đăng nhập", "Vai trò", "Cơ quan", "Dùng để thử")
    held = {one.user.username: one for one in Membership.objects.select_related("user", "organization")}
    rows = [heads]
    for account in ACCOUNTS:
        role = held.get(account.username)
        words = (role.get_role_display(), role.organization.name) if role else ("quản trị", "toàn cổng")
        rows.append((account.username, *words, account.trying))
    widths = [max(shown(row[column]) for row in rows) for column in range(len(heads))]
    lines = [
        "  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    rule = "  ".join("─" * width for width in widths)
    return ["Tài khoản dùng thử (mật khẩu chung: " + PASSWORD + ")", "", lines[0], rule, *lines[1:]]


def shown(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(not unicodedata.combining(letter) for letter in text)


def padded(text: str, width: int) -> str:
    """The text filled up to a width."""
    return text + " " * (width - shown(text))
