"""What has too few pixels for paper is said to the writer and to the desk."""

import pytest

from articles.models import Article
from articles.pictures import for_print, taking
from tests.articles.docx import photo
from tests.articles.filling_in import WORDS, a_draft
from tests.factories import a_user, an_article
from tests.pages import seen

pytestmark = pytest.mark.django_db


def with_pictures(writer, *sizes: tuple[int, int]) -> Article:
    taken = [taking.take(photo(*size), by=writer) for size in sizes]
    figures = "".join(
        f'<figure><img src="{each.get_absolute_url()}" alt="灯"></figure>' for each in taken
    )
    return a_draft(writer, body=f"<p>{WORDS}</p>{figures}")


def test_it_is_named_by_its_number_and_its_size(writer):
    article = with_pictures(writer, (640, 400), (40, 240), (500, 20), (499, 900))
    said = for_print.too_small(article)
    assert [each.split("像素")[0] for each in said] == [
        "第 2 张图片只有 40 × 240 ",
        "第 4 张图片只有 499 × 900 ",
    ]


def test_a_text_without_pictures_asks_for_nothing(django_assert_num_queries):
    article = an_article()
    with django_assert_num_queries(0):
        assert for_print.too_small(article) == []


def test_the_writer_reads_it_before_handing_in_and_can_hand_in(signed_in, writer, html_valid):
    article = with_pictures(writer, (40, 240))
    response = signed_in.get(f"/submissions/{article.pk}/hand-in/")
    assert "第 1 张图片只有 40 × 240 像素" in seen(response)
    assert "提交稿件" in seen(response)
    html_valid(response.text)
    assert "40 × 240" in seen(signed_in.get(f"/submissions/{article.pk}/edit/"))


def test_an_editor_reads_it_beside_the_text(client, writer, html_valid):
    article = with_pictures(writer, (40, 240))
    article.receipt, article.status = "T-1", "submitted"
    article.submitted_at = article.created_at
    article.save()
    client.force_login(a_user("editor"))
    response = client.get(f"/admin/articles/article/{article.pk}/review/")
    assert "第 1 张图片只有 40 × 240 像素" in seen(response)
    html_valid(response.text)
