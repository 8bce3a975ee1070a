"""The pass phrase of a command: in a file, because a command line can be read by everybody."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser

_SHORTEST = 12


def add_argument(parser: CommandParser) -> None:
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="加密用的口令所在的文件（第一行，至少 12 个字）；口令丢了，备份就打不开。",
    )


def of_file(path: Path | None) -> str:
    """Its first line; "" without a file. Raises `CommandError`."""
    if path is None:
        return ""
    try:
        found = path.read_text(encoding="utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise CommandError(f"口令文件 {path} 读不出来。") from unreadable
    if len(found) < _SHORTEST:
        raise CommandError(f"口令太短：{path} 的第一行至少要 {_SHORTEST} 个字。")
    return found
