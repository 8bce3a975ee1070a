"""送审稿: manuscripts for somebody who reads with a pen, and what comes back of it.

`Copy` is what a paper says of one manuscript: its lines are those that are proofread, so that each
leads back to its place. Nothing that only the desk says is on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.bodies import tree
from articles.models import Article
from articles.proofreading.texts import Block, of_manuscript

from ..checking import manuscript_of

#: Characters of the digest by which a paper tells which text it was made from.
MARK = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; `kind` as in the body (p, h2, li, tr …), or the part that it is.

    A picture (`picture`, its token) has no words.
    """

    kind: str
    words: str = ""
    cells: tuple[str, ...] = ()
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    number: int  # the manuscript's key
    mark: str  # the beginning of its digest
    section: str
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        return next((each.words for each in self.lines if each.kind == "title"), "")

    @property
    def label(self) -> str:
        """Stands above each manuscript of a paper, and leads the paper back to it."""
        return f"稿件编号 {self.number}　校验 {self.mark}"


def of(article: Article) -> Copy:
    text = of_manuscript(manuscript_of(article))
    heads = [Line(each.part, each.text) for each in text.blocks if each.part != "body"]
    return Copy(
        number=article.pk,
        mark=article.digest()[:MARK],
        section=article.section.name if article.section else "",
        lines=(*heads, *_body(article.body, iter(text.body))),
    )


def _body(body: str, blocks: Iterator[Block]) -> Iterator[Line]:
    """Pictures stand before the words of the element that shows them."""
    for node in tree.parse(body):
        content = [node]
        for image in tree.images(content):
            yield Line("picture", picture=image.token)
        for _ in tree.lines(content):
            block = next(blocks)
            yield Line(block.kind, block.text, tuple(_cells(block, body)))


def _cells(block: Block, body: str) -> Iterable[str]:
    """Of a row of a table: between two cells the place of the space is that of a tag."""
    if block.kind not in ("td", "th", "tr"):
        return
    cell = ""
    for char, place in zip(block.text, block.source, strict=True):
        if char == " " and body[place] == "<":
            yield cell
            cell = ""
        else:
            cell += char
    yield cell
