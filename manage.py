#!/usr/bin/env python
"""Django's command line for servicejournal."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")
    if sys.argv[1:] == ["--version"]:
        from servicejournal import version

        print(version.NUMBER)
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    if errands := sys.modules.get("servicejournal.errands"):
        errands.finish()  # what a command sent aside, where there is no worker


if __name__ == "__main__":
    main()
