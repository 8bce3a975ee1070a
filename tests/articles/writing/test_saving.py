"""Writing, saving, handing in: no draft twice, no author lost, nothing half."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from articles.authorship import Byline, bylines_of
from articles.models import Article, Author, Branch, Picture
from articles.reviewing import workflow
from articles.writing import submissions
from articles.writing.submissions import Text
from servicejournal.models import Record
from tests.articles.filling_in import handed_in
from tests.articles.pictures.test_pixels import a_png
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
        article = submissions.save(a_text(note="请看标题"), by=writer)
        article.refresh_from_db()
        assert (article.contributor, article.status) == (writer, Article.Status.DRAFT)
        assert (article.title, article.body, article.note) == ("雨天的伞", BODY, "请看标题")
        assert article.section == a_section()
        assert article.receipt is None

    def test_a_draft_without_a_title_gets_a_name(self):
        article = submissions.save(a_text(title=""), by=a_user())
        assert article.title == "未命名草稿"

    def test_the_record_says_who_started_it(self):
        article = submissions.save(a_text(), by=a_user(name="沈一鸣"))
        row = Record.objects.get(subject_pk=article.pk)
        assert (row.actor, row.verb) == ("沈一鸣", "新建草稿")

    def test_a_form_sent_twice_makes_one_draft(self):
        writer = a_user()
        first = submissions.save(a_text(), by=writer, form_id="f1")
        second = submissions.save(a_text(), by=writer, form_id="f1")
        assert second == first
        assert Article.objects.count() == 1

    def test_the_second_sending_may_hold_more(self):
        writer = a_user()
        submissions.save(a_text(), by=writer, form_id="f1")
        submissions.save(a_text(title="雨天的两把伞"), by=writer, form_id="f1")
        assert Article.objects.get().title == "雨天的两把伞"

    def test_two_forms_make_two_drafts(self):
        writer = a_user()
        submissions.save(a_text(), by=writer, form_id="f1")
        submissions.save(a_text(), by=writer, form_id="f2")
        assert Article.objects.count() == 2

    def test_anothers_form_id_opens_nothing(self):
        theirs = submissions.save(a_text(), by=a_user(), form_id="f1")
        mine = submissions.save(a_text(title="我的"), by=a_user(), form_id="f1")
        theirs.refresh_from_db()
        assert (mine == theirs, theirs.title) == (False, "雨天的伞")

    def test_saving_the_same_again_makes_no_new_version(self):
        writer = a_user()
        article = submissions.save(a_text(), by=writer)
        submissions.save(a_text(), by=writer, article=article)
        assert article.history.count() == 1

    def test_what_is_with_the_desk_is_locked(self):
        writer = a_user()
        article = submissions.save(a_text(), by=writer)
        submissions.hand_in(article, by=writer, declared=True)
        with pytest.raises(workflow.NotAllowed, match="锁定"):
            submissions.save(a_text(body="<p>改</p>"), by=writer, article=article)
        article.refresh_from_db()
        assert article.body == BODY

    def test_the_pictures_of_the_text_become_its_own(self):
        writer = a_user()
        picture = a_picture(by=writer)
        body = f'{BODY}<figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
        article = submissions.save(a_text(body=body), by=writer)
        assert list(article.pictures.all()) == [picture]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_clicks_at_the_same_moment_make_one_manuscript():
    """Several times: which of the two waits for which lock is chance, and one order stood still."""
    writer, text = a_user(), a_text()

    def click(form_id: str) -> int:
        try:
            article = submissions.save(text, by=writer, form_id=form_id)
            return submissions.hand_in(article, by=writer, declared=True).pk
        finally:
            connection.close()

    for form_id in map(str, range(5)):
        with ThreadPoolExecutor(2) as clicks:
            first, second = clicks.map(click, [form_id] * 2)
        assert first == second
    assert set(Article.objects.values_list("round", flat=True)) == {1}
    assert Article.objects.count() == 5


class TestBylines:
    def saved(self, *bylines: Byline, by=None, article=None) -> Article:
        return submissions.save(a_text(*bylines), by=by or a_user(), article=article)

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


class TestWhatIsMissing:
    @pytest.mark.parametrize(
        ("facts", "lacking"),
        [
            ({}, set()),
            ({"title": ""}, {"title"}),
            ({"section": None}, {"section"}),
            ({"body": "<p>太短了</p>"}, {"body"}),
            ({"body": "<p>" + "字" * 49 + "</p>"}, {"body"}),
            ({"body": "<p>" + "字" * 50 + "</p>"}, set()),
            ({"title": "", "section": None, "body": ""}, {"title", "section", "body"}),
        ],
    )
    def test_is_named_field_by_field(self, facts, lacking):
        article = submissions.save(a_text(**facts), by=a_user())
        assert set(submissions.missing(article)) == lacking

    def test_an_author_is_needed(self):
        article = submissions.save(
            Text(title="题", section=a_section(), body=BODY, note="", bylines=()), by=a_user()
        )
        assert set(submissions.missing(article)) == {"authors"}


class TestHandingIn:
    def test_gives_a_receipt(self):
        writer = a_user()
        article = handed_in(writer)
        article.refresh_from_db()
        assert article.status == Article.Status.SUBMITTED
        assert article.receipt.endswith(f"-{article.pk:05d}")

    def test_the_second_click_changes_nothing(self):
        writer = a_user()
        article = handed_in(writer)
        again = submissions.hand_in(article, by=writer, declared=True)
        assert (again.receipt, again.round) == (article.receipt, 1)
        assert Record.objects.filter(verb="投稿").count() == 1

    def test_half_a_text_is_not_handed_in(self):
        writer = a_user()
        article = submissions.save(a_text(title="", section=None), by=writer)
        with pytest.raises(submissions.Incomplete) as caught:
            submissions.hand_in(article, by=writer, declared=True)
        assert set(caught.value.lacking) == {"title", "section"}
        article.refresh_from_db()
        assert article.status == Article.Status.DRAFT

    def test_nobody_hands_in_anothers_text(self):
        article = submissions.save(a_text(), by=a_user())
        with pytest.raises(workflow.NotAllowed):
            submissions.hand_in(article, by=a_user(), declared=True)

    def test_a_revised_text_keeps_its_number(self):
        writer, editor = a_user(), a_user("editor")
        article = handed_in(writer)
        workflow.receive(article, by=editor)
        workflow.decide(article, "return", by=editor, opinion="请补一个数字。")
        submissions.save(a_text(title="雨天的三把伞"), by=writer, article=article)
        again = submissions.hand_in(article, by=writer, declared=True)
        assert (again.receipt, again.round, again.title) == (article.receipt, 2, "雨天的三把伞")


class TestFigures:
    def upload(self, name: str = "柜台.png", data: bytes | None = None) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, a_png() if data is None else data)

    def test_take_their_captions_line_by_line(self):
        html, problems = submissions.figures(
            [self.upload(), self.upload(), self.upload()], "柜台前\n\n", by=a_user()
        )
        first, second, _ = Picture.objects.order_by("pk")
        assert problems == []
        assert html.split("\n")[0] == (
            f'<figure><img src="{first.get_absolute_url()}" alt="柜台前">'
            "<figcaption>柜台前</figcaption></figure>"
        )
        assert html.split("\n")[1] == (
            f'<figure><img src="{second.get_absolute_url()}" alt=""></figure>'
        )

    def test_one_bad_file_does_not_cost_the_good_one(self):
        html, problems = submissions.figures(
            [self.upload("坏.png", b"no picture"), self.upload()], "", by=a_user()
        )
        assert html.count("<img") == 1
        (problem,) = problems
        assert problem.startswith("“坏.png”没有上传：")

    def test_a_caption_is_words_and_not_markup(self):
        html, _ = submissions.figures([self.upload()], '"><script>', by=a_user())
        assert "<script>" not in html
