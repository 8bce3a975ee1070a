"""The archive's copy and the site are one set of templates: they say the same, word for word."""

import re

import pytest

from issues.exports import book, offline
from tests.factories import an_article, an_issue, printed_anew
from tests.pages import plain_words

pytestmark = pytest.mark.django_db

BODY = (
    "<h2>一、门口</h2><p>雨停了，<strong>伞</strong>还在。</p>"
    "<table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>"
)


#: What the site offers beside the text.
TOOLS = re.compile(
    r'<p class="(?:aids|keep|go-on)".*?</p>|<form class="to-page".*?</form>'
    r'|<section class="pass-on".*?</section>|<div class="shelves".*?</section>\s*</div>',
    re.DOTALL,
)


def words(page: str) -> str:
    """Of what the templates share, without gaps."""
    shared = re.search(r"<article.*</article>", page, re.DOTALL)
    assert shared
    return "".join(plain_words(TOOLS.sub("", shared[0])).split())


@pytest.fixture
def issue():
    issue = an_issue(published=True, year=2026, number=3, theme="慢一点", cover_lines="门口的伞")
    an_article(issue=issue, title="门口的伞", body=BODY, authors=[("东岭支行", "高志远")])
    an_article(issue=issue, title="第二把伞", kicker="厅堂", standfirst="还伞的人回来了。")
    printed_anew(issue)
    return issue


def copy_of(issue) -> dict[str, str]:
    edition = issue.standing
    told = book.BookEdition(number=edition.number, made_at=edition.made_at)
    facts, face = book.once_more(edition).book, book.face_in(edition)
    drawn = offline.render(facts, face, told, cover="cover.svg", files={}, paths={})
    return {name: data.decode() for name, data in drawn}


def test_an_article_reads_the_same(client, issue):
    copied = copy_of(issue)
    for place, article in enumerate(issue.standing.printed.order_by("place"), start=1):
        on_the_site = client.get(article.get_absolute_url()).text
        assert words(copied[f"articles/{place:02d}.html"]) == words(on_the_site)


def test_an_issue_reads_the_same_but_for_what_only_the_site_has(client, issue):
    on_the_site = words(client.get("/issues/2026/3/").text)
    only_there = re.compile(r"版次第1版\d+年\d+月\d+日校验值与签发")
    assert only_there.search(on_the_site)
    assert words(copy_of(issue)["index.html"]) == only_there.sub("", on_the_site)
