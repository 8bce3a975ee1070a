"""Saving: no draft twice, no author lost, nothing half."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from articles.authorship import Byline, bylines_of
from articles.models import Article, Author, Branch
from articles.reviewing import workflow
from articles.writing import handing_in, saving
from articles.writing.text import Text
from servicejournal.models import Record
from tests.factories import a_picture, a_section, a_user, an_article, an_author

pytestmark = pytest.mark.django_db

BODY = "<p>" + "柜台内外的一件小事。" * 8 + "</p>"


def a_text(*bylines: Byline, **facts) -> Text:
    facts = {"title": "雨天的伞", "body": BODY, "note": "", **facts}
    facts.setdefault("section", a_section())
    return Text(bylines=bylines or (Byline("沈一鸣"),), **facts)


def branch(name: str) -> Branch:
    return Branch.objects.named(name)


class TestSaving:
    def test_makes_a_draft_of_the_writer(self):
        writer = a_user()
        article = saving.save(a_text(note="请看标题"), by=writer)
        article.refresh_from_db()
        assert (article.contributor, article.status) == (writer, Article.Status.DRAFT)
        assert (article.title, article.body, article.note) == ("雨天的伞", BODY, "请看标题")
        assert article.section == a_section()
        assert article.receipt is None

    def test_a_draft_without_a_title_gets_a_name(self):
        article = saving.save(a_text(title=""), by=a_user())
        assert article.title == "未命名草稿"

    def test_the_record_says_who_started_it(self):
        article = saving.save(a_text(), by=a_user(name="沈一鸣"))
        row = Record.objects.get(subject_pk=article.pk)
        assert (row.actor, row.verb) == ("沈一鸣", "新建草稿")

    def test_a_form_sent_twice_makes_one_draft(self):
        writer = a_user()
        first = saving.save(a_text(), by=writer, form_id="f1")
        second = saving.save(a_text(), by=writer, form_id="f1")
        assert second == first
        assert Article.objects.count() == 1

    def test_the_second_sending_may_hold_more(self):
        writer = a_user()
        saving.save(a_text(), by=writer, form_id="f1")
        saving.save(a_text(title="雨天的两把伞"), by=writer, form_id="f1")
        assert Article.objects.get().title == "雨天的两把伞"

    def test_two_forms_make_two_drafts(self):
        writer = a_user()
        saving.save(a_text(), by=writer, form_id="f1")
        saving.save(a_text(), by=writer, form_id="f2")
        assert Article.objects.count() == 2

    def test_anothers_form_id_opens_nothing(self):
        theirs = saving.save(a_text(), by=a_user(), form_id="f1")
        mine = saving.save(a_text(title="我的"), by=a_user(), form_id="f1")
        theirs.refresh_from_db()
        assert (mine == theirs, theirs.title) == (False, "雨天的伞")

    def test_saving_the_same_again_makes_no_new_version(self):
        writer = a_user()
        article = saving.save(a_text(), by=writer)
        saving.save(a_text(), by=writer, article=article)
        assert article.history.count() == 1

    def test_what_is_with_the_desk_is_locked(self):
        writer = a_user()
        article = saving.save(a_text(), by=writer)
        handing_in.hand_in(article, by=writer, declared=True)
        with pytest.raises(workflow.NotAllowed, match="锁定"):
            saving.save(a_text(body="<p>改</p>"), by=writer, article=article)
        article.refresh_from_db()
        assert article.body == BODY

    def test_the_pictures_of_the_text_become_its_own(self):
        writer = a_user()
        picture = a_picture(by=writer)
        body = f'{BODY}<figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
        article = saving.save(a_text(body=body), by=writer)
        assert list(article.pictures.all()) == [picture]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_manuscript():
    """Several times: which of the two waits for which lock is chance, and one order stood still."""
    writer, text = a_user(), a_text()

    def click(form_id: str) -> int:
        try:
            article = saving.save(text, by=writer, form_id=form_id)
            return handing_in.hand_in(article, by=writer, declared=True).pk
        finally:
            connection.close()

    for form_id in map(str, range(5)):
        with ThreadPoolExecutor(2) as clicks:
            first, second = clicks.map(click, [form_id] * 2)
        assert first == second
    assert set(Article.objects.values_list("round", flat=True)) == {1}
    assert Article.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_new_form_and_the_form_of_its_draft_never_wait_for_each_other():
    """One is sent again, the other saves the draft with another byline: locks in one order."""
    writer = a_user()
    article = saving.save(a_text(), by=writer, form_id="f1")

    def sent_again(number: int) -> None:
        saving.save(a_text(title=f"再发第{number}次"), by=writer, form_id="f1")

    def saved(number: int) -> None:
        saving.save(a_text(Byline(f"沈{number}")), by=writer, article=article)

    def write(verb: Callable[[int], None]) -> None:
        try:
            for number in range(8):
                verb(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as forms:
        list(forms.map(write, [sent_again, saved]))
    assert Article.objects.get() == article


class TestBylines:
    def saved(self, *bylines: Byline, by=None, article=None) -> Article:
        return saving.save(a_text(*bylines), by=by or a_user(), article=article)

    def test_keep_their_order_and_branches(self):
        nanhu = branch("南湖支行")
        article = self.saved(Byline("方圆", nanhu), Byline("沈一鸣", nanhu), Byline("何静"))
        assert article.byline == "南湖支行 方圆　沈一鸣　何静"
        assert bylines_of(article) == (
            Byline("方圆", nanhu),
            Byline("沈一鸣", nanhu),
            Byline("何静"),
        )

    def test_known_authors_are_used_again(self):
        known = an_author("方圆", "南湖支行")
        self.saved(Byline("方圆", branch("南湖支行")))
        assert Author.objects.get() == known

    def test_the_same_name_in_another_branch_is_another_person(self):
        an_author("方圆", "南湖支行")
        self.saved(Byline("方圆", branch("东岭支行")))
        assert Author.objects.filter(name="方圆").count() == 2

    def test_the_writer_stays_one_person_in_a_new_branch(self):
        writer = a_user(name="方圆")
        own = an_author("方圆", "南湖支行")
        Author.objects.filter(pk=own.pk).update(user=writer)
        article = self.saved(Byline("方圆", branch("东岭支行")), by=writer)
        assert article.authorships.get().author == own
        assert article.byline == "东岭支行 方圆"

    def test_a_namesake_beside_the_writer_is_not_the_writer(self):
        writer = a_user(name="方圆")
        own = an_author("方圆", "南湖支行")
        Author.objects.filter(pk=own.pk).update(user=writer)
        article = self.saved(
            Byline("方圆", branch("东岭支行")), Byline("方圆", branch("南湖支行")), by=writer
        )
        assert article.byline == "东岭支行 方圆　南湖支行 方圆"
        assert article.authorships.filter(author=own).count() == 1

    def test_two_of_one_name_in_one_branch_are_two_people(self):
        nanhu, writer = branch("南湖支行"), a_user()
        twice = (Byline("方圆", nanhu), Byline("方圆", nanhu))
        article = self.saved(*twice, by=writer)
        assert article.byline == "南湖支行 方圆　方圆"
        assert bylines_of(article) == twice
        told = Author.objects.order_by("pk").values_list("name", "branch__name", "namesake")
        assert list(told) == [("方圆", "南湖支行", ""), ("方圆", "南湖支行", "二")]

    def test_two_of_one_name_stay_themselves_and_a_third_is_another(self):
        nanhu, writer = branch("南湖支行"), a_user()
        two = (Byline("方圆", nanhu), Byline("方圆", nanhu))
        article = self.saved(*two, by=writer)
        before = list(article.authors.order_by("pk"))
        article = self.saved(*two, Byline("方圆", nanhu), by=writer, article=article)
        assert list(article.authors.order_by("pk"))[:2] == before
        assert [each.namesake for each in Author.objects.order_by("pk")] == ["", "二", "三"]

    def test_a_namesake_that_was_a_slip_of_the_pen_is_not_kept(self):
        nanhu, writer = branch("南湖支行"), a_user()
        article = self.saved(Byline("方圆", nanhu), Byline("方圆", nanhu), by=writer)
        self.saved(Byline("方圆", nanhu), by=writer, article=article)
        assert [each.namesake for each in Author.objects.all()] == [""]

    def test_one_whom_somebody_told_apart_is_kept(self):
        nanhu, writer = branch("南湖支行"), a_user()
        Author.objects.create(name="方圆", branch=nanhu, namesake="营业室")
        article = self.saved(Byline("方圆", nanhu), by=writer)
        self.saved(Byline("何静"), by=writer, article=article)
        assert Author.objects.filter(namesake="营业室").exists()

    def test_the_writer_is_one_of_two_of_their_name(self):
        nanhu, writer = branch("南湖支行"), a_user(name="方圆")
        for namesake in ("", "二"):
            Author.objects.create(name="方圆", branch=nanhu, namesake=namesake)
        own = Author.objects.create(name="方圆", branch=nanhu, namesake="三", user=writer)
        article = self.saved(Byline("方圆", nanhu), Byline("方圆", nanhu), by=writer)
        assert own in article.authors.all()

    def test_can_change_places(self):
        writer = a_user()
        article = self.saved(Byline("甲"), Byline("乙"), by=writer)
        article = self.saved(Byline("乙"), Byline("甲"), by=writer, article=article)
        assert article.byline == "乙　甲"
        assert Author.objects.count() == 2

    def test_a_slip_of_the_pen_leaves_no_author_behind(self):
        writer = a_user()
        article = self.saved(Byline("沈一鸟"), by=writer)
        self.saved(Byline("沈一鸣"), by=writer, article=article)
        assert list(Author.objects.values_list("name", flat=True)) == ["沈一鸣"]

    def test_an_author_of_another_text_stays(self):
        an_article(authors=[("", "方圆")])
        writer = a_user()
        article = self.saved(Byline("方圆"), by=writer)
        self.saved(Byline("沈一鸣"), by=writer, article=article)
        assert Author.objects.filter(name="方圆").exists()
