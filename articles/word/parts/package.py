"""The parts of a .docx that passed the guard: which is which, and what they point to."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

from .names import RELATIONSHIP, STRICT

#: Bytes of one picture that are worth reading: what is larger is refused anyway.
MAX_PICTURE = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Target:
    """Where a relationship leads: a path inside the file, or an address outside."""

    kind: str  # the last word of its type: image, hyperlink, styles, header
    path: str
    is_outside: bool


class Package:
    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        # Word takes names for the same whatever their case.
        self._names = {name.lower(): name for name in self._zip.namelist()}
        self.main = self._first(self.targets(""), "officeDocument") or "word/document.xml"
        self.of_main = self.targets(self.main)

    def part(self, kind: str) -> ElementTree.Element | None:
        """The main document's styles, numbering, footnotes …, or None."""
        path = self._first(self.of_main, kind)
        return self.xml(path) if path else None

    def path(self, kind: str) -> str:
        return self._first(self.of_main, kind)

    def xml(self, path: str) -> ElementTree.Element | None:
        name = self._names.get(path.lower())
        if name is None:
            return None
        source = self._zip.read(name)
        for strict, usual in STRICT.items():
            source = source.replace(strict, usual[1:-1].encode())
        return ElementTree.fromstring(source)  # noqa: S314  the guard has refused every DTD

    def targets(self, path: str) -> dict[str, Target]:
        """By id: what the part at this path (the package itself: "") points to."""
        folder, name = posixpath.split(path)
        tree = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for row in tree.iter(RELATIONSHIP) if tree is not None else ():
            target = row.get("Target", "")
            is_outside = row.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = row.get("Type", "").rpartition("/")[2]
            found[row.get("Id", "")] = Target(kind, target, is_outside)
        return found

    def picture(self, path: str) -> bytes:
        """The bytes of a picture; none where it is not there or too large."""
        return self._zip.read(self._names[path.lower()]) if self.has(path) else b""

    def has(self, path: str) -> bool:
        """Whether it is there, and small enough to be looked at."""
        name = self._names.get(path.lower())
        return name is not None and self._zip.getinfo(name).file_size <= MAX_PICTURE

    def _first(self, targets: dict[str, Target], kind: str) -> str:
        inside = (each for each in targets.values() if each.kind == kind and not each.is_outside)
        return next((each.path for each in inside if each.path.lower() in self._names), "")
