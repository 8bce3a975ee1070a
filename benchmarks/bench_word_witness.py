"""The importer beside a second witness: LibreOffice's conversion to text, over every .docx in the
folders (or of the files) given. Characters that the witness shows, and that are neither in the form
nor accounted for by a remark, are counted per file and shown; the figure to reach is none.

    python benchmarks/bench_word_witness.py [FOLDER…]

Needs `soffice` (LibreOffice Writer without its windows does). What the two show differently by
intent is left out of the count: page headers and footers, marks and numbers of lists, spaces.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from dataclasses import dataclass
from html import unescape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from articles import word
from articles.bodies import html

OWN = Path(__file__).parent.parent / "tests" / "files" / "word"
#: Seconds for one file; the first start of LibreOffice makes its profile.
PATIENCE = 120
#: Files that one start of LibreOffice converts.
BATCH = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """One file: characters that the witness shows, and those that the importer does not."""

    path: Path
    shown: int
    missing: str
    remarks: tuple[str, ...]
    refused: str = ""


def files(places: list[Path]) -> list[Path]:
    found = {
        path
        for place in places
        for path in ([place] if place.is_file() else place.rglob("*.docx"))
        if not path.name.startswith("~$")
    }
    return sorted(found)


def witnessed(paths: list[Path], folder: Path) -> dict[Path, str]:
    """What LibreOffice shows of each file that it can open."""
    texts: dict[Path, str] = {}
    for start in range(0, len(paths), BATCH):
        numbered = {
            folder / f"{start + place}.docx": path
            for place, path in enumerate(paths[start : start + BATCH])
        }
        for copy, path in numbered.items():
            copy.write_bytes(path.read_bytes())
        subprocess.run(  # noqa: S603  files that whoever runs this named
            [
                shutil.which("soffice") or "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "txt:Text (encoded):UTF8",
                "--outdir",
                str(folder),
                *map(str, numbered),
            ],
            check=False,
            capture_output=True,
            timeout=PATIENCE * len(numbered),
        )
        for copy, path in numbered.items():
            made = copy.with_suffix(".txt")
            if made.exists():
                texts[path] = made.read_text("utf-8-sig", errors="replace")
    return texts


def characters(text: str) -> Counter[str]:
    """Letters, digits and signs; forms of one character are one."""
    folded = unicodedata.normalize("NFKC", text)
    kinds = ("L", "N", "S", "P")
    return Counter(char for char in folded if unicodedata.category(char)[0] in kinds)


#: What a list puts before a line: each counts its own way (isLgl, restarts), and ◎ is printed.
_MARK_OF_A_LINE = re.compile(
    r"^\s*(?:[◎•\-–*o▪●■◦]|\(?[\dA-Za-z]{1,4}[.)、]+(?:\d+[.)]?)*|第[一二三四五六七八九十\d]+[章节条]"
    r"|[一二三四五六七八九十]+[.、]\d*)\s*",
    re.MULTILINE,
)


def form_of(manuscript: word.WordManuscript) -> str:
    """Everything that the form and its remarks show."""
    signed = [each for byline in manuscript.bylines for each in byline]
    alternatives = re.findall(r'alt="([^"]*)"', manuscript.body)
    return "\n".join(
        [
            manuscript.title,
            *manuscript.above,
            *signed,
            html.text(manuscript.body),
            *map(unescape, alternatives),
            *manuscript.remarks,
        ]
    )


def compare(path: Path, witness: str) -> Seen:
    shown = characters(_MARK_OF_A_LINE.sub("", witness))
    try:
        manuscript = word.read(path.read_bytes(), path.name)
    except word.WordRefused as refusal:
        return Seen(path, shown.total(), "", (), str(refusal))
    lacking = shown - characters(form_of(manuscript))
    missing = "".join(sorted(lacking.elements()))
    return Seen(path, shown.total(), missing, manuscript.remarks)


def told(seen: Seen) -> str:
    if seen.refused:
        return f"refused: {seen.refused}"
    if not seen.missing:
        return "0 missing"
    said = f"; remarks: {' '.join(seen.remarks)}" if seen.remarks else "; NO REMARK"
    return f"{len(seen.missing)} missing: {seen.missing[:60]!r}{said}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", type=Path, metavar="FOLDER", default=[OWN])
    paths = files(parser.parse_args().places)
    if shutil.which("soffice") is None:
        print("LibreOffice (soffice) is not here: nothing to compare with.")
        return
    with tempfile.TemporaryDirectory() as folder:
        texts = witnessed(paths, Path(folder))
    rows = [compare(path, texts[path]) for path in paths if path in texts]
    for row in rows:
        print(f"{row.shown:7,}  {told(row)}  {os.path.relpath(row.path)}")
    unsaid = [row for row in rows if row.missing and not row.remarks]
    print(
        f"{len(rows)} files, {sum(row.shown for row in rows):,} characters; "
        f"{len(paths) - len(rows)} that the witness could not open, "
        f"{sum(bool(row.refused) for row in rows)} refused; "
        f"{sum(not row.missing and not row.refused for row in rows)} with none missing; "
        f"{len(unsaid)} with something missing and no remark"
    )


if __name__ == "__main__":
    main()
