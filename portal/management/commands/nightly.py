"""``manage.py nightly``: all that is due every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import nightly


class Command(BaseCommand):
    """Runs every nightly step and says how each went."""

    help = "Làm mọi việc đến hạn hằng đêm."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps; a failed one makes the command fail at the end."""
        if failed := nightly.run(self.stdout.write, only_failures=not options["verbosity"]):
            raise CommandError(f"{failed} việc chưa xong.")
