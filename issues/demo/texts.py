"""Reads the demo's texts: header lines, a blank line, an HTML fragment. Pure but for the files."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"
#: A body says with this line where its next picture stands.
PICTURE_LINE = "<picture>"
#: Issues in one. No date stands behind the 28th, which every month has.
_A_YEAR = 6


@dataclass(frozen=True, slots=True)
class DemoText:
    title: str
    section: str
    authors: tuple[tuple[str, str], ...]  # (branch or "", name)
    standfirst: str
    pictures: tuple[tuple[str, str], ...]  # (scene, caption)
    state: str
    opinions: tuple[str, ...]
    flaws: tuple[str, ...]  # what the proofreading aid is to find in it, in its order
    body: str


def read(path: Path) -> DemoText:
    """One text file. Raises ValueError where a header line has no colon."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    fields: dict[str, list[str]] = {}
    for line in head.splitlines():
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"{path.name}: “{line}” is no header line")
        fields.setdefault(name.strip(), []).append(value.strip())
    return DemoText(
        title=fields["title"][0],
        section=fields["section"][0],
        authors=tuple(_author(each) for each in fields["authors"][0].split(";")),
        standfirst=fields.get("standfirst", [""])[0],
        pictures=tuple(_picture(each) for each in fields.get("picture", [])),
        state=fields.get("state", ["accepted"])[0],
        opinions=tuple(fields.get("opinion", [])),
        flaws=tuple(fields.get("flaw", [])),
        body=body.strip(),
    )


def _author(text: str) -> tuple[str, str]:
    branch, slash, name = text.strip().partition("/")
    return (branch.strip(), name.strip()) if slash else ("", branch.strip())


def _picture(text: str) -> tuple[str, str]:
    scene, _, caption = text.partition("|")
    return scene.strip(), caption.strip()


def issue_folders() -> list[Path]:
    return sorted(path.parent for path in FOLDER.glob("*/issue.toml"))


def facts_of(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "issue.toml").read_text(encoding="utf-8"))


def issues_as_of(today: date) -> list[tuple[Path, dict[str, Any]]]:
    """All issues with their facts, the oldest first; the last one is always still in the making.

    After the day on which it would have come out, all of them are the next ones of the journal,
    two months and a number on.
    """
    written = [(folder, facts_of(folder)) for folder in issue_folders()]
    later = 0
    while _later(written[-1][1], later)["date"] <= today:
        later += 1
    found = [(folder, _later(facts, later)) for folder, facts in written]
    for _, facts in found[:-1]:
        facts["date"] = min(facts["date"], today)
    return found


def _later(facts: dict[str, Any], issues: int) -> dict[str, Any]:
    year, place = divmod(facts["year"] * _A_YEAR + facts["number"] - 1 + issues, _A_YEAR)
    months = facts["date"].year * 12 + facts["date"].month - 1 + issues * 12 // _A_YEAR
    return {
        **facts,
        "year": year,
        "number": place + 1,
        "running_number": facts["running_number"] + issues,
        "date": facts["date"].replace(year=months // 12, month=months % 12 + 1),
    }


def articles_of(folder: Path) -> list[DemoText]:
    return [read(path) for path in sorted(folder.glob("*.html"))]


def desk() -> list[DemoText]:
    """Manuscripts that are in no issue."""
    return articles_of(FOLDER / "desk")
