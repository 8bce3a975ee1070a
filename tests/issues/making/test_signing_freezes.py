"""From the signing off on, the desk changes nothing in an issue: by no door, in no state."""

import threading
import time
from datetime import date

import pytest
from django.db import connection, connections, transaction

from articles.models import Article, Section
from articles.reviewing import approvals, editing, workflow
from issues import contents
from issues.admin.issues import IssueAdmin, IssueForm
from issues.making import make_up, preflight, proofs, publication
from issues.models import Issue
from servicejournal import admin_site
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import (
    a_section,
    a_user,
    accepted,
    an_issue,
    proofread,
    signed_by,
)
from tests.issues.making.desks import Desk
from tests.issues.making.signed import put, signed_off
from tests.prepared import laid_out

pytestmark = pytest.mark.django_db
WAY_OUT = "撤回签发"
ARTICLES, ISSUES = "/admin/articles/article", "/admin/issues/issue"


@pytest.fixture
def desk(db) -> Desk:
    return laid_out(signed_off)


@pytest.fixture
def signed(desk) -> Issue:
    return desk.issue


@pytest.fixture
def editor(client, desk) -> User:
    client.force_login(desk.editor)
    return desk.editor


def everything() -> list[list]:
    """All that readers would get to see of it, and who signed it."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Issue, Article, Section)]
    bylines = [article.byline for article in Article.objects.order_by("pk")]
    return [*rows, bylines, [preflight.check(issue) for issue in Issue.objects.all()]]


def long_form(article: Article, **facts) -> dict:
    """What the long form of an article sends: its text, and its bylines as they are."""
    signed = article.authorships.all()
    sent = {
        "title": article.title,
        "body": article.body,
        "section": article.section_id,
        "base": article.digest(),
        "authorships-TOTAL_FORMS": len(signed),
        "authorships-INITIAL_FORMS": len(signed),
    }
    for number, each in enumerate(signed):
        for name, value in {
            "id": each.pk,
            "article": article.pk,
            "position": each.position,
            "author": each.author_id,
            "branch": each.branch_id or "",
        }.items():
            sent[f"authorships-{number}-{name}"] = value
    return {**sent, **facts}


def facts_of(issue: Issue, **facts) -> dict:
    numbers = {"kind": issue.kind, "year": issue.year, "number": issue.number}
    sent = {**numbers, "running_number": 66, "date": issue.date}
    return {**sent, "theme": issue.theme, **facts}


class Verbs:
    """Each changes the article or the issue that it is given, while nothing is signed."""

    def revise(self, article, by):
        editing.revise(article, by=by, base=article.digest(), body="<p>换掉了。</p>")

    def move_to_a_section(self, article, by):
        base, there = article.digest(), a_section("service-emotion")
        editing.revise(article, by=by, base=base, section=there)

    def sign_by_somebody_else(self, article, by):
        base = article.digest()
        editing.revise(article, by=by, base=base, also=article.authorships.all().delete)

    def take_suggestions(self, article, by):
        base = article.digest()
        found = {each.anchor for each in editing.checking.check(article).open}
        editing.apply_suggestions(article, found, by=by, base=base)

    def take_out(self, article, by):
        make_up.take_out(article, by=by)

    def place(self, article, by):
        make_up.place([accepted()], article.issue, by=by)

    def arrange(self, article, by):
        order = [(each.pk, each.section_id) for each in contents.of(article.issue).articles]
        make_up.arrange(article.issue, order[::-1], by=by, made_from=order)


VERBS = [getattr(Verbs(), name) for name in vars(Verbs) if not name.startswith("_")]


REFUSALS = (workflow.NotAllowed, publication.NotAllowed)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
class TestEveryVerb:
    @pytest.mark.parametrize(
        ("state", "way_out"),
        [("signed", WAY_OUT), ("scheduled", WAY_OUT), ("out", "更正文章")],
    )
    def test_is_refused_with_the_way_out(self, signed, chief, verb, state, way_out):
        article = put(signed, state, chief).articles.get(title="一盏灯")
        before = everything()
        with pytest.raises(REFUSALS, match=way_out):
            verb(article, by=chief)
        after = everything()
        assert [row for row in after[1] if row["issue_id"]] == before[1]
        assert (after[0], after[2:4]) == (before[0], [before[2], after[3]])

    def test_is_open_again_when_the_signing_is_taken_back(self, signed, chief, verb):
        publication.take_back_sign_off(signed, by=chief, why="换一篇")
        article, before = Article.objects.get(title="一盏灯"), everything()
        verb(article, by=chief)
        assert everything() != before


class TestOtherVerbs:
    def test_a_signed_text_is_not_reviewed_again_nor_moved_nor_confirmed(self, signed, chief):
        article = signed.articles.get(title="一盏灯")
        for act in (
            lambda: workflow.reopen(article, by=chief, why="再看"),
            lambda: workflow.transfer(article, to=a_section("service-emotion"), by=chief),
            lambda: approvals.confirm(article, by=chief, digest=article.digest()),
        ):
            with pytest.raises(workflow.NotAllowed, match=WAY_OUT):
                act()

    def test_its_proofs_stand(self, signed):
        last = signed.proofs.standing().last()
        with pytest.raises(proofs.NotAllowed, match=WAY_OUT):
            proofs.take_back(last, by=last.proofreader)
        with pytest.raises(proofs.NotAllowed, match=WAY_OUT):
            proofs.finish(signed, by=a_user(Role.EDITOR))


class TestThePages:
    """What was open before somebody signed is refused in words, and stays as it was typed."""

    @pytest.mark.parametrize("where", ["change", "review/edit"])
    def test_a_text_that_was_open_is_refused_and_kept(self, client, editor, signed, where):
        article, before = signed.articles.get(title="一盏灯"), everything()
        sent = long_form(article, title="改过的题", body="<p>写了一下午。</p>")
        answer = client.post(f"{ARTICLES}/{article.pk}/{where}/", sent)
        assert WAY_OUT in answer.text
        assert "改过的题" in answer.text
        assert "写了一下午。" in answer.text
        assert everything() == before

    def test_so_is_a_byline(self, client, editor, signed):
        article, before = signed.articles.get(title="一盏灯"), everything()
        sent = long_form(article, **{"authorships-0-DELETE": "on"})
        answer = client.post(f"{ARTICLES}/{article.pk}/change/", sent)
        assert WAY_OUT in answer.text
        assert everything() == before

    def test_both_say_it_and_show_no_button_to_save(self, client, editor, signed):
        article = signed.articles.get(title="一盏灯")
        page = client.get(f"{ARTICLES}/{article.pk}/change/")
        assert WAY_OUT in page.text
        assert 'name="_save"' not in page.text
        page = client.get(f"{ARTICLES}/{article.pk}/review/")
        assert WAY_OUT in page.text
        assert "编辑文本" not in page.text
        assert WAY_OUT in client.get(f"{ARTICLES}/{article.pk}/review/edit/", follow=True).text

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("theme", "别的主题"),
            ("standfirst", "别的导语"),
            ("cover_lines", "两把椅子"),
            ("slogan", "别的口号"),
            ("number", 52),
            ("running_number", 99),
            ("date", "2027-01-01"),
            ("compiled_by", "别的单位"),
            ("submissions_to", "other@journal.example"),
        ],
    )
    def test_facts_that_were_open_are_refused_and_kept(self, client, editor, signed, name, value):
        before, address = everything(), f"{ISSUES}/{signed.pk}/change/"
        answer = client.post(address, facts_of(signed, **{name: value}))
        assert WAY_OUT in answer.text
        assert str(value) in answer.text
        assert everything() == before
        publication.take_back_sign_off(signed, by=a_user(Role.CHIEF_EDITOR), why="改一处")
        assert client.post(address, facts_of(signed, **{name: value})).status_code == 302
        assert everything() != before

    def test_the_form_of_facts_says_it_and_shows_no_button(self, client, editor, signed):
        page = client.get(f"{ISSUES}/{signed.pk}/change/")
        assert WAY_OUT in page.text
        assert 'name="_save"' not in page.text

    @pytest.mark.parametrize("page", ["board", "proofs", "release"])
    def test_the_others_say_it_too(self, client, editor, signed, page, html_valid):
        shown = client.get(f"{ISSUES}/{signed.pk}/{page}/")
        assert WAY_OUT in shown.text
        assert "保存目录" not in shown.text
        assert 'class="edit"' not in shown.text
        html_valid(shown.text)

    def test_facts_written_while_somebody_signs_do_not_write_over_the_signature(
        self, client, editor, chief
    ):
        """The form writes its own fields alone."""
        issue = an_issue(date=date(2026, 12, 18), theme="冬天的灯")
        stale = Issue.objects.get(pk=issue.pk)
        signed_by(chief, issue)
        stale.theme = "别的主题"
        IssueAdmin(Issue, admin_site.current()).save_model(
            None, stale, IssueForm(instance=stale), change=True
        )
        stored = Issue.objects.get(pk=issue.pk)
        assert (stored.theme, stored.signed_off_by) == ("别的主题", chief)
        assert stored.standing == issue.standing

    @pytest.mark.parametrize("by", ["the page", "the list"])
    def test_it_is_not_deleted(self, client, editor, chief, by):
        issue = signed_by(chief, an_issue(date=date(1998, 12, 18)))
        if by == "the page":
            answer = client.post(f"{ISSUES}/{issue.pk}/delete/", {"post": "yes"})
            assert answer.status_code == 403
            assert "/delete/" not in client.get(f"{ISSUES}/{issue.pk}/change/").text
        else:
            sent = {"action": "delete_selected", "_selected_action": issue.pk, "post": "yes"}
            assert WAY_OUT in client.post(f"{ISSUES}/", sent).text
        assert Issue.objects.filter(pk=issue.pk).exists()


class TestNames:
    """A section is renamed and moved at any time: what was signed comes out as it was signed."""

    def test_of_a_section_are_free_and_do_not_come_out(self, client, editor, chief, signed):
        section = a_section()
        sent = {"name": "改名", "name_en": "Renamed", "order": 999}
        answer = client.post(f"/admin/articles/section/{section.pk}/change/", sent)
        assert answer.status_code == 302
        assert Section.objects.get(pk=section.pk).name == "改名"
        publication.publish(signed, by=chief)
        page = client.get(signed.get_absolute_url()).text
        assert section.name in page
        assert "改名" not in page


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Somebody signs while somebody saves: whoever comes second sees what the first did."""

    @pytest.fixture
    def chief(self, transactional_db) -> User:
        return a_user(Role.CHIEF_EDITOR)

    def meanwhile(self, act) -> list[Exception]:
        raised = []

        def run():
            try:
                act()
            except Exception as error:
                raised.append(error)
            finally:
                connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        time.sleep(0.5)
        self.is_waiting = thread.is_alive()
        self.thread = thread
        return raised

    def test_a_text_saved_while_the_issue_is_signed_waits_and_is_refused(self, chief):
        issue = an_issue(date=date(2026, 12, 18), running_number=66)
        make_up.place([accepted(title="一盏灯")], issue, by=chief)
        proofread(issue)
        article, editor = Article.objects.get(title="一盏灯"), a_user(Role.EDITOR)
        base, raised = article.digest(), []

        def while_it_is_written(execute, sql, params, many, context):
            result = execute(sql, params, many, context)
            if sql.startswith("UPDATE") and "signed_off_digest" in sql:
                raised.append(
                    self.meanwhile(
                        lambda: editing.revise(article, by=editor, base=base, body="<p>换了。</p>")
                    )
                )
                assert self.is_waiting
            return result

        with connection.execute_wrapper(while_it_is_written):
            publication.sign_off(issue, by=chief)
        self.thread.join(20)
        (raised,) = raised
        assert [str(each) for each in raised] == [Issue.objects.get(pk=issue.pk).why_frozen]
        assert Article.objects.get(pk=article.pk).digest() == base

    def test_an_issue_signed_while_a_text_is_saved_waits_and_sees_the_text(self, chief):
        issue = an_issue(date=date(2026, 12, 18), running_number=66)
        make_up.place([accepted(title="一盏灯")], issue, by=chief)
        proofread(issue)
        article, editor = Article.objects.get(title="一盏灯"), a_user(Role.EDITOR)
        with transaction.atomic():
            editing.revise(article, by=editor, base=article.digest(), body="<p>换掉了。</p>")
            raised = self.meanwhile(lambda: publication.sign_off(issue, by=chief))
            assert self.is_waiting
        self.thread.join(20)
        assert ["在终审之后有改动" in str(each) for each in raised] == [True]
        assert Issue.objects.get(pk=issue.pk).state == "编辑中"
