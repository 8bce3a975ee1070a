"""A small journal with something behind every address, and who knocks at each.

`access_table.txt` beside this file says who gets in; `test_access_table.py` tries everybody.
"""

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from articles.admin.queue import batch
from articles.models import Article, Branch, BranchHead, Comment, Notice
from articles.pictures import renditions
from articles.writing import attachments, endorsement
from issues.exports.pages import WIDTHS
from issues.making.leader import links
from issues.models import Edition, FeeSheet, Issue, Page, PreviewLink
from servicejournal.accounts import links as slips
from servicejournal.models import User
from servicejournal.roles import Role
from tests.articles.docx import docx, p
from tests.articles.filling_in import a_draft, handed_in, sent_back
from tests.browser import every_page
from tests.factories import a_picture, a_user, an_article, an_issue, printed_anew
from tests.issues.exports.pdfs import a_pdf

TABLE = Path(__file__).with_name("access_table.txt")
#: Stands in what nobody but its writers and the desk may read.
SECRET = "三号窗口的雨伞"
#: Who knocks. `root` is the superuser that a new installation begins with.
ROLES = (
    "outsider", "closed", "contributor", "writer", "coauthor",
    "editor", "senior", "chief", "auditor", "admin", "root", "head",
)  # fmt: skip
#: Sets of them that the table names.
GROUPS = {
    "all": set(ROLES),
    "signed": set(ROLES) - {"outsider", "closed"},
    "strangers": {"outsider", "closed"},
    "both": {"writer", "coauthor"},
    "editors": {"editor", "senior", "chief"},
    "desk": {"editor", "senior", "chief", "auditor"},
    "staff": {"editor", "senior", "chief", "auditor", "admin", "root"},
    "admins": {"admin", "root"},
    **{role: {role} for role in ROLES},
    "-": set(),
}
#: Everybody with a role; a role that is new has to knock too.
_GIVEN = {
    "editor": Role.EDITOR,
    "senior": Role.SENIOR_EDITOR,
    "chief": Role.CHIEF_EDITOR,
    "auditor": Role.AUDITOR,
    "admin": Role.ADMINISTRATOR,
    "head": Role.BRANCH_HEAD,
}
#: What an answer says to whoever may not: sign in, may not, is not there, not by this method.
_REFUSED = (401, 403, 404, 405, 410)


@dataclass(frozen=True, slots=True)
class Line:
    """One address, as the table has it, and who gets in by which method."""

    address: str
    get: str
    post: str

    def who(self, method: str) -> set[str]:
        return members(self.get if method == "GET" else self.post)


def members(told: str) -> set[str]:
    """The roles that an entry names: `desk+root`."""
    return set().union(*(GROUPS[each] for each in told.split("+")))


def told(roles: set[str]) -> str:
    """The entry that names these roles, the largest groups first."""
    names, left = [], set(roles)
    for name, group in sorted(GROUPS.items(), key=lambda each: -len(each[1])):
        if group and group <= left:
            names.append(name)
            left -= group
    return "+".join(names) or "-"


def lines() -> list[Line]:
    rows = (row.split() for row in TABLE.read_text().splitlines())
    return [Line(*row) for row in rows if row and not row[0].startswith("#")]


def routes() -> set[str]:
    """Every pattern that there is, the admin's too."""
    return set(_routes(get_resolver(), ""))


def _routes(resolver: URLResolver, before: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        own = str(each.pattern)
        route = f"{before}{own.removeprefix('^') if before else own}"
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from _routes(each, route)


@dataclass
class World:
    """Everybody, and the things that addresses name in braces."""

    people: dict[str, User | None]
    things: dict[str, Any]
    sessions: dict[str, str] = field(default_factory=dict)
    #: One for all: making another reads every static file's name anew.
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def path(self, address: str) -> str:
        """`{draft}` is a thing of this world, `{issues.edition}` the first row of that model."""
        return re.sub(r"\{([\w.]+)\}", lambda found: self._named(found[1]), address)

    def _named(self, name: str) -> str:
        if name in self.things:
            return str(self.things[name])
        row = apps.get_model(name)._default_manager.order_by("pk").first()
        assert row, f"this world has no {name}"
        return str(row.pk)

    def sign_in(self) -> None:
        for role, user in self.people.items():
            self.client.cookies = SimpleCookie()
            if user is not None:
                self.client.force_login(user)
                self.sessions[role] = self.client.cookies[settings.SESSION_COOKIE_NAME].value

    def knock(self, role: str, method: str, path: str) -> "Answer":
        """What is answered; what it did is undone."""
        client = self.client
        client.cookies = SimpleCookie()
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        with transaction.atomic():
            answer = client.generic(method, path, **_FORM if method == "POST" else {})
            words = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return Answer(answer.status_code, answer.headers.get("Location", ""), words)


class Known:
    """Middleware in the place of Django's own, which looks up the account behind a visit: each is
    looked up by it once, and is whom it was found to be whenever it knocks again.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response
        self.met: dict[str, Any] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        visit = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if visit not in self.met:
            self.met[visit] = get_user(request)
            getattr(self.met[visit], "roles", None)
        request.user = copy(self.met[visit])  # what a request does to it is undone too
        return self.get_response(request)


class Unrendered:
    """Middleware: who gets in is settled before Django's own pages of the admin are drawn, and the
    pages that refuse; drawing them is more than half of the time that everybody's knocking takes.
    What an address says to a wrong method is drawn for the first who meets it.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response
        self.drawn: set[tuple[str | None, str]] = set()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        asked = request.method, request.path_info
        if response.status_code == 405:
            if asked in self.drawn:
                response.content = "已经画过一次。".encode()
            self.drawn.add(asked)
        return response

    def process_exception(self, request: HttpRequest, reason: Exception) -> HttpResponse | None:
        statuses = {Http404: 404, PermissionDenied: 403}
        status = statuses.get(type(reason))
        return HttpResponse(status=status) if status else None

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        response.render = lambda: response
        response.content = b""
        return response


@dataclass
class SetOnce:
    """A paper that was set once comes off the pile when the same is asked for by the next: the
    guard has spoken by then, and setting them is a fifth of the time.
    """

    the_press: Callable[..., None]
    pile: dict[Any, dict[str, bytes]] = field(default_factory=dict)

    def __call__(self, bench: Path, *told: Any, **more: Any) -> None:
        laid = _on(bench)
        same = (tuple(laid.items()), told, tuple(more.items()))
        if same not in self.pile:
            self.the_press(bench, *told, **more)
            self.pile[same] = _on(bench)
        for name, data in self.pile[same].items():
            (bench / name).write_bytes(data)


def _on(bench: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(bench.iterdir()) if each.is_file()}


_FORM = {"content_type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    content: bytes

    @property
    def lets_in(self) -> bool:
        """A form that is refused for what it lacks lets in all the same; to the first page leads
        what the admin does not find for somebody.
        """
        turned_away = "/login/?next=" in self.location or self.location == "/admin/"
        return self.status not in _REFUSED and not turned_away


def a_world() -> World:
    desk = every_page.a_desk()
    people: dict[str, User | None] = {role: a_user(name=f"甲{role}") for role in ROLES}
    people["outsider"] = None
    for role, given in _GIVEN.items():
        people[role] = a_user(given, name=f"乙{role}")
    people["root"] = a_user(is_superuser=True, name="运维")
    people["closed"] = a_user(Role.CHIEF_EDITOR, name="离任")
    world = World(people, {**_of_the_desk(desk), **_of_the_writer(people)})
    Group.objects.create(name="谁也没有")
    world.things |= _of_readers()
    world.things |= _of_accounts(people)
    head = people["head"]
    assert head is not None
    led = Branch.objects.get(slug=world.things["branch"])
    BranchHead.objects.create(user=head, branch=led, appointed_by=desk.chief)
    world.sign_in()
    User.objects.filter(pk=people["closed"].pk).update(is_active=False)  # type: ignore[union-attr]
    return world


def _of_the_desk(desk: every_page.Desk) -> dict[str, Any]:
    comment = Comment.objects.filter(article=desk.waiting).first()
    link, looked_at = PreviewLink.objects.get(), desk.making.articles.first()
    assert looked_at is not None
    picture = a_picture(looked_at)
    looked_at.body += f'<figure><img src="/pictures/{picture.token}/" alt="伞"></figure>'
    looked_at.save()
    return {
        "waiting": desk.waiting.pk,
        "accepted": desk.accepted.pk,
        "comment": comment.pk if comment else 0,
        "look": links.token_of(link),
        "looked_at": looked_at.pk,
        "look_picture": picture.token,
        "making": desk.making.pk,
        "out": desk.out.pk,
        "printed": desk.printed.pk,
        "proposal": desk.proposal.pk,
        "newcomer": desk.newcomer.pk,
        "request": desk.request.pk,
        "list": desk.enrolled,
        "step": next(iter(batch.STEPS)),
        "sheet": FeeSheet.objects.get(issue=desk.out).pk,
        "making_at": f"{desk.making.year}/{desk.making.slug}",
    }


def _of_the_writer(people: dict[str, User | None]) -> dict[str, Any]:
    writer, coauthor = people["writer"], people["coauthor"]
    assert writer is not None
    draft = a_draft(writer, title=SECRET)
    sent, back = handed_in(writer), sent_back(writer, told=True)
    Article.objects.filter(pk__in=[sent.pk, back.pk]).update(title=SECRET)
    for article in (draft, sent, back):
        author = article.authors.get()
        author.user = coauthor
        author.save()
    file = attachments.keep(docx(p("一段字。")), "稿.docx", by=writer)
    file.article = sent
    file.save()
    picture = a_picture(draft, by=writer)
    draft.body += f'<figure><img src="/pictures/{picture.token}/" alt="伞"></figure>'
    draft.save()
    draft = Article.objects.with_bylines().get(pk=draft.pk)
    asked = endorsement.ask(draft, by=writer, declared=["本人写的"])
    notice = Notice.objects.filter(recipient=writer).first()
    return {
        "draft": draft.pk,
        "sent": sent.pk,
        "back": back.pk,
        "file": file.token,
        "endorse": endorsement.token_of(asked),
        "own_picture": picture.token,
        "notice": notice.pk if notice else 0,
    }


def _of_readers() -> dict[str, Any]:
    issue = an_issue(published=True, year=2025, number=3)
    article = an_article(issue=issue)
    picture = a_picture(article)
    article.body += f'<figure><img src="/pictures/{picture.token}/" alt="伞"></figure>'
    article.save()
    printed_anew(issue)
    edition = Edition.objects.get(standing_for=issue)
    edition.pdf.save("issue.pdf", ContentFile(a_pdf(["one"])), save=False)
    edition.epub.save("issue.epub", ContentFile(b"PK"), save=False)
    edition.archive.save("issue.zip", ContentFile(_a_zip()), save=False)
    edition.face = {**edition.face, "cover_file": picture.file.name}
    edition.page_count, edition.in_pages = 1, True
    edition.save()
    page = Page.objects.create(edition=edition, number=1, width=600, height=800)
    for width in WIDTHS:
        default_storage.save(page.file(width), ContentFile(b"RIFF"))
    return {
        "shown": article.pk,
        "old": issue.pk,
        "section": article.section.slug if article.section else "",
        "branch": article.authors.get().branch.slug,
        "signer": article.authors.get().pk,
        "picture": picture.token,
        "width": renditions.widths(picture.width)[0],
        "page_width": WIDTHS[0],
        "type_of_issue": ContentType.objects.get_for_model(Issue).pk,
    }


def _a_zip() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("index.html", "<p>一期。</p>")
    return packed.getvalue()


def _of_accounts(people: dict[str, User | None]) -> dict[str, Any]:
    writer = people["writer"]
    assert writer is not None
    return {
        "account": writer.pk,
        "uid": urlsafe_base64_encode(force_bytes(writer.pk)),
        "reset": slips.tokens.make_token(writer),
    }
