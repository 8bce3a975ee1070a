"""Everything that the pages of a PDF are drawn with, each once, with the page that has it first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name

_KINDS = ("/XObject", "/Pattern", "/Shading", "/ExtGState", "/Font")


@dataclass(frozen=True, slots=True)
class Thing:
    """`kind` is where it stands in the resources; "" for the page itself, whose program it is."""

    page: int
    kind: str
    what: Any
    resources: Any

    @property
    def is_program(self) -> bool:
        """Operators, as those of a page."""
        if not isinstance(self.what, pikepdf.Stream):
            return self.kind == ""
        return self.what.get("/Subtype") == Name.Form or self.what.get("/PatternType") == 1

    def program(self) -> bytes:
        if self.kind == "":
            page = pikepdf.Page(self.what)
            return b"\n".join(each.read_bytes() for each in _contents(page))
        return bytes(self.what.read_bytes())


def _contents(page: pikepdf.Page) -> list[Any]:
    held = page.obj.get("/Contents")
    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def things(document: pikepdf.Pdf) -> Iterator[Thing]:
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(document.pages, start=1):
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        yield Thing(number, "", page.obj, resources)
        yield from _within(resources, number, seen)


def _within(resources: Any, page: int, seen: set[tuple[int, int]]) -> Iterator[Thing]:
    for kind in _KINDS:
        for each in resources.get(kind, pikepdf.Dictionary()).values():
            if each.is_indirect:
                if each.objgen in seen:
                    continue
                seen.add(each.objgen)
            own = each.get("/Resources", pikepdf.Dictionary())
            yield Thing(page, kind, each, own)
            yield from _within(own, page, seen)
            if kind == "/ExtGState" and isinstance(each.get("/SMask"), pikepdf.Dictionary):
                form = each.SMask.G
                own = form.get("/Resources", pikepdf.Dictionary())
                yield Thing(page, "/XObject", form, own)
                yield from _within(own, page, seen)
