"""The manuscripts of the board, with what an editor decides by: a few queries for any number."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from articles.models import Article, Authorship, Branch, Call, Section
from articles.reviewing import checking
from issues.exports import pdf
from issues.models import FindingCount, Issue, LaidPart
from servicejournal.web.keys import key_in

from . import keys

#: Days that a manuscript has waited, characters, and times in this year, as one filters by them.
AGES = {"7": "等了一周以上", "30": "等了一个月以上", "90": "等了三个月以上"}
LENGTHS = {
    "-700": ("700 字以内", 0, 700),
    "700-1500": ("700 到 1500 字", 701, 1500),
    "1500-3000": ("1500 到 3000 字", 1501, 3000),
    "3000-": ("3000 字以上", 3001, 10**9),
}
TIMES = {"0": "没有上过", "1": "至多 1 次", "2": "至多 2 次"}


@dataclass(slots=True)
class Card:
    """`text` is the digest of what is set, `laid` its measure, None while it is being measured;
    `findings` likewise. The times are those of this year, in issues beside this one.
    """

    article: Article
    text: str
    house: str
    laid: LaidPart | None
    findings: FindingCount | None
    branch_times: int
    author_times: int
    proofs: str

    @property
    def pages(self) -> int | None:
        return self.laid.pages if self.laid else None

    @property
    def percent(self) -> int:
        """How far the last page is filled."""
        return round(100 * self.laid.fill) if self.laid else 0

    @property
    def waits(self) -> int:
        """Days since it was accepted."""
        return (timezone.now() - self.article.stage_since).days

    @property
    def branches(self) -> set[int]:
        return {each.branch_id for each in self.article.authorships.all() if each.branch_id}


@dataclass(frozen=True, slots=True)
class Deck:
    """All cards: those of the issue in print order, and the pile of those that wait for one.

    `without` (Chinese) says why nothing can be measured.
    """

    placed: list[Card]
    pile: list[Card]
    sections: list[Section]
    faces: pdf.Faces | None
    without: str

    @property
    def all(self) -> list[Card]:
        return [*self.placed, *self.pile]


def of(issue: Issue) -> Deck:
    """Twelve queries."""
    rows = Article.objects.filter(Q(issue=issue) | Q(status=Article.Status.ACCEPTED, issue=None))
    rows = rows.select_related("section", "call").with_bylines()
    articles = list(keys.with_texts(rows.order_by("stage_since", "pk")))
    faces, without = _faces()
    texts = {each.pk: keys.of_text(each, faces) if faces else "" for each in articles}
    house = checking.stamps(texts)
    found = {pk: keys.of_findings(texts[pk], stamp) for pk, stamp in house.items()}
    laid = {each.digest: each for each in _laid(texts.values())}
    counted = {each.digest: each for each in _counted(found.values())}
    branches, authors = _times(issue)
    proofs = _proofs(issue)
    cards = [
        Card(
            article=each,
            text=texts[each.pk],
            house=found[each.pk],
            laid=laid.get(texts[each.pk]),
            findings=counted.get(found[each.pk]),
            branch_times=max((branches[by.branch_id] for by in each.authorships.all()), default=0),
            author_times=max((authors[by.author_id] for by in each.authorships.all()), default=0),
            proofs=_proofs_of(each, proofs) if each.issue_id else "",
        )
        for each in articles
    ]
    placed = sorted((each for each in cards if each.article.issue_id), key=_in_print)
    pile = sorted((each for each in cards if not each.article.issue_id), key=_in_pile)
    return Deck(placed, pile, list(Section.objects.all()), faces, without)


def _faces() -> tuple[pdf.Faces | None, str]:
    try:
        return pdf.fonts.find(settings.FONT_DIR), ""
    except pdf.FontsMissing as reason:
        return None, str(reason)


def _laid(digests: Iterable[str]) -> Iterable[LaidPart]:
    return LaidPart.objects.filter(digest__in=list(digests)).exclude(pages=None, problem="")


def _counted(digests: Iterable[str]) -> Iterable[FindingCount]:
    return FindingCount.objects.filter(digest__in=list(digests))


def _in_print(card: Card) -> tuple[int, int, int, int]:
    article, section = card.article, card.article.section
    return (
        section.order if section else 0,
        article.section_id or 0,
        article.position or 0,
        article.pk,
    )


def _in_pile(card: Card) -> tuple[int, Any, int]:
    section = card.article.section
    return section.order if section else 10**6, card.article.stage_since, card.article.pk


def _times(issue: Issue) -> tuple[Counter[int | None], Counter[int | None]]:
    """How often each branch and each author stand in the other issues of this year."""
    rows = Authorship.objects.filter(article__issue__year=issue.year)
    rows = rows.exclude(article__issue=issue).order_by()
    times: list[Counter[int | None]] = []
    for who in ("branch", "author"):
        counted = rows.exclude(**{who: None}).values_list(who)
        counted = counted.annotate(times=Count("article", distinct=True))
        times.append(Counter(dict(counted)))
    return times[0], times[1]


def _proofs(issue: Issue) -> Any:
    return issue.proofs.standing().last()


def _proofs_of(article: Article, last: Any) -> str:
    """How far it is read, in the editors' words; what came or changed later was not read so."""
    if last is None:
        return ""
    label: str = last.get_round_display()
    return f"{label}后有改动" if article.updated_at > last.finished_at else f"{label}完"


# Filters


@dataclass(frozen=True, slots=True)
class Filters:
    """What the pile is looked through by; as in the address, "" for all."""

    section: str = ""
    branch: str = ""
    age: str = ""
    length: str = ""
    call: str = ""
    branch_times: str = ""
    author_times: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filters":
        return cls(**{name: asked.get(name, "") for name in cls.__dataclass_fields__})

    @property
    def is_set(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)

    def let_through(self, card: Card) -> bool:
        article = card.article
        _, least, most = LENGTHS.get(self.length, ("", 0, 10**9))
        since = timezone.now() - timedelta(days=key_in(self.age) if self.age in AGES else 0)
        return (
            _is(self.section, article.section_id)
            and _is(self.call, article.call_id)
            and (not self.branch or key_in(self.branch) in card.branches)
            and article.stage_since <= since
            and least <= article.length <= most
            and _at_most(self.branch_times, card.branch_times)
            and _at_most(self.author_times, card.author_times)
        )


def _is(asked: str, pk: int | None) -> bool:
    return not asked or (pk is None if asked == "none" else pk == key_in(asked))


def _at_most(asked: str, times: int) -> bool:
    return asked not in TIMES or times <= int(asked)


def choices(deck: Deck, filters: Filters) -> list[dict[str, Any]]:
    """The lists to choose from: of what is in the pile, and no query."""
    articles = [card.article for card in deck.pile]
    sections = {each.section.pk: each.section.name for each in articles if each.section}
    calls: dict[int, Call] = {each.call.pk: each.call for each in articles if each.call}
    branches: dict[int, Branch] = {
        by.branch.pk: by.branch for each in articles for by in each.authorships.all() if by.branch
    }
    lists: dict[str, tuple[str, dict[str, str]]] = {
        "section": ("想上的栏目", _options(sections, "未选栏目")),
        "branch": ("单位", {str(pk): str(each) for pk, each in branches.items()}),
        "age": ("等了多久", AGES),
        "length": ("字数", {key: label for key, (label, _, _) in LENGTHS.items()}),
        "call": ("应征", _options({pk: each.theme for pk, each in calls.items()}, "自由来稿")),
        "branch_times": ("单位今年", TIMES),
        "author_times": ("作者今年", TIMES),
    }
    return [
        {
            "name": name,
            "label": label,
            "options": list(of.items()),
            "chosen": getattr(filters, name),
        }
        for name, (label, of) in lists.items()
    ]


def _options(names: Mapping[int, str], none: str) -> dict[str, str]:
    return {**{str(pk): name for pk, name in names.items()}, "none": none}
