"""Blocks and words as markup that is XHTML and HTML at once. Pure; whatever comes from a text is
escaped here. The e-book writes with it.
"""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from articles.bodies.layout import partible

from .bodies import Block, Word

#: Files of pictures by their token.
Paths = dict[str, str]


def line(name: str, words: str) -> str:
    """A paragraph of that class; nothing where there are no words."""
    return f'<p class="{name}">{escape(words)}</p>' if words else ""


class Writer:
    """Blocks and words as XHTML; keeps the notes for the end. The title of the page is an h1."""

    #: Attributes of a note and of the mark that leads to it, each with a space before it.
    FOOTNOTE = REFERENCE = ""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._notes: list[Word] = []
        self._level = 1

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(getattr(self, f"_{block['kind']}")(block) for block in blocks)

    def words(self, words: Iterable[Word]) -> str:
        return "".join(getattr(self, f"_{word['kind']}")(word) for word in words)

    def asides(self) -> str:
        return "".join(
            f'<aside{self.FOOTNOTE} role="doc-footnote" id="n{note["number"]}">'
            f'<p class="plain">{note["number"]}. {self.words(note["words"])}</p></aside>'
            for note in self._notes
        )

    # Blocks

    def _p(self, block: Block) -> str:
        return f"<p>{self.words(block['words'])}</p>"

    def _heading(self, block: Block) -> str:
        """No level is left out, whatever the writer chose."""
        self._level = min(block["level"], self._level + 1)
        return f"<h{self._level}>{self.words(block['words'])}</h{self._level}>"

    def _list(self, block: Block) -> str:
        items = "".join(f"<li>{self.blocks(item)}</li>" for item in block["items"])
        if block["ordered"]:
            start = f' start="{block["start"]}"' if block["start"] != 1 else ""
            return f"<ol{start}>{items}</ol>"
        return f'<ul class="marks">{items}</ul>' if block["marked"] else f"<ul>{items}</ul>"

    def _quote(self, block: Block) -> str:
        return f"<blockquote>{self.blocks(block['blocks'])}</blockquote>"

    def _rule(self, block: Block) -> str:
        return "<hr/>"

    def _figure(self, block: Block) -> str:
        caption = self.words(block["caption"])
        if block["token"] not in self._paths:
            return f"<p>{caption}</p>" if caption else ""
        told = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{self._picture(block)}{told}</figure>"

    def _table(self, block: Block) -> str:
        caption = self.words(block["caption"])
        rows: dict[int, list[str]] = {}
        for cell in block["cells"]:
            rows.setdefault(cell["y"], []).append(self._cell(cell))
        head: list[str] = []
        body: list[str] = []
        for y in range(max(cell["y"] + cell["rowspan"] for cell in block["cells"])):
            into = head if y < block["header"] else body
            into.append(f"<tr>{''.join(rows.get(y, ()))}</tr>")
        told = f"<caption>{caption}</caption>" if caption else ""
        thead = f"<thead>{''.join(head)}</thead>" if head else ""
        return f"<table>{told}{thead}<tbody>{''.join(body)}</tbody></table>"

    def _cell(self, cell: dict[str, Any]) -> str:
        tag = "th" if cell["head"] else "td"
        wide = f' colspan="{cell["colspan"]}"' if cell["colspan"] > 1 else ""
        high = f' rowspan="{cell["rowspan"]}"' if cell["rowspan"] > 1 else ""
        return f"<{tag}{wide}{high}>{self.blocks(cell['blocks'])}</{tag}>"

    # Words

    def _text(self, word: Word) -> str:
        return partible(escape(word["text"]), "<wbr/>")

    def _break(self, word: Word) -> str:
        return "<br/>"

    def _picture(self, word: Word) -> str:
        file = self._paths.get(word["token"])
        inside = word["kind"] == "picture" and not word.get("alone")
        looks = ' class="small"' if inside else ""
        return f"<img{looks} src={quoteattr(file)} alt={quoteattr(word['alt'])}/>" if file else ""

    def _strong(self, word: Word) -> str:
        return f"<strong>{self.words(word['words'])}</strong>"

    def _em(self, word: Word) -> str:
        return f"<em>{self.words(word['words'])}</em>"

    def _sup(self, word: Word) -> str:
        return f"<sup>{self.words(word['words'])}</sup>"

    def _sub(self, word: Word) -> str:
        return f"<sub>{self.words(word['words'])}</sub>"

    def _link(self, word: Word) -> str:
        return f"<a href={quoteattr(word['to'])}>{self.words(word['words'])}</a>"

    def _note(self, word: Word) -> str:
        self._notes.append(word)
        number = word["number"]
        mark = f'<a{self.REFERENCE} role="doc-noteref" href="#n{number}">{number}</a>'
        return f"<sup>{mark}</sup>"
