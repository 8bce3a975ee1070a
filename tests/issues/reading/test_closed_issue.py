"""An issue that is closed to strangers (谁可以读): no public address gives anything of it away."""

from collections.abc import Iterator

import pytest

from articles.models import Article
from issues.making import closing, indexing
from issues.making.publication import NotAllowed, Stale
from issues.models import Edition, Issue, PrintedArticle, Withdrawal
from issues.reading import rebuilding, store
from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import Role
from tests import access
from tests.factories import a_user, an_article, an_issue, printed_anew
from tests.pages import seen

pytestmark = pytest.mark.django_db

TITLE = "只给自己人看的那一篇"
THEME = "关起门来说的一期"
REASON = "客户要求不登"
WHY = "内容涉及未公开的调整，行务会议定"
#: Of strangers: one who never signed in, and one whose account was closed.
STRANGERS = ("outsider", "closed")


@pytest.fixture
def world(settings) -> Iterator[access.World]:
    settings.RATE_LIMITS = 0
    world = access.a_world()
    world.client.raise_request_exception = True
    issue = Issue.objects.get(pk=world.things["old"])
    edition = Edition.objects.get(standing_for=issue)
    edition.facts = {**edition.facts, "theme": THEME}
    edition.save()
    PrintedArticle.objects.filter(edition=edition).update(title=TITLE)
    indexing.index(edition)
    return world


def addresses(world: access.World) -> list[str]:
    """All that everybody is let in to, and the search for the title."""
    told = [world.path(line.address) for line in access.lines() if line.get == "all"]
    return [*told, f"/search/?q={TITLE}", f"/search/?q={THEME}"]


def gives_away(world: access.World, path: str, answer: access.Answer) -> bool:
    told = ("/issues/2025/3/", f"/articles/{world.things['shown']}/", "2025年第3期")
    if "?q=" not in path:  # the search says again what it was asked for
        told = (*told, TITLE, THEME)
    text = answer.content.decode(errors="replace")
    return any(words in text for words in told)


def is_of_the_issue(world: access.World, path: str) -> bool:
    own = ("/issues/2025/3/", f"/articles/{world.things['shown']}/")
    return path.startswith((*own, f"/pictures/{world.things['picture']}/"))


def for_members(path: str) -> int:
    """What is made to be taken home or passed on to everybody, not even members get."""
    if path.endswith(("/kept.json", "/long.jpg")):
        return 404
    return 302 if path.endswith("/page/?n=1") else 200  # on to where the page is read


def chief(world: access.World) -> User:
    user = world.people["chief"]
    assert user is not None
    return user


@pytest.mark.any_database
def test_no_public_address_gives_anything_of_it_to_a_stranger_until_it_is_opened_again(world):
    issue = Issue.objects.get(pk=world.things["old"])
    paths = addresses(world)
    before = {path: world.knock("outsider", "GET", path) for path in paths}
    leaking = {path for path, answer in before.items() if gives_away(world, path, answer)}
    assert {"/", "/issues/", "/feed/", "/sitemap.xml", f"/search/?q={TITLE}"} <= leaking
    its_own = {path for path in paths if is_of_the_issue(world, path)}
    assert len(its_own) >= 13
    assert all(before[path].lets_in for path in its_own)

    closing.close(issue, by=chief(world), why=WHY)
    for role in STRANGERS:
        for path in paths:
            answer = world.knock(role, "GET", path)
            assert not gives_away(world, path, answer), f"{role} {path}"
            if path in its_own:
                assert not answer.lets_in, f"{role} {path}"

    for path in its_own:
        answer = world.knock("contributor", "GET", path)
        assert answer.status == for_members(path), path
        world.client.cookies.clear()
    assert THEME in world.knock("contributor", "GET", "/issues/members/").content.decode()
    assert not world.knock("outsider", "GET", "/issues/members/").lets_in

    closing.open_again(issue, by=chief(world), why="已经公开")
    again = {path: world.knock("outsider", "GET", path) for path in paths}
    assert {path for path in paths if gives_away(world, path, again[path])} == leaking
    assert {path: answer.status for path, answer in again.items()} == {
        path: answer.status for path, answer in before.items()
    }


def test_who_signed_in_gets_pages_that_nobody_keeps(world, client):
    closing.close(Issue.objects.get(pk=world.things["old"]), by=chief(world), why=WHY)
    shown = f"/articles/{world.things['shown']}/"
    sent = client.get(shown)
    assert (sent.status_code, sent["Location"]) == (302, f"/accounts/login/?next={shown}")
    assert sent["Cache-Control"] == "private, no-store"
    client.force_login(world.people["contributor"])
    for path in ("/issues/2025/3/", "/issues/2025/3/read/", shown, f"{shown}card.jpg"):
        response = client.get(path)
        assert response.status_code == 200, path
        assert response["Cache-Control"] == "private, no-store", path
        assert response["X-Robots-Tag"] == "noindex, nofollow", path
        assert store.get(store.state(), store.name_of(path)) is None, path
    assert "内部阅读" in seen(client.get(shown))
    client.force_login(a_user(self_registered=True))
    assert client.get(shown).status_code == 403


def test_a_members_page_offers_nothing_that_is_made_for_everybody(world, client):
    closing.close(Issue.objects.get(pk=world.things["old"]), by=chief(world), why=WHY)
    shown = f"/articles/{world.things['shown']}/"
    client.force_login(world.people["contributor"])
    page = client.get(shown).text
    assert "code.svg" in page
    assert not [each for each in ("long.jpg", "offline/", "card.jpg") if each in page]
    assert client.get(f"{shown}code.svg")["Cache-Control"] == "private, no-store"
    assert client.get("/issues/2025/3/page/?n=1")["Location"].startswith(("/articles/", "/issues/"))


def test_behind_an_article_of_another_issue_nothing_of_it_is_named(client):
    closed, other = an_issue(published=True), an_issue(published=True)
    an_article(issue=closed, title=TITLE)
    shown = an_article(issue=other)
    printed_anew(closed)
    printed_anew(other)
    path = shown.get_absolute_url()
    assert TITLE in seen(client.get(path))
    closing.close(Issue.objects.get(pk=closed.pk), by=a_user(Role.CHIEF_EDITOR), why=WHY)
    assert TITLE not in seen(client.get(path))


def test_what_was_taken_back_out_of_it_tells_neither_why_nor_where_from(client):
    issue, by = an_issue(published=True, year=2026, number=3), a_user(Role.CHIEF_EDITOR)
    taken = an_article(issue=issue)
    told = {"article": taken, "issue": issue, "edition": issue.standing, "title": taken.title}
    Withdrawal.objects.create(**told, by=by, reason=REASON, is_told=True)
    PrintedArticle.objects.filter(article=taken).delete()
    path = taken.get_absolute_url()
    assert REASON in seen(client.get(path))
    closing.close(Issue.objects.get(pk=issue.pk), by=by, why=WHY)
    answer = client.get(path)
    assert answer.status_code == 410
    assert not [words for words in (REASON, "2026年第3期") if words in seen(answer)]


def test_a_copy_that_was_stored_is_served_no_more(world, client):
    shown = f"/articles/{world.things['shown']}/"
    assert TITLE in seen(client.get(shown))
    closing.close(Issue.objects.get(pk=world.things["old"]), by=chief(world), why=WHY)
    assert client.get(shown).status_code == 302
    assert shown not in list(rebuilding.addresses())


def test_a_members_journal_shows_a_closed_issue_like_any_other(world, client, settings):
    closing.close(Issue.objects.get(pk=world.things["old"]), by=chief(world), why=WHY)
    settings.READER_ACCESS = "members"
    client.force_login(world.people["contributor"])
    for path in ("/", "/issues/", f"/search/?q={TITLE}"):
        assert TITLE in seen(client.get(path)) or "2025年第3期" in seen(client.get(path)), path
    assert client.get(f"/articles/{world.things['shown']}/").status_code == 200


class TestTheVerb:
    def test_is_the_chiefs_with_a_reason_and_in_the_record(self):
        issue, by = an_issue(published=True), a_user(Role.CHIEF_EDITOR)
        with pytest.raises(NotAllowed, match="主编"):
            closing.close(issue, by=a_user(Role.SENIOR_EDITOR), why=WHY)
        with pytest.raises(NotAllowed, match="理由"):
            closing.close(issue, by=by, why=" ")
        assert issue.access == "public"
        closing.close(issue, by=by, why=WHY)
        issue.refresh_from_db()
        assert (issue.access, issue.closed_by, issue.closed_why) == ("members", by, WHY)
        with pytest.raises(Stale, match="不用再关"):
            closing.close(issue, by=by, why=WHY)
        with pytest.raises(NotAllowed, match="理由"):
            closing.open_again(issue, by=by, why="")
        closing.open_again(issue, by=by, why="解密")
        told = [(each.verb, each.why) for each in record.of(issue)[:2]]
        assert told == [("改为公开", "解密"), ("改为登录后可读", WHY)]
        with pytest.raises(Stale, match="已经是公开的"):
            closing.open_again(issue, by=by, why="解密")

    def test_stands_on_the_release_page(self, client):
        issue = an_issue(published=True)
        client.force_login(a_user(Role.CHIEF_EDITOR))
        page = f"/admin/issues/issue/{issue.pk}/release/"
        told = {"edition": issue.standing_id, "step": "close"}
        assert client.post(page, {**told, "why": ""}).status_code == 422
        assert client.post(page, {**told, "why": WHY}).status_code == 302
        shown = seen(client.get(page))
        assert "登录后可读。" in shown
        assert WHY in shown
        assert client.post(page, {**told, "why": WHY}).status_code == 409
        assert client.post(page, {**told, "step": "open", "why": "解密"}).status_code == 302
        assert Issue.objects.get(pk=issue.pk).access == "public"


def test_a_reader_who_is_no_member_sees_no_manuscript_of_it(world):
    closing.close(Issue.objects.get(pk=world.things["old"]), by=chief(world), why=WHY)
    shown = Article.objects.filter(pk=world.things["shown"])
    stranger, member = a_user(self_registered=True), world.people["contributor"]
    assert member is not None
    assert not Article.objects.visible_to(stranger).filter(pk__in=shown).exists()
    assert Article.objects.visible_to(member).filter(pk__in=shown).exists()
