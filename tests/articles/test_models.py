"""The rules that the database itself keeps."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from articles.models import Article, Author, Authorship, Branch, Review
from tests.factories import a_picture, a_section, a_user, an_article, an_author, an_issue

pytestmark = pytest.mark.django_db


def refused(rule: str, change) -> None:
    """The change breaks the named rule, and the database says no."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    assert rule in str(caught.value) or "UNIQUE" in str(caught.value)


class TestArticle:
    def test_in_an_issue_only_when_accepted(self):
        article, issue = an_article(), an_issue()
        refused(
            "article_in_an_issue_is_accepted",
            lambda: Article.objects.filter(pk=article.pk).update(
                issue=issue, section=a_section(), position=1
            ),
        )

    @pytest.mark.parametrize("lacking", ["section", "position"])
    def test_a_place_is_whole(self, lacking):
        article = an_article(issue=an_issue())
        refused(
            "article_place_is_whole",
            lambda: Article.objects.filter(pk=article.pk).update(**{lacking: None}),
        )

    def test_one_article_a_place(self):
        issue = an_issue()
        first, second = an_article(issue=issue), an_article(issue=issue)
        refused(
            "article_one_a_place",
            lambda: Article.objects.filter(pk=second.pk).update(position=first.position),
        )

    @pytest.mark.parametrize("status", sorted(set(Article.Status.values) - {"draft", "withdrawn"}))
    def test_whatever_was_handed_in_has_a_receipt(self, status):
        article = an_article()
        refused(
            "article_handed_in_has_a_receipt",
            lambda: Article.objects.filter(pk=article.pk).update(status=status),
        )

    def test_a_state_that_is_not_in_the_table_is_refused(self):
        article = an_article()
        refused(
            "article_status_is_known",
            lambda: Article.objects.filter(pk=article.pk).update(
                status="lost", receipt="X", submitted_at=timezone.now()
            ),
        )

    def test_a_receipt_is_given_once(self):
        first, second = an_article(status="submitted"), an_article(status="submitted")
        refused(
            "receipt",
            lambda: Article.objects.filter(pk=second.pk).update(receipt=first.receipt),
        )


class TestPeople:
    def test_a_branch_has_one_name_and_one_address(self):
        Branch.objects.named("南湖支行")
        refused("name", lambda: Branch.objects.create(name="南湖支行", slug="other"))
        refused(
            "slug",
            lambda: Branch.objects.create(
                name="别的", slug=Branch.objects.get(name="南湖支行").slug
            ),
        )

    def test_an_author_is_once_in_a_branch(self):
        author = an_author("方圆", "南湖支行")
        refused(
            "author_once_in_a_branch",
            lambda: Author.objects.create(name="方圆", branch=author.branch),
        )

    def test_an_author_without_branch_is_once_too(self):
        an_author("方圆")
        refused("author_once_without_branch", lambda: Author.objects.create(name="方圆"))

    def test_namesakes_are_told_apart(self):
        author = an_author("方圆", "南湖支行")
        other = Author.objects.create(name="方圆", branch=author.branch, namesake="营业室")
        assert other != author

    def test_an_author_signs_an_article_once(self):
        article = an_article(authors=[("南湖支行", "方圆")])
        author = article.authors.get()
        refused(
            "authorship_author_once_in_an_article",
            lambda: Authorship.objects.create(article=article, author=author, position=2),
        )


class TestReview:
    def review(self, **facts) -> None:
        facts = {"stage": "first", "decision": "pass", "digest": "0" * 64, **facts}
        Review.objects.create(article=an_article(), reviewer=a_user(), **facts)

    @pytest.mark.parametrize(
        "facts", [{"stage": "fourth"}, {"decision": "perhaps"}, {"digest": ""}]
    )
    def test_is_whole(self, facts):
        refused("review_is_whole", lambda: self.review(**facts))

    @pytest.mark.parametrize("decision", ["return", "reject"])
    def test_sending_back_and_rejecting_give_a_reason(self, decision):
        refused("review_return_and_reject_give_a_reason", lambda: self.review(decision=decision))
        self.review(decision=decision, opinion="请补一个数字。")


@pytest.mark.parametrize("thing", ["branch", "author", "section", "issue", "contributor"])
def test_what_is_in_use_is_not_deleted(thing):
    article = an_article(issue=an_issue(), authors=[("南湖支行", "方圆")])
    in_use = {
        "branch": Branch.objects.get(name="南湖支行"),
        "author": article.authors.get(),
        "section": article.section,
        "issue": article.issue,
        "contributor": article.contributor,
    }
    with pytest.raises(models.ProtectedError):
        in_use[thing].delete()


def test_a_picture_goes_with_its_manuscript():
    article = an_article()
    picture = a_picture(article)
    article.delete()
    assert not type(picture).objects.filter(pk=picture.pk).exists()


class TestWhoSeesWhat:
    def seen(self, user) -> set[Article]:
        return set(Article.objects.visible_to(user))

    def test_the_writer_sees_own_and_published_the_desk_all_but_drafts(self):
        out = an_article(issue=an_issue(published=True))
        making = an_article(issue=an_issue())
        mine, theirs = an_article(contributor=a_user()), an_article()
        sent = an_article(status="submitted")
        editor = a_user("editor")
        own = an_article(contributor=editor)
        assert self.seen(mine.contributor) == {out, mine}
        assert self.seen(theirs.contributor) == {out, theirs}
        assert self.seen(editor) == {out, making, sent, own}
        assert self.seen(a_user("administrator")) == {out}

    def test_an_issue_that_is_scheduled_is_not_out(self):
        issue = an_issue(published=True, published_at=timezone.now() + timedelta(hours=1))
        an_article(issue=issue)
        assert not Article.objects.published().exists()
