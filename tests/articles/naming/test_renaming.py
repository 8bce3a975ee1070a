"""A new name is for what comes: print, manuscripts, digests, passes and the address stay."""

import pytest

from articles.authorship import Byline, bylines_of
from articles.models import Article, Author, Branch
from articles.naming import renaming, touched
from articles.naming.rules import Changed, NotAllowed
from articles.reviewing import approvals, renamed
from articles.writing import saving
from articles.writing.text import Text, fingerprint
from servicejournal import record
from servicejournal.roles import EDITORIAL, Role
from tests.factories import a_user, accepted, an_article, an_author, an_issue, signed_by

pytestmark = pytest.mark.django_db
Status = Article.Status


@pytest.fixture
def editor():
    return a_user(Role.EDITOR, name="程砚")


def branch(name: str) -> Branch:
    return Branch.objects.named(name)


def byline(article: Article) -> str:
    return Article.objects.get(pk=article.pk).byline


class TestRenaming:
    def test_leaves_bylines_digests_and_passes_alone(self, editor):
        article = accepted(authors=[("净月支行", "谷淳"), ("", "何静")])
        open_page = fingerprint(article, bylines_of(article))
        renaming.rename_branch(branch("净月支行"), "净月分行", by=editor, why="升格")
        author = Author.objects.get(name="谷淳")
        renaming.rename_author(author, "谷纯", by=editor, why="写错了")
        current = Article.objects.get(pk=article.pk)
        assert current.byline == "净月支行 谷淳　何静"
        assert current.digest() == article.digest()
        assert not approvals.awaits_confirmation(current)
        assert fingerprint(current, bylines_of(current)) == open_page

    def test_the_next_text_takes_the_new_name(self, editor):
        named = renaming.rename_branch(branch("净月支行"), "净月分行", by=editor, why="升格")
        text = Text(title="伞", section=None, body="", note="", bylines=(Byline("谷淳", named),))
        assert byline(saving.save(text, by=a_user())) == "净月分行 谷淳"

    def test_the_address_stays_and_the_old_name_is_understood(self, editor):
        before = branch("净月支行")
        renaming.rename_branch(before, "净月分行", by=editor, why="升格")
        after = Branch.objects.get(pk=before.pk)
        assert (after.slug, after.name) == (before.slug, "净月分行")
        assert Branch.objects.known_as(["净月支行"]) == {"净月支行": after}

    def test_a_name_that_another_bears_is_theirs_whoever_bore_it_before(self, editor):
        old = branch("净月支行")
        renaming.rename_branch(old, "净月分行", by=editor, why="升格")
        new = branch("净月支行")
        assert new != old
        assert Branch.objects.known_as(["净月支行"]) == {"净月支行": new}

    def test_of_two_who_bore_it_the_last_is_meant(self, editor):
        last, first = branch("甲支行"), branch("乙支行")
        for one in (first, last):
            renaming.rename_branch(one, "净月支行", by=editor, why="更名")
            renaming.rename_branch(one, f"{one.name}之后", by=editor, why="再更名")
        assert Branch.objects.known_as(["净月支行"])["净月支行"].name == "甲支行之后"

    def test_it_is_recorded(self, editor):
        renaming.rename_branch(branch("净月支行"), " 净月 分行 ", by=editor, why="升格")
        row = record.of(Branch.objects.get()).get()
        assert (row.verb, row.actor, row.why) == ("单位改名", "程砚", "升格")
        assert row.what == {"before": "净月支行", "after": "净月 分行"}
        renaming.rename_author(an_author("谷淳"), "谷纯", by=editor, why="写错了")
        row = record.of(Author.objects.get()).get()
        assert (row.verb, row.what) == ("作者改名", {"before": "谷淳", "after": "谷纯"})

    @pytest.mark.parametrize("roles", [[], *([role] for role in Role if role not in EDITORIAL)])
    def test_it_is_the_editors(self, roles):
        with pytest.raises(NotAllowed, match="只有编辑"):
            renaming.rename_branch(branch("甲"), "乙", by=a_user(*roles), why="改")
        with pytest.raises(NotAllowed, match="只有编辑"):
            renaming.rename_author(an_author("甲"), "乙", by=a_user(*roles), why="改")

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("", "新的名称"),
            (" \u200b", "新的名称"),
            ("净月支行", "没有变"),
            ("名" * 41, "最多 40 个字"),
            ("松山支行", "已经有单位“松山支行”"),
        ],
    )
    def test_what_cannot_be_a_name_is_said(self, editor, name, sentence):
        branch("松山支行")
        with pytest.raises(NotAllowed, match=sentence):
            renaming.rename_branch(branch("净月支行"), name, by=editor, why="改")
        assert sorted(each.name for each in Branch.objects.all()) == ["净月支行", "松山支行"]

    @pytest.mark.parametrize("where", ["净月支行", ""])
    def test_a_namesake_is_merged_or_told_apart_first(self, editor, where):
        an_author("谷纯", where)
        with pytest.raises(NotAllowed, match="已经有一位“谷纯”"):
            renaming.rename_author(an_author("谷淳", where), "谷纯", by=editor, why="改")

    @pytest.mark.parametrize("why", ["", " ", "理" * 301])
    def test_it_needs_a_reason(self, editor, why):
        with pytest.raises(NotAllowed, match="理由"):
            renaming.rename_branch(branch("甲"), "乙", by=editor, why=why)

    def test_what_was_shown_otherwise_is_not_carried_out(self, editor):
        shown = touched.of(branch("甲支行")).digest
        an_article(authors=[("甲支行", "谷淳")])
        with pytest.raises(Changed):
            renaming.rename_branch(branch("甲支行"), "乙支行", by=editor, why="改", seen=shown)
        shown = touched.of(branch("甲支行")).digest
        renaming.rename_branch(branch("甲支行"), "乙支行", by=editor, why="改", seen=shown)

    def test_one_that_is_gone_is_said(self, editor):
        gone = branch("甲支行")
        Branch.objects.all().delete()
        with pytest.raises(NotAllowed, match="已经被合并或删除"):
            renaming.rename_branch(gone, "乙支行", by=editor, why="改")


class TestAWriterWhoGoesOn:
    def draft(self, writer, *bylines: Byline, article=None) -> Article:
        text = Text(title="伞", section=None, body="", note="", bylines=bylines)
        return saving.save(text, by=writer, article=article)

    def test_keeps_the_people_and_the_names_that_were_there(self, editor):
        writer, old = a_user(), branch("净月支行")
        article = self.draft(writer, Byline("谷淳", old))
        author = article.authorships.get().author
        renaming.rename_author(author, "谷纯", by=editor, why="写错了")
        now = renaming.rename_branch(old, "净月分行", by=editor, why="升格")
        self.draft(writer, Byline("谷淳", now), Byline("何静", now), article=article)
        assert byline(article) == "净月支行 谷淳　何静"
        assert article.authorships.first().author == author
        assert Author.objects.count() == 2

    def test_a_writer_who_was_renamed_is_not_signed_twice(self, editor):
        writer, there = a_user(name="谷淳"), branch("净月支行")
        own = an_author("谷淳", "净月支行")
        Author.objects.filter(pk=own.pk).update(user=writer)
        article = self.draft(writer, Byline("谷淳", there))
        renaming.rename_author(own, "谷纯", by=editor, why="改名")
        self.draft(writer, Byline("谷淳", there), Byline("谷纯", there), article=article)
        assert byline(article) == "净月支行 谷淳　谷纯"
        assert article.authors.distinct().count() == 2


class TestManuscriptsThatHoldTheOldName:
    @pytest.fixture
    def named(self, editor) -> Branch:
        """Renamed when there was one manuscript at every place."""
        old = ("净月支行", "谷淳")
        self.draft = an_article(authors=[old])
        self.new = an_article(status=Status.SUBMITTED, authors=[old])
        self.beyond = an_article(status=Status.FINAL_REVIEW, authors=[old])
        self.accepted = accepted(authors=[old])
        self.signed = an_article(issue=an_issue(), authors=[old])
        signed_by(a_user(Role.CHIEF_EDITOR), self.signed.issue)
        self.out = an_article(issue=an_issue(published=True), authors=[old])
        self.over = an_article(status=Status.REJECTED, authors=[old])
        return renaming.rename_branch(branch("净月支行"), "净月分行", by=editor, why="升格")

    def test_are_told_with_what_it_costs(self, editor, named):
        found = {each.article: each for each in renamed.of(named, by=editor)}
        assert found.keys() == {self.draft, self.new, self.beyond, self.accepted, self.signed}
        assert [found[each].is_free for each in (self.draft, self.new)] == [True, True]
        assert found[self.beyond].costs == "改了之后，从“初审中”重新审"
        assert "终审人" in found[self.accepted].costs
        assert "撤回签发" in found[self.signed].why_not

    def test_take_the_new_name_where_it_was_asked_for(self, editor, named):
        everything = [each.pk for each in Article.objects.all()]
        done, refused = renamed.bring_up_to_date(named, everything, by=editor)
        assert done == 5  # the rejected one too: it was named
        assert [sentence[: len(self.signed.title) + 2] for sentence in refused] == [
            f"《{self.signed.title}》",
            f"《{self.out.title}》",
        ]
        for article in (self.draft, self.new, self.beyond, self.accepted):
            assert byline(article) == "净月分行 谷淳"
        for article in (self.signed, self.out):
            assert byline(article) == "净月支行 谷淳"
        assert Article.objects.get(pk=self.beyond.pk).status == Status.FIRST_REVIEW
        assert approvals.awaits_confirmation(Article.objects.get(pk=self.accepted.pk))
        for article in (self.draft, self.new):
            assert record.of(article).filter(verb="修改署名").get().what == {
                "before": "净月支行 谷淳",
                "after": "净月分行 谷淳",
            }

    def test_of_an_author_as_well(self, editor):
        article = an_article(status=Status.SUBMITTED, authors=[("净月支行", "谷淳")])
        author = renaming.rename_author(Author.objects.get(), "谷纯", by=editor, why="写错了")
        assert renamed.bring_up_to_date(author, [article.pk], by=editor) == (1, [])
        assert byline(article) == "净月支行 谷纯"
        assert renamed.of(author, by=editor) == []

    def test_only_what_was_asked_for_and_only_by_editors(self, editor, named):
        assert renamed.bring_up_to_date(named, [], by=editor) == (0, [])
        with pytest.raises(NotAllowed):
            renamed.bring_up_to_date(named, [self.new.pk], by=a_user(Role.AUDITOR))
        assert byline(self.new) == "净月支行 谷淳"
