"""稿签: one A4 page that holds what three reviewers said."""

from datetime import date

import pypdfium2
import pytest

from articles.reviewing import review_sheet, workflow
from issues.models import FeeRule
from servicejournal.models import Masthead
from servicejournal.papers import fonts
from servicejournal.roles import Role
from tests.articles.reviewing.test_staffing import a_deputy
from tests.factories import a_section, a_user, an_article

pytestmark = pytest.mark.django_db


def words_of(data: bytes) -> tuple[int, str]:
    """Pages, and all the words without spaces."""
    document = pypdfium2.PdfDocument(data)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    return len(document), "".join(words.split())


def reviewed(**facts):
    article = an_article(
        status="first_review", section=a_section(), contributor=a_user(name="高志远"), **facts
    )
    for role, name in (
        (Role.EDITOR, "程砚"),
        (Role.SENIOR_EDITOR, "周以宁"),
        (Role.CHIEF_EDITOR, "秦望"),
    ):
        workflow.decide(article, "pass", by=a_user(role, name=name), note=f"{name}同意采用。")
    return article


def test_the_sheet_names_the_manuscript_and_three_reviewers_with_their_opinions(client):
    article = reviewed(title="龑䶮与雨天的伞")
    client.force_login(a_user(Role.EDITOR))
    response = client.get(f"/admin/articles/article/{article.pk}/slip.pdf")
    assert response["Content-Type"] == "application/pdf"
    pages, words = words_of(response.content)
    assert pages == 1
    for expected in ("稿签", "与雨天的伞", article.receipt, "程砚同意采用。", "秦望", "已采用"):
        assert expected in words


def test_the_sheet_says_who_decided_as_a_deputy_and_who_decided_twice(client):
    Masthead.objects.update(small_office=True)
    article = an_article(status="first_review", section=a_section())
    first, senior = a_user(Role.EDITOR, name="程砚"), a_user(Role.SENIOR_EDITOR, name="周以宁")
    a_deputy(senior)
    for person in (first, senior, senior):
        workflow.decide(article, "pass", by=person)
    client.force_login(first)
    _, words = words_of(client.get(f"/admin/articles/article/{article.pk}/slip.pdf").content)
    assert "初审意见通过" in words
    assert "初审意见通过（" not in words
    assert "复审意见通过（编辑部人手少，与终审同一人）" in words
    assert "终审意见通过（代行终审；编辑部人手少，与复审同一人）" in words


def test_the_sheet_reckons_the_fee_by_the_rule_that_holds(client):
    FeeRule.objects.create(since=date(2020, 1, 1), basis="thousand", fen=8000, at_least_fen=3000)
    article = reviewed(body=f"<p>{'雨' * 1256}</p>")
    client.force_login(a_user(Role.EDITOR))
    _, words = words_of(client.get(f"/admin/articles/article/{article.pk}/slip.pdf").content)
    assert "稿酬100元" in words
    assert "1256字×80元/千字，至少30元" in words


def test_long_and_hostile_words_stay_words_on_one_page():
    hostile = '#image("/etc/passwd") $x$ #panic() {{ }} <script> \\u{1F600}'
    sheet = review_sheet.Sheet(
        journal="服务文化专刊",
        title=hostile + "很长的题目" * 20,
        facts=tuple((f"事项{number}", hostile) for number in range(9)),
        opinions=tuple(
            review_sheet.Opinion(
                stage, "通过", review_sheet.shortened(hostile + "意见" * 4000), "程砚", "今天"
            )
            for stage in ("初审", "复审", "终审")
        ),
        outcome="已采用",
        fee="65535",
        fee_basis="　稿酬：1256 字 × 65535 元/千字，至少 65535 元",
        printed_on="2026-11-24",
    )
    pages, words = words_of(review_sheet.render(sheet, fonts.find()))
    assert pages == 1
    assert '#image("/etc/passwd")' in words
    assert "全文见系统" in words


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.ADMINISTRATOR])
def test_it_is_the_desks_alone(client, role):
    client.force_login(a_user(role))
    article = an_article(status="first_review")
    assert client.get(f"/admin/articles/article/{article.pk}/slip.pdf").status_code in (302, 403)


def test_a_draft_has_none(client):
    client.force_login(a_user(Role.EDITOR))
    assert client.get(f"/admin/articles/article/{an_article().pk}/slip.pdf").status_code == 404


def test_without_fonts_the_editor_is_told(client, settings, tmp_path):
    settings.FONT_DIR = str(tmp_path)
    client.force_login(a_user(Role.EDITOR))
    article = reviewed()
    page = client.get(f"/admin/articles/article/{article.pk}/slip.pdf", follow=True)
    assert "没有找到思源宋体" in page.text
