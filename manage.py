#!/usr/bin/env python
"""Command line of the portal: runs one management command under the settings of the environment."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import Error, connection

NOT_SET_UP = 2
"""The exit status where settings or database stop every command; a command's own failure is 1."""


def main() -> None:
    """Run the command named on the command line; unlike pages, commands have no time limit in the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if sys.argv[1:2] != ["runserver"]:
        os.environ.setdefault("STATEMENT_TIMEOUT_S", "0")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as wrong:
        stop(str(wrong))
    except Error as failed:
        if reaches_database():
            raise
        reason = next(iter(str(failed).splitlines()), "")
        stop(f"Không kết nối được cơ sở dữ liệu (DATABASE_URL): {reason}")


def reaches_database() -> bool:
    """Whether the database answers at all."""
    try:
        connection.ensure_connection()
    except Error:
        return False
    return True


def stop(sentence: str) -> None:
    """End with a sentence for the person at the terminal, in place of a traceback."""
    sys.stderr.write(f"{sentence}\n")
    sys.exit(NOT_SET_UP)


if __name__ == "__main__":
    main()
