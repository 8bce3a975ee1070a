"""来稿与采用, summed where the rows are: of ten years, twenty thousand manuscripts would be read
only to be added up. Which rows count say the querysets of `facts`; how a piece is shared,
`sharing.equally`, is said here once more in SQL, and tests hold the two together.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple
from typing import Any

from django.db import connection, models
from django.db.models import Case, Count, Model, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from articles.models import Author, Authorship, Branch, Review

from ...models import PrintedArticle, PrintedAuthor, PrintedPicture
from .. import facts
from ..contributions import UNSIGNED, Counted, Counts
from ..periods import Period
from ..sharing import PIECE

#: What the desk did, by the number that the question gives it.
_DESK = ("handed", "accepted", "returned", "rejected", "withdrawn")
#: Room for the place in a byline beside the key of who signed.
_PLACES = 1000
Rows = list[tuple[Any, ...]]

_HAPPENED = """
WITH happened (article, section, what) AS ({happened}),
touched AS MATERIALIZED (
  SELECT article, COALESCE(MAX(section), 0) AS section, {flags} FROM happened GROUP BY article
),
signed AS MATERIALIZED (
  SELECT branch_id, author_id, one.id AS id, {kinds},
    ROW_NUMBER() OVER (PARTITION BY article ORDER BY position, one.id) AS place,
    COUNT(*) OVER (PARTITION BY article) AS among
  FROM touched LEFT JOIN {authorship} one ON one.article_id = article
),
shared AS MATERIALIZED (
  SELECT branch_id, author_id, id, {kinds},
    {piece} / among + CASE WHEN place <= {piece} %% among THEN 1 ELSE 0 END AS share
  FROM signed
)
SELECT 'section', section, 0, {wholes} FROM touched GROUP BY section
"""
_BY_WHOM = """
UNION ALL SELECT 'branch', branch_id, MAX(id), {shares} FROM shared GROUP BY branch_id
UNION ALL SELECT 'author', author_id, MAX(id), {shares}
  FROM shared WHERE author_id IS NOT NULL GROUP BY author_id
"""
#: One column for each kind.
_FLAGS = ", ".join(f"MAX(CASE WHEN what = {at} THEN 1 ELSE 0 END) AS k{at}" for at in range(5))
_KINDS = ", ".join(f"k{at}" for at in range(5))
_WHOLES = ", ".join(f"{PIECE} * SUM(k{at})" for at in range(5))
_SHARES = ", ".join(f"SUM(k{at} * share)" for at in range(5))
_OUT = """
WITH out (printed, section, length, pics) AS MATERIALIZED ({out}),
signed AS MATERIALIZED (
  SELECT section, length, pics, branch_id, author_id, printed,
    ROW_NUMBER() OVER (PARTITION BY printed ORDER BY one.id) AS place,
    COUNT(*) OVER (PARTITION BY printed) AS among
  FROM out LEFT JOIN {printed_author} one ON one.printed_id = printed
),
shared AS MATERIALIZED (
  SELECT branch_id, author_id, section, printed * {places} + place AS sign,
    {piece} / among + CASE WHEN place <= {piece} %% among THEN 1 ELSE 0 END AS pieces,
    length / among + CASE WHEN place <= length %% among THEN 1 ELSE 0 END AS length,
    pics / among + CASE WHEN place <= pics %% among THEN 1 ELSE 0 END AS pics
  FROM signed
)
SELECT 'section', section, 0, 0, {piece} * COUNT(*), SUM(length), SUM(pics)
  FROM out GROUP BY section
"""
_PRINTED_BY_WHOM = """
UNION ALL SELECT 'branch', branch_id, 0, MAX(sign), SUM(pieces), SUM(length), SUM(pics)
  FROM shared GROUP BY branch_id
UNION ALL SELECT 'author', author_id, 0, MAX(sign), SUM(pieces), SUM(length), SUM(pics)
  FROM shared WHERE author_id IS NOT NULL GROUP BY author_id
UNION ALL SELECT 'heat', branch_id, section, 0, SUM(pieces), 0, 0
  FROM shared WHERE author_id IS NOT NULL GROUP BY branch_id, section
"""


def of(period: Period, *, only_printed: bool = False, only_totals: bool = False) -> Counted:
    """Six queries. `only_printed`, three, counts print alone and names no authors; `only_totals`,
    two, leaves out who signed. PostgreSQL's sums are no `int`.
    """
    desk = [] if only_printed else _desk(period, by_whom=not only_totals)
    out = _printed(period, by_whom=not only_totals)
    found: dict[str, dict[Any, Counts]] = {"section": {}, "branch": {}, "author": {}}
    heat: dict[tuple[int | None, int], int] = {}
    for role, key, _, *counted in desk:
        found[role][key] = Counts(*map(int, counted))
    for role, key, section, _, *counted in out:
        if role == "heat":
            heat[key, section] = int(counted[0])
            continue
        counts = found[role].setdefault(key, Counts())
        counts.printed, counts.characters, counts.pictures = map(int, counted)
    return Counted(
        period,
        _together(found["section"].values()),
        found["branch"],
        found["author"],
        found["section"],
        heat,
        {} if only_totals else _branch_names(desk, out),
        {} if only_totals or only_printed else _author_names(desk, out),
    )


def _together(counts: Iterable[Counts]) -> Counts:
    told = [astuple(each) for each in counts]
    return Counts(*(sum(each) for each in zip(*told, strict=True)))


def _branch_names(desk: Rows, out: Rows) -> dict[int | None, str]:
    """As printed last; else as signed last."""
    names: dict[int | None, str] = {None: UNSIGNED}
    names.update((branch, name) for _, branch, name, _ in _on_desk(desk, "branch") if name)
    names.update((branch, told["branch"]) for branch, told in _in_print(out, "branch", {None}))
    return names | _today(Branch, desk + out, "branch", names)


def _author_names(desk: Rows, out: Rows) -> dict[int, str]:
    """With the branch; as signed last, else as printed last."""
    names = {
        author: f"{branch} {name}".strip() for author, _, branch, name in _on_desk(desk, "author")
    }
    names.update(
        (author, f"{told['branch']} {told['name']}".strip())
        for author, told in _in_print(out, "author", set(names))
    )
    return names | _today(Author, desk + out, "author", names)


def _today(model: type[Model], rows: Rows, role: str, names: Mapping[Any, str]) -> dict[Any, str]:
    """Of whom no byline tells the name: as they are called now."""
    keys = {key for whose, key, *_ in rows if whose == role} - names.keys()
    return {key: str(each) for key, each in model._default_manager.in_bulk(keys).items()}


def _on_desk(desk: Rows, role: str) -> list[tuple[Any, ...]]:
    keys = [sign for whose, _, sign, *_ in desk if whose == role and sign]
    columns = ("author", "branch", "branch_name", "author_name")
    return list(Authorship.objects.filter(pk__in=keys).order_by().values_list(*columns))


def _in_print(out: Rows, role: str, known: Collection[Any]) -> Iterator[tuple[Any, dict[str, str]]]:
    signs = {key: sign for whose, key, _, sign, *_ in out if whose == role and key not in known}
    rows = PrintedArticle.objects.filter(pk__in={sign // _PLACES for sign in signs.values()})
    bylines = dict(rows.order_by().values_list("pk", "authors"))
    for key, sign in signs.items():
        printed, place = divmod(sign, _PLACES)
        if place <= len(bylines[printed]):
            yield key, bylines[printed][place - 1]


def _desk(period: Period, *, by_whom: bool) -> Rows:
    """(role, key, the last signature, hundredths of each of `_DESK`)."""
    parts = [
        facts.handed_in(period).values_list("pk", "section", _number("handed")),
        _outcomes(period),
        facts.withdrawn(period).values_list("pk", "section", _number("withdrawn")),
    ]
    told = [each.query.sql_with_params() for each in parts]
    whole = " UNION ALL ".join(sql for sql, _ in told)
    sql = (_HAPPENED + (_BY_WHOM if by_whom else "")).format(
        happened=whole,
        authorship=Authorship._meta.db_table,
        piece=PIECE,
        flags=_FLAGS,
        kinds=_KINDS,
        wholes=_WHOLES,
        shares=_SHARES,
    )
    return _asked(sql, [each for _, own in told for each in own])


def _number(what: str) -> Value:
    return Value(_DESK.index(what), output_field=models.IntegerField())


def _outcomes(period: Period) -> models.QuerySet[Any, Any]:
    """Each kind once for a manuscript."""
    what = Case(
        When(decision=Review.Decision.RETURN, then=_number("returned")),
        When(decision=Review.Decision.REJECT, then=_number("rejected")),
        default=_number("accepted"),
    )
    rows = facts.outcomes(period).annotate(what=what)
    return rows.values_list("article", "article__section", "what").distinct()


def _printed(period: Period, *, by_whom: bool) -> Rows:
    """(role, key, section, the last signature, hundredths, characters, pictures)."""
    count = PrintedPicture.objects.filter(printed=OuterRef("pk")).order_by().values("printed")
    pictures = Subquery(count.annotate(count=Count("pk")).values("count"))
    rows = facts.printed(period).annotate(pics=Coalesce(pictures, 0))
    inner, given = rows.values_list("pk", "section", "length", "pics").query.sql_with_params()
    sql = (_OUT + (_PRINTED_BY_WHOM if by_whom else "")).format(
        out=inner, piece=PIECE, places=_PLACES, printed_author=PrintedAuthor._meta.db_table
    )
    return _asked(sql, list(given))


def _asked(sql: str, given: list[Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
