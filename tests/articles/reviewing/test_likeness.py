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


def test_however_many_sentences_two_texts_share_they_are_one_line(client):
    sentences = [
        PASSAGE,
        OTHER[3:-4] + "伞架上还挂着两把，谁也说不清是哪一天、哪一位客人留下来的。",
    ]
    between = "<p>这一段是新写的，和谁都不一样，只为了把前后两段隔开，读者看不出来也没有关系。</p>"
    an_article(
        title="旧稿", body="".join(f"<p>{each}</p>" for each in sentences), status="accepted"
    )
    body = between.join(f"<p>{each}</p>" for each in sentences)
    article = an_article(body=body, status="first_review")
    client.force_login(a_user(Role.EDITOR))
    page = seen(client.get(f"/admin/articles/article/{article.pk}/review/"))
    assert page.count("《旧稿》（已采用）") == 1
    assert "和《旧稿》（已采用）有 2 处共" in page
    assert "校对辅助 1 处" in page


def test_texts_that_share_the_same_passage_are_one_line_and_each_is_named():
    for title in ("甲", "乙"):
        an_article(title=title, body=f"<p>{PASSAGE}</p>", status="submitted")
    (why,) = found(an_article(body=f"<p>{PASSAGE}</p>", status="submitted"))
    assert why.count("字相同") == 2
    assert "《甲》" in why
    assert "《乙》" in why


def test_the_head_counts_what_is_listed_and_the_rest_is_told(client):
    text = "".join(f"<p>她的电话是138{at:08d}。</p>" for at in range(70))
    article = an_article(body=text, status="first_review")
    client.force_login(a_user(Role.EDITOR))
    answer = client.get(f"/admin/articles/article/{article.pk}/review/")
    listed = answer.text.count("data-finding ")
    assert 0 < listed < len(checking.check_beside_others(article).open)
    assert f"校对辅助 {listed} 处" in seen(answer)
    assert "还有 10 处" in seen(answer)
