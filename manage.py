#!/usr/bin/env python
"""Django's command line for servicejournal."""

import errno
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")
    if sys.argv[1:] == ["--version"]:
        from servicejournal import version

        print(version.NUMBER)
        return
    from django.core.management import execute_from_command_line
    from django.db import InterfaceError, OperationalError

    try:
        execute_from_command_line(sys.argv)
    except (InterfaceError, OperationalError) as away:
        _give_up("数据库没有回答", away)
    except OSError as full:
        if full.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        _give_up("写不了文件", full)
    if errands := sys.modules.get("servicejournal.errands"):
        errands.finish()  # what a command sent aside, where there is no worker


def _give_up(why: str, error: Exception) -> None:
    """Whoever runs it, or reads cron's mail, is told in a line; `--traceback` tells the rest."""
    if "--traceback" in sys.argv:
        raise error
    said = (str(error).splitlines() or [type(error).__name__])[0]
    sys.exit(f"没有做完：{why}（{said}）。处理好以后请再运行一次。")


if __name__ == "__main__":
    main()
