"""Findings written down: for a person at a terminal, and as JSON for a program. Pure."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from .findings import Finding, Level, unfolded
from .rules import BY_ID
from .texts import PARTS

#: Like findings are told one by one up to here, then counted: a text typed with the wrong commas
#: has three hundred.
SHOWN = 5
_OTHER_NAMES = {
    "H01": "本刊词表",
    "H02": "单位名称",
    "H03": "作者姓名",
    "R01": "文字重复",
}


def name_of(rule: str) -> str:
    return BY_ID[rule].name if rule in BY_ID else _OTHER_NAMES.get(rule, rule)


def as_json(findings: Iterable[Finding], *, name: str) -> str:
    """As documented in docs/proofreading.md; pure ASCII, whatever the terminal."""
    rows = [
        {
            **asdict(replace(each, others=())),
            "name": name_of(each.rule),
            "anchor": each.anchor,
            "others": [_other(one) for one in each.others],
        }
        for each in findings
    ]
    return json.dumps({"version": 1, "text": name, "findings": rows}, indent=1)


def _other(finding: Finding) -> dict[str, Any]:
    whole = asdict(finding)
    return {key: whole[key] for key in ("place", "quote", "before", "after", "suggestion")}


def as_text(findings: list[Finding], *, name: str, show_all: bool = False) -> str:
    if not findings:
        return f"{name}：没有发现问题。"
    findings = list(unfolded(findings))
    counts = Counter(each.level for each in findings)
    summary = "，".join(f"{level.label} {counts[level]}" for level in Level if counts[level])
    lines = [f"{name}：{len(findings)} 处（{summary}）"]
    for level in Level:
        for rule, group in _by_rule(findings, level):
            lines += ["", *_group(rule, group, len(group) if show_all else SHOWN)]
    return "\n".join(lines)


def _by_rule(findings: list[Finding], level: Level) -> Iterator[tuple[str, list[Finding]]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.level is level:
            groups.setdefault(finding.rule, []).append(finding)
    yield from groups.items()


def _group(rule: str, group: list[Finding], shown: int) -> Iterator[str]:
    first = group[0]
    yield f"[{first.level.label}] {rule} {name_of(rule)} · {len(group)} 处"
    reasons = {each.why for each in group}
    if len(reasons) == 1:
        yield f"  {first.why}（{first.source}）"
    for finding in group[:shown]:
        yield _row(finding)
        if len(reasons) > 1:
            yield f"{'':14}{finding.why}"
    if len(group) > shown:
        yield f"{'':14}……还有 {len(group) - shown} 处（--all 全部列出）"


def _row(finding: Finding) -> str:
    place = finding.place
    part = "" if place.part == "body" else PARTS[place.part]
    where = _padded(f"  {part}{place.line}:{place.column}", 14)
    before, quote, after = map(_printable, (finding.before[-8:], finding.quote, finding.after[:8]))
    text = f"{where}{before}【{quote[:40]}】{after}"
    if finding.suggestion is None:
        return text
    return f"{text}  → {_printable(finding.suggestion) or '（删去）'}"


def _printable(text: str) -> str:
    """Nothing that a terminal would obey."""
    return "".join(char if char.isprintable() else "·" for char in text)


def _padded(text: str, width: int) -> str:
    """Chinese characters take two columns of a terminal."""
    taken = sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
    return text + " " * max(1, width - taken)
