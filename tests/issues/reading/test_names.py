"""Readers' pages and what was printed: each entry as it was printed, old addresses lead on."""

import pytest

from articles.models import Author, Branch
from articles.naming import merging, renaming
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_author, an_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return a_user(Role.EDITOR)


def branch(name: str) -> Branch:
    return Branch.objects.named(name)


def test_an_article_prints_its_byline_and_links_to_todays_rows(client, editor):
    article = an_article(
        issue=an_issue(published=True), authors=[("净月支行", "谷淳"), ("净月支行", "何静")]
    )
    renaming.rename_branch(branch("净月支行"), "净月分行", by=editor, why="升格")
    renaming.rename_author(Author.objects.get(name="谷淳"), "谷纯", by=editor, why="写错了")
    page = client.get(f"/articles/{article.pk}/").text
    assert page.count(">净月支行</a>") == 1
    assert ">谷淳</a>" in page
    assert "净月分行" not in page
    assert "谷纯" not in page
    shown = client.get(branch("净月分行").get_absolute_url()).text
    assert "<h1>净月分行</h1>" in shown
    assert "净月支行" in shown


def test_addresses_of_merged_rows_lead_on(client, editor):
    an_article(issue=an_issue(published=True), authors=[("净月 支行", "谷 淳")])
    gone, author = branch("净月 支行"), Author.objects.get()
    keep, other = branch("净月支行"), an_author("谷淳", "净月支行")
    merging.merge_branches(keep, [gone], by=editor, why="空格")
    merging.merge_authors(other, [author], by=editor, why="空格")
    answer = client.get(f"/branches/{gone.slug}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/branches/{keep.slug}/")
    answer = client.get(f"/authors/{author.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/authors/{other.pk}/")
    assert "净月 支行" in client.get(answer["Location"]).text


def test_a_merged_row_that_never_was_printed_is_not_told(client, editor):
    an_article(status="submitted", authors=[("净月 支行", "谷 淳")])
    gone, author = branch("净月 支行"), Author.objects.get()
    keep, other = branch("净月支行"), an_author("谷淳", "净月支行")
    merging.merge_branches(keep, [gone], by=editor, why="空格")
    merging.merge_authors(other, [author], by=editor, why="空格")
    assert client.get(f"/branches/{gone.slug}/").status_code == 404
    assert client.get(f"/authors/{author.pk}/").status_code == 404
    assert client.get(f"/authors/{'9' * 30}/").status_code == 404
