"""Blocks and words as the HTML of a message. Whatever comes from a text is escaped here. Pure."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from issues import numbering
from issues.exports import bodies, notes
from issues.exports.bodies import Block, Word
from issues.exports.shape import Book, BookArticle, BookAuthor, BookSection, Face

from .themes import Theme

#: Links that may stand in a message; any other is refused by the platform.
_OWN_LINK = re.compile(r"https?://mp\.weixin\.qq\.com/", re.IGNORECASE)
#: The editor takes the styles of what stands first and last: so nothing of ours does.
_GUARD = '<p style="margin:0;font-size:0;line-height:0"><br/></p>'
_QUOTE = "KaiTi,STKaiti,serif"
#: More columns than a phone can show; such a table is so many pixels wide for each, and scrolls.
_FITS, _ACROSS = 4, 88


class Writer:
    """Writes one message; keeps its pictures, links and notes for the end."""

    def __init__(self, theme: Theme, source: Callable[[str], str], tokens: set[str]) -> None:
        self.theme = theme
        self.shown: list[str] = []
        self._source = source
        self._tokens = tokens
        self._links: list[str] = []
        self._notes: list[Word] = []

    def article(self, article: BookArticle, part: BookSection, *, label: str) -> str:
        blocks = notes.gather(bodies.of(article.body, article.pictures))
        inside = [
            self._line(part.name, f"{self.theme.rubric};font-size:14px"),
            self._line(article.kicker, f"color:{self.theme.soft};font-size:15px"),
            self._line(_byline(article.authors), f"color:{self.theme.soft};font-size:14px"),
            self._standfirst(article.standfirst),
            self.blocks(blocks),
            self._listed("注释", [self.words(note["words"]) for note in self._notes]),
            self._listed("参考", [escape(link) for link in self._links], "[{}] "),
            self._line(f"选自{label}", f"color:{self.theme.soft};font-size:13px;margin-top:24px"),
        ]
        return self._whole(inside)

    def contents(
        self, book: Book, face: Face, rows: list[tuple[BookSection, list[BookArticle]]]
    ) -> str:
        inside = [
            self._line(face.name, "font-size:22px;font-weight:bold;text-align:center"),
            self._line(
                numbering.label(book),
                f"color:{self.theme.soft};font-size:14px;text-align:center",
            ),
            self._standfirst(book.standfirst),
        ]
        for part, articles in rows:
            inside.append(self._heading({"level": 2, "words": _plain(part.name)}))
            inside += [self._row(article) for article in articles]
        inside.append(self._line(book.slogan, f"color:{self.theme.soft};text-align:center"))
        return self._whole(inside)

    def _whole(self, inside: Iterable[str]) -> str:
        looks = (
            f"font-size:16px;line-height:1.75;letter-spacing:0.5px;color:{self.theme.ink};"
            "text-align:justify"
        )
        return f'<section style="{looks}">{_GUARD}{"".join(inside)}{_GUARD}</section>'

    def _line(self, words: str, looks: str) -> str:
        return f'<p style="margin:0 0 10px;{looks}">{escape(words)}</p>' if words else ""

    def _standfirst(self, words: str) -> str:
        looks = f"color:{self.theme.soft};font-family:{_QUOTE};margin:0 0 20px"
        return f'<p style="{looks}">{escape(words)}</p>' if words else ""

    def _row(self, article: BookArticle) -> str:
        byline = escape(_byline(article.authors))
        below = f'<br/><span style="font-size:13px;color:{self.theme.soft}">{byline}</span>'
        line = f"border-bottom:1px dashed {self.theme.line};padding:0 0 8px;margin:0 0 8px"
        return f'<p style="{line}">{escape(article.title)}{below if byline else ""}</p>'

    def _listed(self, title: str, items: list[str], mark: str = "{}. ") -> str:
        if not items:
            return ""
        small = f"margin:0 0 4px;font-size:13px;color:{self.theme.soft};text-align:left"
        rows = "".join(
            f'<p style="{small}">{mark.format(number)}{item}</p>'
            for number, item in enumerate(items, start=1)
        )
        top = f"margin:24px 0 8px;border-top:1px solid {self.theme.line};padding-top:8px"
        return f'<p style="{top};font-size:14px"><strong>{title}</strong></p>{rows}'

    # Blocks

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(getattr(self, f"_{block['kind']}")(block) for block in blocks)

    def words(self, words: Iterable[Word]) -> str:
        return "".join(getattr(self, f"_{word['kind']}")(word) for word in words)

    def _p(self, block: Block) -> str:
        return f'<p style="margin:0 0 16px">{self.words(block["words"])}</p>'

    def _heading(self, block: Block) -> str:
        if block["level"] == 2:
            looks = f"margin:28px 0 14px;font-size:18px;font-weight:bold;{self.theme.heading}"
            return f'<h2 style="{looks}">{self.words(block["words"])}</h2>'
        looks = f"margin:20px 0 10px;font-size:16px;font-weight:bold;color:{self.theme.accent}"
        return f'<h3 style="{looks}">{self.words(block["words"])}</h3>'

    def _list(self, block: Block, indent: int = 22) -> str:
        """Flat: a list inside an item follows it, further in; the editor breaks what is nested."""
        out, items, number = [], [], block["start"]
        for item in block["items"]:
            own = [each for each in item if each["kind"] != "list"]
            items.append(self._item(own))
            inner = [each for each in item if each["kind"] == "list"]
            if inner:
                out.append(self._rows(block, items, number, indent))
                out += [self._list(each, indent + 22) for each in inner]
                number, items = number + len(items), []
        return "".join([*out, self._rows(block, items, number, indent)])

    def _rows(self, block: Block, items: list[str], number: int, indent: int) -> str:
        if not items:
            return ""
        if block["marked"]:
            return "".join(items)
        tag = "ol" if block["ordered"] else "ul"
        start = f' start="{number}"' if block["ordered"] and number != 1 else ""
        listed = "".join(f"<li><section>{item}</section></li>" for item in items)
        return f'<{tag}{start} style="padding-left:{indent}px">{listed}</{tag}>'

    def _item(self, blocks: list[Block]) -> str:
        """In one piece: the editor puts a line break behind a bold beginning otherwise."""
        return "".join(
            f'<p style="margin:0 0 8px">{self.words(each["words"])}</p>'
            if each["kind"] == "p"
            else self.blocks([each])
            for each in blocks
        )

    def _quote(self, block: Block) -> str:
        looks = (
            f"margin:0 0 16px;padding:4px 0 4px 14px;border-left:3px solid {self.theme.line};"
            f"font-family:{_QUOTE}"
        )
        return f'<blockquote style="{looks}">{self.blocks(block["blocks"])}</blockquote>'

    def _rule(self, block: Block) -> str:
        looks = f"margin:24px auto;width:30%;border-top:1px solid {self.theme.line}"
        return f'<section style="{looks}"><br/></section>'

    def _figure(self, block: Block) -> str:
        caption = self.words(block["caption"])
        picture = self._picture(block)
        below = f"margin:6px 0 0;font-size:13px;color:{self.theme.soft};text-align:center"
        told = f'<p style="{below}">{caption}</p>' if caption else ""
        return f'<section style="margin:16px 0">{picture}{told}</section>' if picture else told

    def _table(self, block: Block) -> str:
        rows: dict[int, list[str]] = {}
        for cell in block["cells"]:
            rows.setdefault(cell["y"], []).append(self._cell(cell))
        caption = self.words(block["caption"])
        told = f'<p style="text-align:center;font-size:14px">{caption}</p>' if caption else ""
        lines = "".join(f"<tr>{''.join(row)}</tr>" for _, row in sorted(rows.items()))
        return told + self._in_a_frame(block["columns"], f"<tbody>{lines}</tbody>")

    def _in_a_frame(self, columns: int, rows: str) -> str:
        looks = "border-collapse:collapse;font-size:14px"
        if columns <= _FITS:
            return (
                f'<section style="margin:0 0 16px"><table style="{looks}">{rows}</table></section>'
            )
        wide = f"width:{columns * _ACROSS}px;max-width:none;{looks}"
        frame = "margin:0;max-width:100%;overflow-x:auto;-webkit-overflow-scrolling:touch"
        hint = f"margin:4px 0 16px;font-size:13px;color:{self.theme.soft};text-align:right"
        return (
            f'<section style="{frame}"><table style="{wide}">{rows}</table></section>'
            f'<p style="{hint}">表格可以左右滑动</p>'
        )

    def _cell(self, cell: dict[str, Any]) -> str:
        looks = f"border:1px solid {self.theme.line};padding:4px 8px"
        wide = f' colspan="{cell["colspan"]}"' if cell["colspan"] > 1 else ""
        high = f' rowspan="{cell["rowspan"]}"' if cell["rowspan"] > 1 else ""
        inside = self._item(cell["blocks"])
        inside = f"<strong>{inside}</strong>" if cell["head"] and "<p" not in inside else inside
        return f'<td{wide}{high} style="{looks}">{inside}</td>'

    # Words

    def _text(self, word: Word) -> str:
        return escape(word["text"])

    def _break(self, word: Word) -> str:
        return "<br/>"

    def _picture(self, word: Word) -> str:
        token = word["token"]
        if token not in self._tokens:
            return ""
        if token not in self.shown:
            self.shown.append(token)
        source, alt = quoteattr(self._source(token)), quoteattr(word["alt"])
        looks = "width:100%;display:block"
        if word["kind"] == "picture" and not word.get("alone"):  # inside a sentence
            looks = "display:inline;height:1.7em;width:auto;vertical-align:-0.4em"
        return f'<img src={source} alt={alt} style="{looks}"/>'

    def _strong(self, word: Word) -> str:
        looks = f"color:{self.theme.accent}"
        return f'<strong style="{looks}">{self.words(word["words"])}</strong>'

    def _em(self, word: Word) -> str:
        return f'<strong style="font-weight:600">{self.words(word["words"])}</strong>'

    def _sup(self, word: Word) -> str:
        return f"<sup>{self.words(word['words'])}</sup>"

    def _sub(self, word: Word) -> str:
        return f"<sub>{self.words(word['words'])}</sub>"

    def _link(self, word: Word) -> str:
        """Links to elsewhere stand at the end, each once: the platform refuses them in the text."""
        words = self.words(word["words"])
        if _OWN_LINK.match(word["to"]):
            return f"<a href={quoteattr(word['to'])}>{words}</a>"
        if word["to"] not in self._links:
            self._links.append(word["to"])
        return f"{words}<sup>[{self._links.index(word['to']) + 1}]</sup>"

    def _note(self, word: Word) -> str:
        self._notes.append(word)
        return f"<sup>{len(self._notes)}</sup>"


def _byline(authors: Iterable[BookAuthor]) -> str:
    named = "　".join(f"{author.branch} {author.name}".strip() for author in authors)
    return f"◎{named}" if named else ""


def _plain(words: str) -> list[Word]:
    return [{"kind": "text", "text": words}]
