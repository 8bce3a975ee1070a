"""Where the links of a text lead, and which lead nowhere whatever stands there. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from . import tree

#: Its end may be Chinese: .中国, .政务, .公益.
_HOST = re.compile(r"(?:[\w-]+\.)+(?:[^\W_]|-){2,}\.?|\d{1,3}(?:\.\d{1,3}){3}")
#: Kept for examples (RFC 2606): nobody is ever there.
_NOBODY = re.compile(r"(?:^|\.)(?:test|example|invalid|localhost)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    words: str
    to: str

    @property
    def is_own(self) -> bool:
        """It leads to a page of this journal."""
        return self.to.startswith("/")


def of(body: str) -> Iterator[Link]:
    if "<a " not in body:
        return
    for mark, node in tree.walk(tree.parse(body)):
        if isinstance(node, tree.Node) and mark == "a":
            yield Link(tree.words(node.children).strip(), node.get("href").strip())


def is_broken(link: Link) -> bool:
    """Its address cannot be one."""
    if link.is_own:
        return False
    try:
        parts = urlsplit(link.to)
    except ValueError:
        return True
    if parts.scheme == "mailto":
        _, at, host = parts.path.rpartition("@")
        return not at or not _HOST.fullmatch(host)
    if parts.scheme == "tel":
        return not re.search(r"\d{3}", parts.path)
    host = parts.hostname or ""
    return (
        parts.scheme not in ("http", "https")
        or not _HOST.fullmatch(host)
        or bool(_NOBODY.search(host))
    )
