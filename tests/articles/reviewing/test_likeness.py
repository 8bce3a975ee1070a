"""查重: the same passage elsewhere is found, named, and never gives a draft away."""

import pytest

from articles.models import Article, Fingerprint
from articles.proofreading.texts import of_manuscript
from articles.reviewing import checking, likeness
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db

PASSAGE = (
    "那天雨下得很大，门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们，谁也没有先开口说话。"
)
OTHER = "<p>另外一件小事，写的是冬天里的一盏灯，从傍晚一直亮到第二天早上。</p>"


def found(article) -> list[str]:
    text = of_manuscript(checking.manuscript_of(article))
    return [finding.why for finding in likeness.shared_with_others(article, text)]


def test_the_other_text_is_named_with_its_place_and_how_much_is_the_same():
    old = an_article(title="旧稿", body=f"<p>{PASSAGE}</p>", issue=an_issue(year=2022, number=2))
    an_article(title="无关", body=OTHER, status="submitted")
    new = an_article(body=f"{OTHER}<p>{PASSAGE}</p>", status="first_review")
    (why,) = found(new)
    assert "《旧稿》（2022年第2期）" in why
    assert [f"《{new.title}》（初审中）" in each for each in found(old)] == [True]


def test_a_draft_is_its_writers_alone():
    an_article(body=f"<p>{PASSAGE}</p>")
    assert found(an_article(body=f"<p>{PASSAGE}</p>", status="first_review")) == []
    assert Fingerprint.objects.count() == 1


def test_a_text_that_was_changed_is_read_anew():
    one = an_article(body=OTHER, status="submitted")
    two = an_article(body=f"<p>{PASSAGE}</p>", status="submitted")
    assert found(two) == []
    one.body = f"<p>{PASSAGE}</p>"
    one.save()
    assert len(found(two)) == 1


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    article = an_article(body=f"<p>{PASSAGE}</p>", status="submitted")
    for _ in range(2):
        an_article(body=f"<p>{PASSAGE}</p>", status="submitted")
        found(article)
        with django_assert_num_queries(5):
            found(Article.objects.get(pk=article.pk))


def test_the_review_page_shows_it_and_lets_it_stand_with_a_reason(client):
    an_article(title="旧稿", body=f"<p>{PASSAGE}</p>", status="accepted")
    article = an_article(body=f"<p>{PASSAGE}</p>", status="first_review")
    client.force_login(a_user(Role.EDITOR))
    address = f"/admin/articles/article/{article.pk}/"
    assert "《旧稿》（已采用）" in seen(client.get(f"{address}review/"))
    (finding,) = checking.check_beside_others(article).open
    data = {"waive": finding.anchor, f"reason-{finding.anchor}": "同一作者改写"}
    assert "同一作者改写" in seen(client.post(f"{address}findings/", data, follow=True))
    assert checking.check_beside_others(article).open == ()
