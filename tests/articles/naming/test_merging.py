"""Two rows become one: everything follows, print stays, and what cannot be is said."""

import pytest
from django.db import IntegrityError, transaction

from articles import people
from articles.authorship import Byline, bylines_of, sign
from articles.models import Article, Author, Authorship, Branch, relations
from articles.naming import merging, touched
from articles.naming.rules import Changed, NotAllowed
from articles.reviewing import approvals
from servicejournal import record
from servicejournal.accounts import registration
from servicejournal.accounts.registration import Person
from servicejournal.roles import EDITORIAL, Role
from tests.factories import a_user, accepted, an_article, an_author, an_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return a_user(Role.EDITOR)


def branch(name: str) -> Branch:
    return Branch.objects.named(name)


def bylines() -> list[tuple[str, str]]:
    return [(each.byline, each.digest()) for each in Article.objects.order_by("pk")]


def nothing_refers_to(row) -> bool:
    return not any(
        relations.rows_of(field).filter(**{field.attname: row.pk}).exists()
        for field in relations.pointing_to(type(row))
    )


class TestBranches:
    def test_what_was_printed_and_passed_stays_as_it_is(self, editor):
        out = an_article(issue=an_issue(published=True), authors=[("净月 支行", "谷淳")])
        passed = accepted(authors=[("净月 支行", "谷淳"), ("净月支行", "林溪")])
        before = bylines()
        merging.merge_branches(branch("净月支行"), [branch("净月 支行")], by=editor, why="多了空格")
        assert bylines() == before
        assert out.authorships.get().branch == branch("净月支行")
        assert Article.objects.get(pk=passed.pk).byline == "净月 支行 谷淳　净月支行 林溪"
        assert not approvals.awaits_confirmation(Article.objects.get(pk=passed.pk))

    def test_everything_that_refers_to_them_follows(self, editor):
        keep, gone = branch("净月支行"), branch("净月·支行")
        user, author = a_user(branch=gone), an_author("谷淳", "净月·支行")
        closed = Branch.objects.create(name="旧支行", slug="jiu", retired=True, moved_into=gone)
        merging.merge_branches(keep, [gone], by=editor, why="同一个支行")
        for row in (user, author, closed):
            row.refresh_from_db()
        assert (user.branch, author.branch, closed.moved_into) == (keep, keep, keep)
        assert nothing_refers_to(gone)
        assert not Branch.objects.filter(pk=gone.pk).exists()

    def test_a_writer_who_goes_on_prints_both_names_as_before(self, editor):
        article = an_article(authors=[("净月支行", "林溪"), ("净月 支行", "谷淳")])
        keep = merging.merge_branches(
            branch("净月支行"), [branch("净月 支行")], by=editor, why="多了空格"
        )
        sign(article, (*bylines_of(article), Byline("何静", keep)))
        now = Article.objects.get(pk=article.pk).byline
        assert now == "净月支行 林溪　净月 支行 谷淳　净月支行 何静"

    def test_several_at_once(self, editor):
        names = ["净月 支行", "净月·支行", "净 月支行"]
        for name in names:
            an_article(authors=[(name, "谷淳")])
        merging.merge_branches(
            branch("净月支行"), [branch(name) for name in names], by=editor, why="写法"
        )
        assert [each.name for each in Branch.objects.all()] == ["净月支行"]
        assert Author.objects.filter(branch=branch("净月支行"), name="谷淳").count() == 3

    def test_one_that_had_moved_into_the_other_loses_that_mark(self, editor):
        new = branch("新支行")
        old = Branch.objects.create(name="旧支行", slug="jiu", retired=True, moved_into=new)
        merging.merge_branches(old, [new], by=editor, why="从头就是一个")
        old.refresh_from_db()
        assert (old.retired, old.moved_into) == (True, None)

    def test_old_addresses_and_old_names_lead_to_the_one_that_stays(self, editor):
        first, second, third = branch("甲支行"), branch("乙支行"), branch("丙支行")
        merging.merge_branches(second, [first], by=editor, why="合")
        merging.merge_branches(third, [second], by=editor, why="再合")
        assert Branch.objects.merged_from(first.pk) == third
        assert Branch.objects.known_as(["甲支行", "乙支行", "丙支行", "丁支行"]) == {
            "甲支行": third,
            "乙支行": third,
            "丙支行": third,
        }
        assert Branch.objects.known_as(["甲支行"]) == {"甲支行": third}

    def test_the_record_holds_who_what_and_why(self, editor):
        an_article(authors=[("净月 支行", "谷淳")])
        keep, gone = branch("净月支行"), branch("净月 支行")
        merging.merge_branches(keep, [gone], by=editor, why="  多打了 空格 ")
        row = record.of(keep).get()
        assert (row.verb, row.actor, row.why) == ("合并单位", editor.name, "多打了 空格")
        assert row.what == {
            "kept": {"id": keep.pk, "name": "净月支行", "slug": keep.slug},
            "merged": [{"id": gone.pk, "name": "净月 支行", "slug": gone.slug}],
            "moved": {"articles.author.branch": 1, "articles.authorship.branch": 1},
            "people": [],
        }


class TestNamesakes:
    """One name in both branches: one person, or two."""

    def merged(self, editor, *, same: bool) -> None:
        theirs = an_author("谷淳", "净月 支行")
        merging.merge_branches(
            branch("净月支行"),
            [branch("净月 支行")],
            by=editor,
            why="写法",
            same=[theirs.pk] if same else [],
        )

    def test_are_one_person_where_the_editor_says_so(self, editor):
        an_article(authors=[("净月支行", "谷淳")])
        article = an_article(authors=[("净月 支行", "谷淳")])
        gone = article.authorships.get().author_id
        self.merged(editor, same=True)
        author = Author.objects.get(name="谷淳")
        assert author.authorships.count() == 2
        assert Author.objects.merged_from(gone) == author
        assert Article.objects.get(pk=article.pk).byline == "净月 支行 谷淳"
        assert record.of(branch("净月支行")).get().what["people"] == [
            {"id": gone, "name": "净月 支行 谷淳", "into": author.pk}
        ]

    def test_are_told_apart_otherwise(self, editor):
        an_author("谷淳", "净月支行")
        self.merged(editor, same=False)
        names = Author.objects.filter(name="谷淳").order_by("pk").values_list("namesake", flat=True)
        assert list(names) == ["", "原净月 支行"]

    @pytest.mark.parametrize("why", ["accounts", "one text"])
    def test_are_never_one_where_they_cannot_be(self, editor, why):
        here, there = an_author("谷淳", "净月支行"), an_author("谷淳", "净月 支行")
        if why == "accounts":
            for author in (here, there):
                Author.objects.filter(pk=author.pk).update(user=a_user())
        else:
            an_article(authors=[("净月支行", "谷淳"), ("净月 支行", "谷淳")])
        with pytest.raises(NotAllowed, match="净月 支行 谷淳："):
            self.merged(editor, same=True)
        assert Branch.objects.count() == 2
        self.merged(editor, same=False)
        assert Author.objects.filter(name="谷淳", branch=branch("净月支行")).count() == 2

    def test_two_spellings_of_a_branch_are_likely_to_have_one_person(self, editor):
        for name in ("净月支行", "净月 支行", "松山支行"):
            an_author("谷淳", name)
        keep = branch("净月支行")
        shown = touched.of_merging(keep, [branch("净月 支行"), branch("松山支行")])
        assert [(each.name, each.is_likely) for each in shown.namesakes] == [
            ("净月 支行 谷淳", True),
            ("松山支行 谷淳", False),
        ]
        Branch.objects.filter(name="松山支行").update(retired=True, moved_into=keep)
        shown = touched.of_merging(keep, [branch("松山支行")])
        assert [each.is_likely for each in shown.namesakes] == [True]


class TestAuthors:
    def test_what_they_signed_is_one_persons(self, editor):
        one, other = an_author("阿依·古丽", "南湖支行"), an_author("阿依•古丽", "南湖支行")
        passed = accepted(authors=[("南湖支行", "阿依•古丽")])
        an_article(authors=[("南湖支行", "阿依·古丽")])
        before = bylines()
        merging.merge_authors(one, [other], by=editor, why="间隔号")
        assert bylines() == before
        assert one.authorships.count() == 2
        assert not approvals.awaits_confirmation(Article.objects.get(pk=passed.pk))
        assert nothing_refers_to(other)
        assert Author.objects.merged_from(other.pk) == one
        row = record.of(one).get()
        assert (row.verb, row.why) == ("合并作者", "间隔号")
        assert row.what["moved"] == {"articles.authorship.author": 1}

    def test_the_account_comes_along_and_taking_it_back_still_unties_it(self, editor):
        person = Person(staff_number="204418", name="何晓棠", branch=branch("东岭支行"))
        writer = registration.register(person, password="counter-three-umbrella")
        people.confirm(writer, by=editor)
        theirs, keep = people.author_of(writer), an_author("何 晓棠", "东岭支行")
        merging.merge_authors(keep, [theirs], by=editor, why="空格")
        assert people.author_of(writer) == keep
        people.take_back(writer, by=editor)
        keep.refresh_from_db()
        assert keep.user is None

    def test_two_accounts_are_two_people(self, editor):
        one, other = an_author("谷淳", "净月支行"), an_author("谷 淳", "净月支行")
        for author in (one, other):
            Author.objects.filter(pk=author.pk).update(user=a_user())
        with pytest.raises(NotAllowed, match="各有账号"):
            merging.merge_authors(one, [other], by=editor, why="空格")
        assert Author.objects.count() == 2

    def test_two_who_sign_one_text_are_two_people(self, editor):
        both = [("净月支行", "谷淳"), ("净月支行", "谷 淳")]
        an_article(title="一盏灯", authors=both, status="submitted")
        one, other = Author.objects.order_by("pk")
        with pytest.raises(NotAllowed, match="《一盏灯》由他们一起署名"):
            merging.merge_authors(one, [other], by=editor, why="空格")
        assert Authorship.objects.count() == 2


class TestRules:
    @pytest.mark.parametrize("roles", [[], *([role] for role in Role if role not in EDITORIAL)])
    def test_it_is_the_editors(self, roles):
        somebody = a_user(*roles)
        one, other = an_author("甲"), an_author("乙")
        with pytest.raises(NotAllowed, match="只有编辑"):
            merging.merge_authors(one, [other], by=somebody, why="合")
        with pytest.raises(NotAllowed, match="只有编辑"):
            merging.merge_branches(branch("甲"), [branch("乙")], by=somebody, why="合")

    @pytest.mark.parametrize("why", ["", "  ", "\u200b", "理" * 301])
    def test_it_needs_a_reason(self, editor, why):
        with pytest.raises(NotAllowed, match="理由"):
            merging.merge_authors(an_author("甲"), [an_author("乙")], by=editor, why=why)

    def test_one_is_not_merged_with_itself_nor_with_nobody(self, editor):
        one, other = an_author("甲"), an_author("乙")
        for others in ([], [one], [other, other]):
            with pytest.raises(NotAllowed, match="至少选两个"):
                merging.merge_authors(one, others, by=editor, why="合")

    def test_what_is_gone_is_said(self, editor):
        one, other = an_author("甲"), an_author("乙")
        Author.objects.filter(pk=other.pk).delete()
        with pytest.raises(NotAllowed, match="已经被合并或删除"):
            merging.merge_authors(one, [other], by=editor, why="合")

    def test_what_was_shown_otherwise_is_not_carried_out(self, editor):
        one, other = an_author("甲"), an_author("乙")
        seen = touched.of_merging(one, [other]).digest
        an_article(authors=[("", "乙")])
        with pytest.raises(Changed):
            merging.merge_authors(one, [other], by=editor, why="合", seen=seen)
        assert Author.objects.filter(pk=other.pk).exists()
        seen = touched.of_merging(one, [other]).digest
        merging.merge_authors(one, [other], by=editor, why="合", seen=seen)

    def test_all_or_nothing(self, editor):
        """What fails last takes back what came first."""
        an_article(authors=[("净月 支行", "谷淳")])
        keep, gone = branch("净月支行"), branch("净月 支行")
        keep.former.create(name="有人占了", number=gone.pk)
        before = list(Authorship.objects.values())
        with pytest.raises(IntegrityError), transaction.atomic():
            merging.merge_branches(keep, [gone], by=editor, why="空格")
        assert list(Authorship.objects.values()) == before
        assert Branch.objects.filter(pk=gone.pk).exists()
        assert not record.of(keep).exists()


class TestThePreview:
    def test_it_tells_kinds_numbers_and_titles_and_changes_nothing(self, editor):
        an_article(title="刊出的", issue=an_issue(published=True), authors=[("净月 支行", "谷淳")])
        an_article(title="在编的", status="submitted", authors=[("净月 支行", "谷淳")])
        an_article(title="别人的草稿", authors=[("净月 支行", "谷淳")])
        a_user(name="罗七", branch=branch("净月 支行"))
        shown = touched.of_merging(branch("净月支行"), [branch("净月 支行")])
        assert [(line.label, line.count, line.names) for line in shown.lines] == [
            ("已刊出的文章", 1, ("《刊出的》",)),
            ("在编的稿件", 1, ("《在编的》",)),
            ("作者手里的草稿", 1, ()),
            ("作者", 1, ("净月 支行 谷淳",)),
            ("刊出的署名（署名单位）", 1, ("净月 支行 谷淳 刊出的",)),
            ("账号", 1, ("罗七",)),
        ]
        assert (shown.obstacles, Branch.objects.count()) == ((), 2)

    def test_its_queries_do_not_follow_the_number_of_rows(self, django_assert_num_queries):
        for rows in (1, 9):
            for _ in range(rows):
                an_article(status="submitted", authors=[("净月 支行", f"人{rows}")])
            keep, gone = branch("净月支行"), branch("净月 支行")
            with django_assert_num_queries(20):
                touched.of_merging(keep, [gone])
