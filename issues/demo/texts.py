"""Reads the demo's texts: header lines, a blank line, an HTML fragment. Pure but for the files."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"
#: A body says with this line where its next picture stands.
PICTURE_LINE = "<picture>"


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


def articles_of(folder: Path) -> list[DemoText]:
    return [read(path) for path in sorted(folder.glob("*.html"))]


def desk() -> list[DemoText]:
    """Manuscripts that are in no issue."""
    return articles_of(FOLDER / "desk")
