"""送审稿 at the desk: made of one, of several, of an issue; and each change taken or left."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from articles.admin.reading_copy import MOST, MOST_CHANGES
from articles.models import Article
from articles.reviewing import commenting
from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import a_picture, a_user, an_article, an_issue

pytestmark = pytest.mark.django_db

BODY = "<p>雨下到<strong>第三天</strong>，大堂里多了一把旧伞。</p><p>伞柄上缠着一圈红线。</p>"
BACK = "/admin/articles/article/reading-copy/"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def editor(client: Client) -> User:
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


@pytest.fixture
def article() -> Article:
    made = an_article(title="一把旧伞", status="first_review", body=BODY)
    return Article.objects.with_bylines().get(pk=made.pk)


def paper_of(client: Client, *articles: Article, form: str = "docx") -> bytes:
    keys = "&".join(f"chosen={each.pk}" for each in articles)
    return client.get(f"/admin/articles/article/reading-copy.{form}?{keys}").content


def edited(data: bytes, **instead: str) -> BytesIO:
    """The paper with words in the place of others, as somebody types over them."""
    document = Document(BytesIO(data))
    for paragraph in document.paragraphs:
        if paragraph.style.name == "送审稿 标题":
            continue
        for old, new in instead.items():
            if old in paragraph.text:
                paragraph.text = paragraph.text.replace(old, new)
    out = BytesIO()
    document.save(out)
    out.seek(0)
    out.name = "送审稿.docx"
    return out


def shown(client: Client, file: BytesIO) -> str:
    answer = client.post(BACK, {"file": file})
    assert answer.status_code == 200
    return answer.content.decode()


def form_of(html: str, *, take: int | None = None) -> dict[str, Any]:
    """What the page would send: all that is ticked, or the first so many."""
    ticked = re.findall(r'name="change" value="([^"]+)" checked', html)
    hidden = re.findall(r'name="(returned|base-\d+)" value="([^"]+)"', html)
    told: dict[str, Any] = {"take": "1", "change": ticked[:take]}
    for name, value in hidden:
        told.setdefault(name, []).append(value)
    return told


def body(article: Article) -> str:
    return Article.objects.get(pk=article.pk).body


def test_the_paper_bears_what_is_printed_and_nothing_that_only_the_desk_says(
    client, editor, article
):
    commenting.comment(article, by=editor, words="内部的话。", audience="desk")
    picture = a_picture(article)
    article.body += f'<figure><img src="/pictures/{picture.token}/" alt="伞"></figure>'
    article.save()
    address = f"/admin/articles/article/{article.pk}/reading-copy"
    answer = client.get(f"{address}.docx")
    assert answer.headers["Content-Type"] == DOCX
    assert "private, no-store" in answer.headers["Cache-Control"]
    document = Document(BytesIO(answer.content))
    words = "\n".join(each.text for each in document.paragraphs)
    for each in ("一把旧伞", "雨下到第三天", "高志远", f"稿件编号 {article.pk}"):
        assert each in words
    for each in ("内部的话", article.contributor.name):
        assert each not in words
    assert len(document.inline_shapes) == 1
    assert client.get(f"{address}.pdf").content.startswith(b"%PDF-")
    assert [row.verb for row in record.of(article)][:2] == ["打印送审稿", "打印送审稿"]


def test_more_changes_than_a_form_holds_are_not_offered(client, editor, article, settings):
    assert MOST_CHANGES + 2 * MOST < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    document = Document(BytesIO(paper_of(client, article)))
    for n in range(MOST_CHANGES + 1):
        document.add_paragraph(f"第{n}行")
    out = BytesIO()
    document.save(out)
    answer = client.post(BACK, {"file": SimpleUploadedFile("送审稿.docx", out.getvalue())})
    assert answer.status_code == 422
    assert f"改了 {MOST_CHANGES + 1} 处" in answer.text
    assert 'name="change"' not in answer.text


def test_a_paper_that_names_a_manuscript_without_end_is_refused(client, editor, article):
    document = Document(BytesIO(paper_of(client, article)))
    label = next(each.text for each in document.paragraphs if "稿件编号" in each.text)
    for _ in range(MOST):
        document.add_paragraph(label)
    out = BytesIO()
    document.save(out)
    answer = client.post(BACK, {"file": SimpleUploadedFile("送审稿.docx", out.getvalue())})
    assert answer.status_code == 422
    assert f"一次最多 {MOST} 篇" in answer.text


def test_several_come_on_one_paper_and_an_issue_in_print_order(client, editor, article):
    other = an_article(title="两盏灯", status="accepted")
    changelist = reverse("admin:articles_article_changelist")
    chosen = {"action": "word_of_chosen", "_selected_action": [article.pk, other.pk]}
    data = client.post(changelist, chosen, follow=True).content
    words = [each.text for each in Document(BytesIO(data)).paragraphs]
    assert [each for each in words if each in ("一把旧伞", "两盏灯")] == ["一把旧伞", "两盏灯"]
    issue = an_issue(articles=2)
    answer = client.get(reverse("admin:issues_issue_reading_copy", args=[issue.pk, "docx"]))
    words = [each.text for each in Document(BytesIO(answer.content)).paragraphs]
    titles = [each.title for each in issue.articles.in_print_order()]
    assert [each for each in words if each in titles] == titles


def test_what_the_desk_may_not_see_is_on_no_paper(client, editor):
    draft = an_article()
    assert client.get(f"/admin/articles/article/{draft.pk}/reading-copy.docx").status_code == 404
    client.force_login(a_user(Role.ADMINISTRATOR))
    assert client.get(f"/admin/articles/article/{draft.pk}/reading-copy.docx").status_code == 403
    assert client.get(BACK).status_code == 403


def test_each_change_is_taken_or_left_and_the_record_has_both(client, editor, article):
    html = shown(client, edited(paper_of(client, article), 第三天="第四天", 旧伞="新伞"))
    assert "<del>三</del><ins>四</ins>" in html
    assert "<del>旧</del><ins>新</ins>" in html
    answer = client.post(BACK, form_of(html, take=1))
    assert answer.status_code == 302
    assert body(article) == BODY.replace("三", "四")
    told = record.of(article).get(verb="送审稿回稿")
    assert (told.what["taken"], told.what["left"]) == ([["三", "四"]], [["旧", "新"]])
    assert article.history.first().history_user == editor


def test_over_a_text_that_was_changed_meanwhile_nothing_is_written_and_both_are_shown(
    client, editor, article
):
    html = shown(client, edited(paper_of(client, article), 第三天="第四天", 红线="红绳"))
    article.body = BODY.replace("大堂里", "厅堂里")
    article.save()
    answer = client.post(BACK, form_of(html))
    assert answer.status_code == 409
    again = answer.content.decode()
    assert "厅堂里" not in body(Article.objects.get(pk=article.pk)).replace("厅堂里", "")
    assert body(article) == BODY.replace("大堂里", "厅堂里")
    assert "按现在的文字重新对照" in again
    assert "编辑部后来改过这一行" in again  # 第三天 stands in a line that is another by now
    client.post(BACK, form_of(again))
    assert body(article) == BODY.replace("大堂里", "厅堂里").replace("红线", "红绳")


def test_a_paper_of_an_earlier_text_undoes_nothing_that_the_desk_did_since(client, editor, article):
    data = paper_of(client, article)
    article.body = BODY + "<p>编辑部加的一段。</p>"
    article.save()
    html = shown(client, edited(data, 红线="红绳"))
    assert "打印送审稿以后，编辑部又改过这篇" in html
    client.post(BACK, form_of(html))
    assert body(article) == (BODY + "<p>编辑部加的一段。</p>").replace("红线", "红绳")


def test_a_paper_of_a_text_that_nobody_knows_offers_nothing(client, editor, article):
    data = paper_of(client, article)
    html = shown(client, edited(data, **{article.digest()[:16]: "0" * 16, "红线": "红绳"}))
    assert "找不到打印时的那一版" in html
    assert 'name="change"' not in html


def test_what_comes_along_cannot_be_made_up(client, editor, article):
    html = shown(client, edited(paper_of(client, article), 红线="红绳"))
    sent = form_of(html)
    sent["returned"] = [sent["returned"][0][:-2]]
    assert client.post(BACK, sent).status_code == 404


def test_another_file_is_refused_in_plain_words(client, editor):
    file = BytesIO(b"%PDF-1.7")
    file.name = "a.pdf"
    answer = client.post(BACK, {"file": file})
    assert answer.status_code == 422
    assert client.post(BACK, {}).status_code == 422


def test_an_article_in_an_issue_waits_for_the_final_reviewer_as_after_any_change(client, editor):
    issue = an_issue()
    made = an_article(issue=issue, title="两盏灯", body=BODY)
    article = Article.objects.with_bylines().get(pk=made.pk)
    html = shown(client, edited(paper_of(client, article), 红线="红绳"))
    client.post(BACK, form_of(html))
    article.refresh_from_db()
    assert article.status == "accepted"
    assert "红绳" in article.body
