"""What the desk does after signing changes no byte that readers get, until a verb says so.

Every field of every model that somebody can write in the admin is written over in every row, and
every public address is asked before and after it.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Author, Branch, Call, Section
from issues.models import Issue
from servicejournal import generation
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import a_user
from tests.prepared import laid_out
from tests.readers_journal import Journal, a_journal

pytestmark = pytest.mark.django_db

#: Names of today, by which readers find their way: in the lists that bear them, and nowhere else.
#: A call for papers belongs to no edition.
FINDING_THE_WAY = {
    (Section, "name"): ("/sections/",),
    (Section, "name_en"): ("/sections/",),
    (Section, "about"): ("/sections/",),
    (Section, "order"): ("/sections/",),
    (Branch, "name"): ("/branches/", "/authors/"),
    (Author, "name"): ("/authors/", "/branches/"),
    **{(Call, name): ("/", "/calls/") for name in ("theme", "words", "deadline", "closed")},
    (Call, "issue"): ("/calls/",),
}


@pytest.fixture
def journal() -> Journal:
    return laid_out(a_journal)


@dataclass(frozen=True, slots=True)
class Everybody:
    """Asks the admin what may be written, in the name of somebody who has every role."""

    user: User
    method: str = "GET"
    GET: tuple[()] = ()


#: What is written elsewhere than in the admin's own form too: every field of theirs is tried.
WRITTEN_ALL_OVER = (Article, Issue)
#: Where an issue lies; of one that is signed the admin shows them read only.
ADDRESS = {"kind", "year", "number", "last_number", "after"}

#: All that readers' pages ask for: what was printed and what became of it,
PRINTED = {
    *("issues_edition", "issues_printedarticle", "issues_printedauthor", "issues_printedpicture"),
    *("issues_page", "issues_outlinedcover", "issues_correction", "issues_withdrawal"),
    *("articles_indexedtext", "servicejournal_generation"),
}
#: which issue is where and whether it is out, the names of today, calls for papers: whose fields
#: are written over below;
OF_TODAY = {
    *("issues_issue", "articles_article", "articles_picture", "issues_section", "articles_branch"),
    *("articles_author", "articles_formerbranch", "articles_formerauthor", "issues_call"),
    "servicejournal_masthead",
}
#: and what readers themselves did.
OF_READERS = {"issues_dailycount", "issues_searchedinvain", "issues_echo", "issues_helpfultoday"}


SITES = sorted(
    (
        (each.model, each)
        for site in admin.site._registry.values()
        for each in (site, *(inline(site.model, admin.site) for inline in site.inlines))
    ),
    key=lambda pair: pair[0].__name__,
)


def fields_of(site: Any, request: Any) -> list[str]:
    """What the admin lets somebody write in a row that is there; of articles and issues, all."""
    row = site.model._base_manager.first()
    everything = site.model in WRITTEN_ALL_OVER
    closed = ADDRESS if everything else site.get_readonly_fields(request, row)
    return [
        field.name
        for field in site.model._meta.concrete_fields
        if (field.editable or site.model is Article)  # of an issue the rest is its signature
        and not field.primary_key
        and field.name not in closed
    ]


def asked(journal: Journal) -> dict[str, bytes]:
    """A public address of each kind, and what it answers to somebody whom nobody knows."""
    generation.turn()
    client = Client()
    paths = [
        *journal.pages,
        "/issues/2026/3/cover.svg",
        "/search/?q=登记簿",
        f"/pictures/{journal.rich.pictures.get().token}/",
    ]
    return {path: answered(client.get(path)) for path in paths}


def answered(response: Any) -> bytes:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.status_code} ".encode() + body


def another(field: models.Field, value: Any, journal: Journal) -> Any:
    """A value of that field that is not the one that stands."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.ForeignKey):
        if field.related_model is Issue:
            return journal.earlier.pk if value != journal.earlier.pk else journal.making.pk
        others = field.related_model._base_manager.exclude(pk=value)
        return others.values_list("pk", flat=True).first()
    if isinstance(field, models.DateTimeField):
        return (value or datetime.fromisoformat("2026-01-01T00:00+08:00")) + timedelta(days=3)
    if isinstance(field, models.DateField):
        return (value or date(2026, 1, 1)) + timedelta(days=3)
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if isinstance(field, models.FileField):
        return "somewhere/else.png"
    if field.choices:
        return next(choice for choice, _ in field.flatchoices if choice != value)
    if isinstance(field, models.JSONField):
        return []
    if isinstance(field, models.UUIDField):
        return uuid4()
    return f"改{value or ''}"[: field.max_length or 40]


def write_over(site: Any, name: str, request: Any, journal: Journal) -> int:
    """In every row that the admin opens and where the database lets it; how many."""
    field, written = site.model._meta.get_field(name), 0
    for row in site.model._base_manager.all():
        closed = site.model not in WRITTEN_ALL_OVER
        if closed and not site.has_change_permission(request, row):
            continue
        value = another(field, getattr(row, field.attname), journal)
        try:
            with transaction.atomic():
                rows = site.model._base_manager.filter(pk=row.pk)
                written += rows.update(**{field.attname: value})
        except IntegrityError:
            continue
    return written


@pytest.mark.parametrize("site", [site for _, site in SITES], ids=lambda site: type(site).__name__)
def test_no_field_that_the_desk_writes_changes_what_readers_hold(journal, site):
    """What changes no page is written at once where no field keeps another from being written."""
    request = Everybody(a_user(*Role))
    before = asked(journal)
    names = fields_of(site, request)
    quiet = [name for name in names if (site.model, name) not in FINDING_THE_WAY]
    alone = {name: written(site, [name], request, journal)[name] for name in names}
    at_once = written(site, quiet, request, journal)
    group = [name for name in quiet if at_once[name] == alone[name]]
    if changed_by(group, site, request, journal, before) == set():
        names = [name for name in names if name not in group]
    for name in names:
        allowed = FINDING_THE_WAY.get((site.model, name), ())
        ways = tuple(way for way in allowed if way != "/")
        changed = changed_by([name], site, request, journal, before)
        strange = {path for path in changed if not (ways and path.startswith(ways))}
        assert strange - set(allowed) == set(), name


def written(site: Any, names: list[str], request: Any, journal: Journal) -> dict[str, int]:
    """How many rows would be written over, by field."""
    with transaction.atomic():
        count = {name: write_over(site, name, request, journal) for name in names}
        transaction.set_rollback(True)
    return count


def changed_by(names: list[str], site: Any, request: Any, journal: Journal, before: Any) -> set:
    """The addresses that answer otherwise while these fields are written over."""
    with transaction.atomic():
        rows = sum(write_over(site, name, request, journal) for name in names)
        after = asked(journal) if rows else before
        transaction.set_rollback(True)
    return {path for path in before if before[path] != after[path]}


def test_readers_pages_ask_no_table_of_the_desk(journal):
    """What the desk keeps elsewhere (orders to the printer, links for leaders, notes, checks, fees)
    cannot change them, whoever writes it.
    """
    with CaptureQueriesContext(connection) as queries:
        asked(journal)
    tables = {model._meta.db_table for model in apps.get_models()}
    names = {name for each in queries for name in re.findall(r'"(\w+)"', each["sql"])}
    assert {"issues_printedarticle", "issues_edition"} <= names & tables
    assert names & tables <= PRINTED | OF_TODAY | OF_READERS


@pytest.mark.parametrize("model", [Section, Branch])
def test_an_address_stays_once_the_row_is_there(journal, model):
    site, request = admin.site._registry[model], Everybody(a_user(*Role))
    assert "slug" in site.get_readonly_fields(request, model.objects.first())
