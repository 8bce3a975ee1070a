"""Papers of the office as PDF: a template of Typst, and what it is told as JSON. Pure.

Typst sets it in a process of its own, because the compiler keeps what it ever laid out:

    python -m servicejournal.papers.typesetting BENCH FONT_FOLDER
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from . import fonts

ROOT = Path(__file__).parents[2]
#: Seconds; a sheet takes less than one.
PATIENCE = 60


class NotPrinted(RuntimeError):
    """There is no paper; the message (Chinese) says what to do."""


def pdf(
    template: Path,
    told: Any,
    faces: fonts.Faces,
    *,
    name: str,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Texts go in as JSON (`told.json`), never as markup; `files` lie beside it, by name. `name`
    (Chinese) is what the paper is called where it fails. Raises `NotPrinted`.
    """
    words = json.dumps(told, ensure_ascii=False)
    words = fonts.printable(words, faces.missing(words))
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        bench = Path(folder)
        shutil.copy(template, bench / "paper.typ")
        job = {**json.loads(words), "fonts": faces.lists()}
        (bench / "told.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        for each, data in (files or {}).items():
            (bench / each).write_bytes(data)
        _set(bench, faces.folder, name)
        return (bench / "paper.pdf").read_bytes()


def _set(bench: Path, font_folder: str, name: str) -> None:
    command = [sys.executable, "-m", "servicejournal.papers.typesetting", str(bench), font_folder]
    try:
        done = subprocess.run(  # noqa: S603  our own module, and folders that we named
            command, cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NotPrinted(f"{name}排版太久，没有完成，请稍后再试。") from error
    if done.returncode:
        raise NotPrinted(f"{name}没有排成，请联系管理员。")


def main(bench: Path, font_folder: str) -> None:
    typefaces = fonts.typefaces(font_folder)
    compiler = typst.Compiler(input=bench / "paper.typ", root=bench, font_paths=typefaces)
    (bench / "paper.pdf").write_bytes(fonts.one_file(compiler.compile(format="pdf")))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
