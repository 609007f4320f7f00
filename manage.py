#!/usr/bin/env python
"""Command line of the portal: runs one management command under the settings of the environment."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line; unlike pages, commands have no time limit in the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if sys.argv[1:2] != ["runserver"]:
        os.environ.setdefault("STATEMENT_TIMEOUT_S", "0")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
