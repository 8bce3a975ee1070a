"""What an article or an issue is, for machines: schema.org as JSON-LD, and Highwire's citation tags
(which Google Scholar and reference managers read).
"""

import json
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from servicejournal.web import site

from ...models import PrintedArticle
from ..fronts import Front

_CONTEXT = "https://schema.org"


def of_article(article: PrintedArticle, issue: Front, *, changed: str) -> dict[str, Any]:
    """Of an article as printed; `changed` is the day of its latest correction, "" without one."""
    address = site.absolute(article.get_absolute_url())
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Article",
        "@id": address,
        "url": address,
        "headline": article.title,
        "inLanguage": "zh-Hans",
        "articleSection": article.section_name,
        "wordCount": article.length,
        "description": article.summary,
        "image": address + "card.jpg",
        "author": [_author(each) for each in article.authors],
        "publisher": _publisher(issue),
        "isPartOf": _issue(issue),
    }
    if issue.facts.date:
        told["datePublished"] = issue.facts.date.isoformat()
    if changed:
        told["dateModified"] = changed
    return _without_nothing(told)


def of_issue(issue: Front) -> dict[str, Any]:
    address = site.absolute(issue.get_absolute_url())
    told = {
        "@context": _CONTEXT,
        **_issue(issue),
        "url": address,
        "name": issue.theme or issue.label,
        "description": issue.facts.standfirst,
        "inLanguage": "zh-Hans",
        "image": address + "card.jpg",
        "publisher": _publisher(issue),
    }
    return _without_nothing(told)


def citation(article: PrintedArticle, issue: Front) -> Iterator[tuple[str, str]]:
    """(name, content) of the tags, in their order."""
    yield "citation_title", article.title
    for each in article.authors:
        yield "citation_author", each["name"]
        if each["branch"]:
            yield "citation_author_institution", each["branch"]
    yield "citation_journal_title", issue.name
    if issue.facts.date:
        yield "citation_publication_date", issue.facts.date.strftime("%Y/%m/%d")
    yield "citation_issue", issue.slug
    yield "citation_language", "zh"
    yield "citation_public_url", site.absolute(article.get_absolute_url())


def written(told: dict[str, Any]) -> str:
    """As the text of a script element of a type that is not run: nothing in it can end it."""
    text = json.dumps(told, ensure_ascii=False)
    return text.replace("&", r"\u0026").replace("<", r"\u003C").replace(">", r"\u003E")


def _issue(issue: Front) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "PublicationIssue",
        "@id": site.absolute(issue.get_absolute_url()),
        "issueNumber": issue.slug,
        "isPartOf": {
            "@type": "Periodical",
            "@id": site.absolute(reverse("home")),
            "name": issue.name,
            "alternateName": issue.name_en,
        },
    }
    if issue.facts.date:
        told["datePublished"] = issue.facts.date.isoformat()
    return told


def _author(each: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"@type": "Person", "name": each["name"]}
    if each["author"]:
        told["url"] = site.absolute(reverse("author", args=[each["author"]]))
    if each["branch"]:
        told["affiliation"] = {"@type": "Organization", "name": each["branch"]}
    return told


def _publisher(issue: Front) -> dict[str, Any]:
    return {"@type": "Organization", "name": issue.facts.compiled_by or issue.name}


def _without_nothing(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in ("", [], None)}
