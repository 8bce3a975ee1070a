"""同意付印: the leader lets an issue go to print. The only writer of `Consent`.

Asked for where the masthead says so (`Masthead.leader_agrees`): then preflight, and with it the
signing off, waits for it.
"""

from django.db import transaction
from django.utils import timezone

from articles.bodies import html
from servicejournal import masthead, record
from servicejournal.models import User

from ...exports import archive, book
from ...models import Consent, Issue, PreviewLink
from .. import publication
from . import links, notes

AGREED, TAKEN_BACK = "同意付印", "收回同意付印"
MAX_WORDS = 300


class NotAllowed(ValueError):
    """There is no consent; the message (Chinese) says why."""


class Stale(NotAllowed):
    """The issue was changed after it was looked at."""


def of(issue: Issue) -> Consent | None:
    """The newest that stands. One query."""
    return issue.consents.standing().last()


def is_asked() -> bool:
    return masthead.current().leader_agrees


def may_be_given(link: PreviewLink) -> bool:
    return link.may_agree and is_asked()


@transaction.atomic
def by_link(link: PreviewLink, *, name: str, words: str, digest: str) -> Consent:
    """`digest` is that of the issue on the page. Raises `links.Closed`, `NotAllowed`, `Stale`."""
    current = links.locked(link)
    if not may_be_given(current):
        raise NotAllowed("这个链接只是请您看一看，不用点“同意付印”。")
    name, words = _checked(name, words)
    if current.issue.signed_off_at:
        raise NotAllowed("这一期已经签发，不用再点。")
    if current.consents.standing().exists():
        raise NotAllowed("您已经同意付印了，不用再点。")
    if digest != digest_of(current.issue):
        raise Stale("您打开之后，编辑部又改了几处。请看过现在的样子，再点“同意付印”。")
    given = Consent.objects.create(
        issue=current.issue, link=current, name=name, words=words, digest=digest
    )
    _tell(AGREED, given, f"{name}（送看）")
    return given


@transaction.atomic
def on_paper(issue: Issue, *, by: User, name: str, words: str, digest: str) -> Consent:
    """The chief editor writes down what was signed with a pen. Raises as `by_link`."""
    publication.require_chief(by)
    current = publication.locked(issue)
    name, words = _checked(name, words)
    if not words:
        raise NotAllowed("请写明在哪里签的，如：送审稿首页，12月3日。")
    if reason := current.why_frozen:
        raise NotAllowed(f"不用再登记：{reason}")
    if digest != digest_of(current):
        raise Stale("您打开页面之后，本期又有改动。请看过现在的样子，再登记。")
    if current.consents.standing().filter(name=name, digest=digest).exists():
        raise NotAllowed(f"{name}同意付印，已经登记过了。")
    given = Consent.objects.create(
        issue=current, recorded_by=by, name=name, words=words, digest=digest
    )
    _tell(AGREED, given, by)
    return given


@transaction.atomic
def take_back(link: PreviewLink) -> None:
    """By whom it was given, before the issue is signed off. Doing it again changes nothing."""
    current = links.locked(link)
    if current.issue.signed_off_at:
        raise NotAllowed("编辑部已经按您的同意签发了，要停下来请马上打电话给编辑部。")
    given = current.consents.standing().first()
    if given is None:
        return
    given.taken_back_at = timezone.now()
    given.save(update_fields=["taken_back_at"])
    _tell(TAKEN_BACK, given, f"{given.name}（送看）")


def digest_of(issue: Issue) -> str:
    """Of what the link shows, its cover too."""
    held, face = book.held(issue)
    return archive.digest_with_cover(archive.digest(held), face)


def _checked(name: str, words: str) -> tuple[str, str]:
    try:
        name = notes.checked_name(name)
    except notes.NotAllowed as refusal:
        raise NotAllowed(str(refusal)) from refusal
    words = " ".join(html.visible(words).split())
    if len(words) > MAX_WORDS:
        raise NotAllowed(f"批语最多 {MAX_WORDS} 个字。")
    return name, words


def _tell(verb: str, given: Consent, actor: User | str) -> None:
    told = {"consent": given.pk, "name": given.name, "digest": given.digest}
    if given.link_id:
        told["link"] = given.link_id
    record.write(verb, given.issue, by=actor, why=given.words, **told)
