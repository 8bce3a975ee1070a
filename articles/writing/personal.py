"""Personal data in a manuscript: what was found, kind by kind, and why a writer lets it stay.

The only writer of `Explanation`. What is surely an identity card, a mobile number or a bank card
keeps a text with its writer until it is gone or explained; it lets nothing out.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from servicejournal import record
from servicejournal.models import User

from ..models import Article, Explanation
from ..proofreading import Finding, Level
from ..proofreading.rules import personal
from ..reviewing import checking

#: Characters of a reason that are kept.
MAX_REASON = 300
EXPLAINED = "说明保留的号码"
_RULES = {rule.id: rule for rule in personal.RULES}


@dataclass(frozen=True, slots=True)
class Kind:
    """Findings of one kind: 身份证号码, 2 处."""

    name: str
    why: str
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        return f"{self.name} {len(self.findings)} 处"


@dataclass(frozen=True, slots=True)
class People:
    """What a manuscript says of people, the surest first."""

    kinds: tuple[Kind, ...]

    @property
    def count(self) -> int:
        return sum(len(kind.findings) for kind in self.kinds)

    @property
    def sure(self) -> tuple[Finding, ...]:
        return tuple(each for kind in self.kinds for each in kind.findings if is_sure(each))

    @property
    def sure_words(self) -> str:
        """身份证号码 2 处、手机号码 1 处"""
        return "、".join(str(kind) for kind in kinds_of(self.sure))

    @property
    def key(self) -> str:
        """The same for the same numbers at the same places; what a page showed, in a tick."""
        return key_of(self.sure)


def is_personal(finding: Finding) -> bool:
    return finding.rule in _RULES


def is_sure(finding: Finding) -> bool:
    return finding.rule in personal.SURE and finding.level is Level.BLOCK


def kinds_of(findings: Iterable[Finding]) -> tuple[Kind, ...]:
    """In the order of the rules; what is only like such a number is said behind what is one."""
    groups: dict[tuple[str, Level, str], list[Finding]] = {}
    for each in findings:
        if is_personal(each):
            groups.setdefault((each.rule, each.level, each.why), []).append(each)
    ordered = sorted(groups, key=lambda group: (group[1] is not Level.BLOCK, group[0]))
    return tuple(
        Kind(_RULES[rule].name, why, tuple(groups[rule, level, why]))
        for rule, level, why in ordered
    )


def key_of(findings: Iterable[Finding]) -> str:
    anchors = sorted({each.anchor for each in findings})
    return hashlib.sha256(" ".join(anchors).encode()).hexdigest()[:32] if anchors else ""


def in_the_text(article: Article) -> People:
    """Without what the desk let stand. Two queries."""
    return People(kinds_of(checking.check(article).open))


def explanation(article: Article, people: People) -> Explanation | None:
    """The newest that speaks of a number that stands in the text. One query where there is any."""
    anchors = {each.anchor for each in people.sure}
    if not anchors:
        return None
    said = article.explanations.select_related("by")
    return next((each for each in said if anchors & set(each.anchors)), None)


def explain(article: Article, people: People, *, by: User, reason: str) -> Explanation:
    """Stores why these numbers stay; in the record are their kinds, never the numbers.

    The caller holds the article's lock, and in its transaction.
    """
    said = Explanation.objects.create(
        article=article,
        anchors=sorted({each.anchor for each in people.sure}),
        digest=article.digest(),
        reason=reason[:MAX_REASON],
        by=by,
    )
    record.write(EXPLAINED, article, by=by, why=said.reason, kinds=people.sure_words)
    return said
