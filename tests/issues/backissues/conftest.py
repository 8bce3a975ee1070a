"""An issue for an archive to bring back."""

from datetime import date

import pytest

from articles.models import Article, Section
from issues.models import BackIssueImport, Issue
from servicejournal.models import User
from tests.factories import a_picture, a_user, an_article, an_issue

ABOUT_2031 = {"year": 2031, "number": 3, "running_number": 91, "date": date(2031, 6, 20)}


@pytest.fixture
def chief() -> User:
    return a_user("chief_editor")


@pytest.fixture
def issue() -> Issue:
    """With what an archive must bring back: a section of its own, a picture, a byline of three."""
    issue = an_issue(
        **ABOUT_2031, theme="雨天的柜台", cover_lines="晾伞的绳子\n门垫", compiled_by="党群工作部"
    )
    preface = Section.objects.get(slug="preamble")
    extra = Section.objects.create(slug="rain", name="雨天", name_en="Rain", order=preface.order)
    two = (("东岭支行", "高志远"), ("", "沈一鸣"), ("南湖支行", "高志远"))
    facts = {"issue": issue, "origin": Article.Origin.BACK_ISSUE}
    an_article(title="门垫", section=preface, kicker="卷首", **facts)
    article = an_article(
        title="晾伞的绳子", authors=two, section=extra, standfirst="一根绳子。", **facts
    )
    last = an_article(title="空的伞架", authors=(), **facts)
    for lead, each in enumerate((last, article), start=1):
        Article.objects.filter(pk=each.pk).update(lead=lead)
    article.refresh_from_db()
    picture = a_picture(article)
    article.body += f'<figure><img src="{picture.get_absolute_url()}" alt="伞"></figure>'
    article.save()
    BackIssueImport.objects.create(
        issue=issue, sha256="0" * 64, file_name="2031.txt", imported_by=article.contributor
    )
    return issue
