"""The importer beside a second witness: LibreOffice's conversion to text, over every .docx in the
folders (or of the files) given. Characters that the witness shows, and that are neither in the form
nor accounted for by a remark, are counted per file and shown; the figure to reach is none.

A remark accounts for nothing but the characters that it speaks of: those are read from the file
itself (`SPOKEN_OF`), not asked of the importer. What is missing beside a remark that speaks of
something else is unsaid. Letters of a font of signs, which the witness shows as letters, and what
it reckons anew (a date of today) are no loss: those are read from the file too (`SHOWN_OTHERWISE`).

    python benchmarks/bench_word_witness.py [FOLDER…]

Needs `soffice` (LibreOffice Writer without its windows does). What the two show differently by
intent is left out of the count: page headers and footers, marks and numbers of lists, spaces.
"""

import argparse
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

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
    unsaid: str  # of what is missing, what no remark speaks of
    remarks: tuple[str, ...]
    refused: str = ""


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORDS = (_W + "t", _W + "delText", _A + "t", _C + "v", _M + "t")
Parts = dict[str, Element]


def words(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter() if each.tag in _WORDS)


def _of_parts(names: str) -> Callable[[Parts], str]:
    return lambda parts: "".join(
        words(tree) for name, tree in parts.items() if re.search(names, name)
    )


def _below(*tags: str) -> Callable[[Parts], str]:
    """Words in elements so named, of the text and its notes."""
    return lambda parts: "".join(
        words(each)
        for name, tree in parts.items()
        if re.search("word/(document|footnotes|endnotes)", name)
        for each in tree.iter()
        if each.tag in tags
    )


def _runs_with(*marks: str) -> Callable[[Parts], str]:
    def found(parts: Parts) -> str:
        hiding = {
            each.get(_W + "styleId")
            for tree in parts.values()
            for each in tree.iter(_W + "style")
            if any(each.find(f".//{_W}{mark}") is not None for mark in marks)
        }
        return "".join(
            words(run)
            for tree in parts.values()
            for run in tree.iter(_W + "r")
            if any(run.find(f"{_W}rPr/{_W}{mark}") is not None for mark in marks)
            or (
                (style := run.find(f"{_W}rPr/{_W}rStyle")) is not None
                and style.get(_W + "val") in hiding
            )
        )

    return found


def _contents(parts: Parts) -> str:
    """Controls that hold the contents, and paragraphs in a style of the contents or in their
    field."""
    out: list[str] = []
    in_field = 0
    for tree in parts.values():
        for control in tree.iter(_W + "sdt"):
            gallery = control.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
            if gallery is not None and "ontents" in (gallery.get(_W + "val") or ""):
                out.append(words(control))
        for paragraph in tree.iter(_W + "p"):
            codes = "".join(each.text or "" for each in paragraph.iter(_W + "instrText"))
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            name = style.get(_W + "val", "") if style is not None else ""
            if in_field or re.search(r"\bTOC\b", codes) or re.match("(?i)toc", name):
                out.append(words(paragraph))
            marks = [each.get(_W + "fldCharType") for each in paragraph.iter(_W + "fldChar")]
            if in_field or re.search(r"\bTOC\b", codes):
                in_field = max(0, in_field + marks.count("begin") - marks.count("end"))
    return "".join(out)


def _deleted_rows(parts: Parts) -> str:
    rows = (row for tree in parts.values() for row in tree.iter(_W + "tr"))
    return "".join(words(row) for row in rows if row.find(f"{_W}trPr/{_W}del") is not None)


def _prompts(parts: Parts) -> str:
    return "".join(
        words(control)
        for tree in parts.values()
        for control in tree.iter(_W + "sdt")
        if control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
    )


def _reckoned(parts: Parts) -> str:
    """Of fields whose result is not stored, what a witness reckons: a number, which the file does
    not hold. So any figure is spoken of, each as often as there are such fields, and nothing else.
    """
    count = 0
    for tree in parts.values():
        shown: list[bool] = []
        for each in tree.iter():
            if each.tag == _W + "fldSimple":
                count += not words(each)
            elif each.tag == _W + "t":
                shown = [True] * len(shown)
            elif each.tag == _W + "fldChar":
                kind = each.get(_W + "fldCharType")
                if kind == "begin":
                    shown.append(False)
                elif kind == "end" and shown:
                    count += not shown.pop()
    return "0123456789" * count


#: Words of a remark, and what it speaks of.
SPOKEN_OF: tuple[tuple[str, Callable[[Parts], str]], ...] = (
    ("页眉、页脚", _of_parts("word/(header|footer)")),
    ("目录没有导入", _contents),
    ("批注", _of_parts("word/comments")),
    ("图表", _of_parts("word/charts/")),
    ("流程图", _of_parts("word/diagrams/")),
    ("隐藏的文字", _runs_with("vanish", "webHidden")),
    ("已删除", _below(_W + "del", _W + "moveFrom")),
    ("已删除的", _deleted_rows),
    ("拼音", _below(_W + "rt")),
    ("提示", _prompts),
    ("公式", _below(_M + "oMath")),
    ("（域）", _reckoned),
)


def _of_signs(parts: Parts) -> str:
    """Letters in a font of signs: ☑ is stored, and told by the witness, as þ."""
    signs = re.compile(r"(?:Wingdings|Webdings|Symbol)(?: [23])?", re.IGNORECASE)
    return "".join(
        words(run)
        for tree in parts.values()
        for run in tree.iter(_W + "r")
        if (fonts := run.find(f"{_W}rPr/{_W}rFonts")) is not None
        and any(signs.fullmatch(each) for each in fonts.attrib.values())
    )


def _of_today(parts: Parts) -> str:
    """What a witness writes for a field of the day or hour instead of the stored result."""
    codes = [
        code
        for tree in parts.values()
        for each in tree.iter()
        if (code := each.text if each.tag == _W + "instrText" else each.get(_W + "instr"))
    ]
    return "0123456789" * 2 * sum(bool(re.match(r"\s*(?:DATE|TIME)\b", code)) for code in codes)


#: What the witness shows otherwise than Word does, remark or not.
SHOWN_OTHERWISE = (_of_signs, _of_today)


def spoken_of(data: bytes, remarks: tuple[str, ...]) -> Counter[str]:
    """The characters that the remarks account for, and those that Word does not show."""
    parts: Parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                with contextlib.suppress(ElementTree.ParseError):
                    parts[name] = ElementTree.fromstring(package.read(name))  # noqa: S314
    said = "\n".join(remarks)
    told = "".join(find(parts) for mark, find in SPOKEN_OF if mark in said)
    told += "".join(find(parts) for find in SHOWN_OTHERWISE)
    return characters(told)


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
        return Seen(path, shown.total(), "", "", (), str(refusal))
    lacking = shown - characters(form_of(manuscript))
    unsaid = lacking - spoken_of(path.read_bytes(), manuscript.remarks) if lacking else lacking
    missing, silent = ("".join(sorted(each.elements())) for each in (lacking, unsaid))
    return Seen(path, shown.total(), missing, silent, manuscript.remarks)


def told(seen: Seen) -> str:
    if seen.refused:
        return f"refused: {seen.refused}"
    if not seen.missing:
        return "0 missing"
    said = f"; remarks: {' '.join(seen.remarks)}" if seen.remarks else "; NO REMARK"
    silent = f", {len(seen.unsaid)} UNSAID: {seen.unsaid[:60]!r}" if seen.unsaid else ", all said"
    return f"{len(seen.missing)} missing: {seen.missing[:60]!r}{silent}{said}"


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
    unsaid = [row for row in rows if row.unsaid]
    told_of = sum(bool(row.missing) for row in rows) - len(unsaid)
    print(
        f"{len(rows)} files, {sum(row.shown for row in rows):,} characters; "
        f"{len(paths) - len(rows)} that the witness could not open, "
        f"{sum(bool(row.refused) for row in rows)} refused; "
        f"{sum(not row.missing and not row.refused for row in rows)} with none missing; "
        f"{told_of} with a remark that speaks of every "
        f"character that is missing; {len(unsaid)} with characters that no remark speaks of"
    )


if __name__ == "__main__":
    main()
