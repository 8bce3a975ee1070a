"""稿签: the review sheet of a manuscript on one A4 page, for the binder. Pure.

Typst sets it in a process of its own, because the compiler keeps what it ever laid out.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from servicejournal.papers import fonts

TEMPLATE = Path(__file__).parent / "sheet.typ"
ROOT = Path(__file__).parents[3]
#: Seconds; a sheet takes less than one.
PATIENCE = 60
#: Characters of one opinion on the sheet: three of them leave room for the rest.
LONGEST = 330


class NotPrinted(RuntimeError):
    """There is no sheet; the message (Chinese) says what to do."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One stage of the three: what was decided and written, by whom, when; empty where not yet."""

    stage: str
    decision: str = ""
    words: str = ""
    name: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All as words: `facts` are (label, value) in the order of the sheet.

    An empty `fee` (yuan) is a line to be filled in by hand; `fee_basis` ends the sheet.
    """

    journal: str
    title: str
    facts: tuple[tuple[str, str], ...]
    opinions: tuple[Opinion, ...]
    outcome: str
    fee: str
    fee_basis: str
    printed_on: str


def shortened(words: str) -> str:
    """An opinion as far as the sheet has room for it."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}……（全文见系统）"


def render(sheet: Sheet, faces: fonts.Faces) -> bytes:
    """The PDF. Texts go in as JSON, never as markup. Raises `NotPrinted`."""
    told = json.dumps(asdict(sheet), ensure_ascii=False)
    told = fonts.printable(told, faces.missing(told))
    with tempfile.TemporaryDirectory(prefix="sheet-") as folder:
        bench = Path(folder)
        shutil.copy(TEMPLATE, bench / "sheet.typ")
        job = {**json.loads(told), "fonts": faces.lists()}
        (bench / "sheet.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        _set(bench, faces.folder)
        return (bench / "sheet.pdf").read_bytes()


def _set(bench: Path, font_folder: str) -> None:
    command = [
        sys.executable,
        "-m",
        "articles.reviewing.review_sheet.compositor",
        str(bench),
        font_folder,
    ]
    try:
        done = subprocess.run(  # noqa: S603  our own module, and folders that we named
            command, cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NotPrinted("稿签排版太久，没有完成，请稍后再试。") from error
    if done.returncode:
        raise NotPrinted("稿签没有排成，请联系管理员。")
