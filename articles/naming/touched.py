"""What a merger, a new name or a closing touches: looked at beforehand, and nothing is changed.

What is printed is never among it: articles that are out and manuscripts keep the names that their
bylines hold.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from servicejournal import spelling

from ..models import Article, Author, Authorship, Branch, Call, Endorsement, relations
from ..models.former import Former
from . import moving

#: Titles and names that are shown of each kind; of more there is the number.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """So many rows of a kind, and what some of them are called."""

    label: str
    count: int
    names: tuple[str, ...] = ()

    @property
    def more(self) -> int:
        return self.count - len(self.names) if self.names else 0


@dataclass(frozen=True, slots=True)
class Namesake:
    """Of one name in two branches that become one: `pk` joins the author `stays`, who is the same
    person, or is told apart. `apart` says in Chinese why they can only be told apart.
    """

    pk: int
    name: str
    stays: int
    stays_name: str
    is_likely: bool = False
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """`obstacles` (Chinese) are why it cannot be done."""

    rows: tuple[tuple[int, str], ...]  # the first one stays, or is the only one
    lines: tuple[Line, ...]
    namesakes: tuple[Namesake, ...] = ()
    obstacles: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of all that is shown: a page that was shown otherwise is out of date."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def counts(self) -> dict[str, int]:
        return {line.label: line.count for line in self.lines}


def lines(model: type[models.Model], keys: Sequence[int]) -> tuple[Line, ...]:
    """By kind, what refers to the rows of these keys."""
    role = "author" if model is Author else "branch"
    found = [*_texts(role, keys)]
    for each in relations.pointing_to(model):
        if each.model is Authorship or issubclass(each.model, Former) or moving.is_a_pair(each):
            continue
        rows = relations.rows_of(each).filter(**{f"{each.attname}__in": keys})
        if count := rows.count():
            # Whatever their names are made of comes along, one level deep.
            refers_to = [own.name for own in each.model._meta.fields if own.is_relation]
            named = rows.select_related(*refers_to).order_by("pk")[:SHOWN]
            names = tuple(map(str, named))
            found.append(Line(_label(each), count, names))
    return tuple(line for line in found if line.count)


def _label(each: Any) -> str:
    """账号, 单位（并入）: what the rows are, and as what they refer, unless that says nothing."""
    kind, as_what = str(each.model._meta.verbose_name), str(each.verbose_name)
    says_nothing = as_what in (each.name, str(each.related_model._meta.verbose_name), "现在单位")
    return kind if says_nothing else f"{kind}（{as_what}）"


def _texts(role: str, keys: Sequence[int]) -> list[Line]:
    """Articles and manuscripts whose bylines refer to them. Drafts are their writers': a number."""
    signed = Authorship.objects.filter(**{f"{role}__in": keys}).values("article")
    articles = Article.objects.filter(pk__in=signed).order_by("-pk")
    out = Article.objects.published()
    handed_in = Article.objects.handed_in().values("pk")
    making = articles.exclude(pk__in=out.values("pk")).filter(pk__in=handed_in)
    endorsed = Endorsement.objects.filter(article__in=signed)
    answered = Call.objects.filter(articles__in=signed).distinct()
    return [
        _titled("已刊出的文章", articles.filter(pk__in=out.values("pk"))),
        _titled("在编的稿件", making),
        Line("作者手里的草稿", articles.exclude(pk__in=handed_in).count()),
        Line("这些稿件的单位签审", endorsed.count()),
        Line("这些稿件应的征稿", answered.count(), tuple(map(str, answered[:SHOWN]))),
    ]


def _titled(label: str, articles: models.QuerySet[Article]) -> Line:
    titles = articles.values_list("title", flat=True)[:SHOWN]
    return Line(label, articles.count(), tuple(f"《{title}》" for title in titles))


def of(row: Branch | Author) -> Touched:
    """What bears the name of one row. A new name, or a closing, has no obstacle but the row's own
    rules, which the verbs state."""
    return Touched(rows=((row.pk, str(row)),), lines=lines(type(row), [row.pk]))


def of_merging(keep: Branch | Author, others: Sequence[Branch | Author]) -> Touched:
    """What changes hands, and what stands in the way.

    The number of queries follows that of the kinds of rows and of the namesakes, not of the rows.
    """
    branches = [each for each in [keep, *others] if isinstance(each, Branch)]
    authors = [each for each in [keep, *others] if isinstance(each, Author)]
    return Touched(
        rows=tuple((row.pk, str(row)) for row in [keep, *others]),
        lines=lines(type(keep), [row.pk for row in others]),
        namesakes=tuple(_namesakes(branches)),
        obstacles=(
            *_two_accounts(authors),
            *_twins(type(keep), [keep.pk, *(o.pk for o in others)]),
        ),
    )


def _two_accounts(authors: Iterable[Author]) -> Iterable[str]:
    having = [author for author in authors if author.user]
    if len(having) > 1:
        named = "、".join(f"{author}（{author.user.username}）" for author in having if author.user)
        yield (
            f"{named}各有账号，一位作者只能有一个，不能合并。是同一个人，请先在其中一位的“账号”一栏"
            "去掉不用的那个；是两个人，就不要合并，请写上“同名区分”。"
        )


def _twins(model: type[models.Model], keys: Sequence[int]) -> Iterable[str]:
    """Rows that the database allows once, and that would be there twice."""
    for each in relations.pointing_to(model):
        if moving.is_a_pair(each) or each.model is Author:  # those are `Touched.namesakes`
            continue
        for row in moving.clashes(each, keys):
            if isinstance(row, Authorship):
                yield (
                    f"{_called(row.article)}由他们一起署名，印出来是两个人，不能合并。真是写重了，"
                    "请先在那篇稿件里去掉一个。"
                )
            else:
                yield f"{each.model._meta.verbose_name}“{row}”同时有他们两个，不能合并。"


def _called(article: Article) -> str:
    is_at_the_desk = Article.objects.handed_in().filter(pk=article.pk).exists()
    return f"《{article.title}》" if is_at_the_desk else "作者手里的一篇草稿"


def _namesakes(branches: Sequence[Branch]) -> Iterable[Namesake]:
    """Those whom one branch cannot hold twice under one name, in the order of the branches."""
    order = {branch.pk: at for at, branch in enumerate(branches)}
    named = {branch.pk: branch for branch in branches}
    there = Author.objects.filter(branch__in=order).select_related("branch", "user")
    first: dict[tuple[str, str], Author] = {}
    for author in sorted(there, key=lambda author: (order[author.branch_id or 0], author.pk)):
        stays = first.setdefault((author.name, author.namesake), author)
        if stays is author:
            continue
        apart = "".join([*_two_accounts([stays, author]), *_twins(Author, [stays.pk, author.pk])])
        is_likely = _are_one(named[stays.branch_id or 0], named[author.branch_id or 0])
        yield Namesake(author.pk, str(author), stays.pk, str(stays), is_likely, apart)


def _are_one(one: Branch, other: Branch) -> bool:
    """Two spellings of one name, or one that moved into the other: its people came along."""
    moved = one.pk == other.moved_into_id or other.pk == one.moved_into_id
    return moved or spelling.folded(one.name) == spelling.folded(other.name)
