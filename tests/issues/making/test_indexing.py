"""Manuscripts are in the index for the desk; what is printed is found by what is printed."""

import pytest
from django.core.management import call_command

from articles import search
from articles.models import Article, IndexedText, SearchEntry
from articles.reviewing import finding
from issues.making import indexing
from issues.models import Issue
from tests.factories import an_article, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db
BODY = "<p>雨天里，门口的垫子换了三次。</p>"


def found(words: str) -> set[str]:
    held = finding.holding(words)
    return set(Article.objects.filter(pk__in=held).values_list("title", flat=True))


def entries() -> list[tuple[str, int]]:
    return sorted(IndexedText.objects.values_list("kind", "key"))


def test_a_manuscript_needs_no_entry_of_its_own_once_it_is_printed():
    article = an_article(status="accepted", body=BODY, title="三号窗口")
    assert found("垫子") == {"三号窗口"}
    assert entries() == [("manuscript", article.pk)]
    issue = an_issue(published=True)
    printed = an_article(issue=issue, body=BODY, title="印出的")
    search.put(finding.MANUSCRIPT, [search.Text(printed.pk, body="旧的字")])
    indexing.index(Issue.objects.get(pk=issue.pk).standing)
    assert entries() == [("article", printed.pk), ("manuscript", article.pk)]
    assert found("垫子") == {"三号窗口", "印出的"}


def test_readers_are_given_none_of_it(client):
    an_article(status="accepted", body=BODY, title="三号窗口")
    assert found("垫子") == {"三号窗口"}
    assert "没有找到" in seen(client.get("/search/", {"q": "垫子"}))


def test_from_the_beginning_all_are_taken_in_and_drafts_are_not(monkeypatch, capsys):
    monkeypatch.setattr(finding, "MOST", 2)
    titles = {an_article(status="submitted", body=BODY).title for _ in range(5)}
    an_article(body=BODY, title="别人的草稿")
    call_command("reindex")
    assert len(entries()) == 5
    assert found("垫子") == titles


def test_one_look_takes_in_a_bounded_number_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    for _ in range(3):
        an_article(status="submitted", body=BODY)
    assert [len(found("垫子")) for _ in range(2)] == [2, 3]


def test_what_is_in_the_index_is_not_written_again(django_assert_num_queries):
    an_article(status="submitted", body=BODY)
    found("垫子")
    with django_assert_num_queries(3):
        found("垫子")


def test_from_the_beginning_the_index_of_the_version_before_is_emptied(capsys):
    told = {"kind": "article", "title": "撤下 下的", "byline": "贺兰 兰静", "body": "收回 回的"}
    rows = [SearchEntry(key=key, **told) for key in range(501)]
    SearchEntry.objects.bulk_create(rows)
    an_article(status="submitted", body=BODY, title="三号窗口")
    call_command("reindex")
    assert not SearchEntry.objects.exists()
    assert found("垫子") == {"三号窗口"}
