"""What a reader sees of an answer: its words and its links."""

import html
import re

from django.http import HttpResponse


def seen(response: HttpResponse) -> str:
    """The words of a page as a reader sees them, spaces folded."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", "", unbroken(response.text), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def unbroken(markup: str) -> str:
    """Without the places at which a large title may break: they are no spaces."""
    return markup.replace("<wbr>", "")


def plain_words(markup: str) -> str:
    """The words between tags, entities read."""
    return html.unescape(re.sub(r"<[^>]+>", "\n", unbroken(markup)))


def link(response: HttpResponse, words: str) -> str:
    """The address behind a link with these words."""
    pattern = rf'<a [^>]*href="([^"]+)"[^>]*>(?:<[^>]+>|\s)*{re.escape(words)}'
    found = re.search(pattern, unbroken(response.text))
    assert found, f"no link “{words}”"
    return found[1]
