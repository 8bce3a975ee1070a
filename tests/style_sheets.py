"""Style sheets taken apart: declarations and selectors with their lines, and who links them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import django
import tinycss2

from tests.environment import ROOT

OURS = sorted([*ROOT.glob("static/*/*.css"), *ROOT.glob("issues/exports/*/style.css")])
TOKENS = ROOT / "static/css/tokens.css"
TEMPLATES = ROOT / "templates"
DJANGO = Path(django.__file__).parent / "contrib" / "admin"
DJANGOS = sorted(DJANGO.glob("static/admin/css/*.css"))
OF_RULES = {"media", "supports", "container", "keyframes"}
_SIDE = r"((?:[^()]|\([^()]*\))*)"
PAIR = re.compile(rf"var\(--day, {_SIDE}\) var\(--night, {_SIDE}\)")
QUIETLY = {"skip_comments": True, "skip_whitespace": True}


@dataclass(frozen=True)
class Declaration:
    name: str
    value: str
    where: str
    around: tuple[str, ...]  # the at-rules and the selector that it stands in

    def __str__(self) -> str:
        return f"{self.where}: {self.name}: {self.value}"


@dataclass(frozen=True)
class Rule:
    selector: str
    declarations: list[Declaration]
    where: str
    around: tuple[str, ...]


@cache
def rules(path: Path) -> list[Rule]:
    """Every rule with its selector; a step of `@keyframes`, `@page` and its like with none."""
    return list(_rules(tinycss2.parse_stylesheet(path.read_text(), **QUIETLY), path, ()))


def declarations(path: Path) -> list[Declaration]:
    return [each for rule in rules(path) for each in rule.declarations]


def at(time: str, value: str) -> str:
    """The value as it is by `day` or by `night`."""
    return PAIR.sub(r"\1" if time == "day" else r"\2", value)


def _rules(nodes: list[Any], path: Path, around: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        where = _place(path, node)
        assert node.type in {"qualified-rule", "at-rule"}, f"{where}: neither rule nor declaration"
        prelude = tinycss2.serialize(node.prelude).strip()
        if node.type == "qualified-rule" and around[-1:] != ("@keyframes",):
            yield from _rule(node, prelude, path, around)
        elif node.type == "at-rule" and node.at_keyword in OF_RULES:
            inner = tinycss2.parse_rule_list(node.content, **QUIETLY)
            name = "" if node.at_keyword == "keyframes" else f" {prelude}"
            yield from _rules(inner, path, (*around, f"@{node.at_keyword}{name}"))
        elif node.content is not None:  # not @import, which has no block
            yield from _rule(node, "", path, around)


def _rule(node: Any, selector: str, path: Path, around: tuple[str, ...]) -> Iterator[Rule]:
    contents = tinycss2.parse_blocks_contents(node.content, **QUIETLY)
    inside = (*around, selector)
    declared = [
        Declaration(each.name, tinycss2.serialize(each.value).strip(), _place(path, each), inside)
        for each in contents
        if each.type == "declaration"
    ]
    yield Rule(selector, declared, _place(path, node), around)
    for rule in _rules([each for each in contents if each.type != "declaration"], path, inside):
        assert "&" in rule.selector, f"{rule.where}: within {selector}, a brace is missing above"
        yield replace(rule, selector=rule.selector.replace("&", f":is({selector})"))


def _place(path: Path, node: Any) -> str:
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
    return f"{name}:{node.source_line}"


def together() -> Iterator[tuple[str, set[Path]]]:
    """Each page's template with the sheets that come along, and what stands alone."""
    linked: set[Path] = set()
    for path in sorted(TEMPLATES.rglob("*.html")):
        if path.name.startswith("_"):
            continue
        sheets = _linked(path)
        if path.parent.name == "offline":  # an archive's pages have one sheet, put together of ours
            sheets |= {TOKENS, ROOT / "static/css/base.css"}
        linked |= sheets
        yield path.relative_to(ROOT).as_posix(), sheets
    # The editor's frame, which articles/bodies/fields.py fills.
    frame = {ROOT / "static/css/tokens.css", ROOT / "static/articles/contents.css"}
    yield "the editor's frame", frame
    for path in OURS:
        if path not in linked | frame:
            yield path.name, {path}


def _linked(template: Path) -> set[Path]:
    text = template.read_text()
    sheets = {ROOT / "static" / name for name in re.findall(r"static '([^']+\.css)'", text)}
    if "contrib" in template.parts:
        sheets = set(DJANGOS)
    for name in re.findall(r"{% (?:extends|include) \"([^\"]+)\"", text):
        places = [TEMPLATES / name, DJANGO / "templates" / name]
        other = next((path for path in places if path.exists() and path != template), None)
        sheets |= _linked(other) if other else set()
    return {sheet for sheet in sheets if sheet.exists()}
