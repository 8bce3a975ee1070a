"""Foreign markup made plain: well-formed, known tags only. Pure, time linear in its length.

This is not the sanitizer (`articles.bodies.html` is). It takes away what makes an HTML parser slow
or lets it guess: unknown tags, unclosed ones, formatting that runs across paragraphs (a parser
repeats it in every paragraph: 400 kB grew to 38 MB), text that only looks like a tag.
"""

import html
import re
from collections.abc import Iterator

BLOCKS = frozenset("p h2 h3 h4 ul ol blockquote table figure hr".split())
INSIDE = frozenset("li thead tbody tr th td caption figcaption".split())
INLINE = frozenset("strong em a sup sub".split())
VOID = frozenset("br img hr".split())
TAGS = BLOCKS | INSIDE | INLINE | VOID

ATTRIBUTES = {
    "a": ("href", "title"),
    "img": ("src", "alt"),
    "th": ("colspan", "rowspan"),
    "td": ("colspan", "rowspan"),
    "ol": ("start",),
}
#: Longer ones are no addresses and no captions.
MAX_ATTRIBUTE = 2000

_PARAGRAPHS = (
    "div section article center header footer main aside nav address pre dl dt dd form fieldset "
    "details summary hgroup"
).split()
RENAMED = {
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "b": "strong",
    "i": "em",
    **dict.fromkeys(_PARAGRAPHS, "p"),
}
#: Their content is no text for readers.
DROPPED = frozenset(
    "script style noscript template title iframe object textarea select xmp noframes xml".split()
)

# A `>` in quotes does not end a tag. Possessive, so that what does not match fails at once; a tag
# can only reach over another `<` inside quotes, which keeps all attempts together linear.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)>")
_NAMED_VALUE = re.compile(
    r"(?<![a-zA-Z-])([a-zA-Z-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]++))"
)
_PAGE = re.compile(r"<body\b[^<>]*>(.*)</body>", re.IGNORECASE | re.DOTALL)
# Start of a block ends the paragraph that is open around it; start of an item the item before it.
_ENDED_BY = {
    **dict.fromkeys(BLOCKS, frozenset({"p", "h2", "h3", "h4"})),
    "li": frozenset({"li", "p", "h2", "h3", "h4"}),
    "tr": frozenset({"tr"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}
# What an implied end never reaches beyond.
_WALLS = {
    **dict.fromkeys(BLOCKS, frozenset({"li", "td", "th", "blockquote", "figcaption", "caption"})),
    "li": frozenset({"ul", "ol", "td", "th", "blockquote"}),
    "tr": frozenset({"table"}),
    "td": frozenset({"table", "tr"}),
    "th": frozenset({"table", "tr"}),
}


class TooDeep(ValueError):
    """Elements stand in each other deeper than anybody writes."""


def body_of_page(source: str) -> str:
    """What stands in the `body` of a whole page; everything where there is none."""
    found = _PAGE.search(source)
    return found[1] if found else source


def well_formed(source: str, *, max_depth: int) -> str:
    """The source with known tags only, each closed where it must be. Raises `TooDeep`."""
    out = _Writer(max_depth)
    for text, closing, tag, attributes in _tokens(source):
        if not tag:
            out.text(text)
        elif closing:
            out.end(tag)
        else:
            out.start(tag, attributes)
    return out.finish()


def _tokens(source: str) -> Iterator[tuple[str, str, str, str]]:
    """(text, "", "", "") or ("", slash, known tag, its attributes as written)."""
    at = 0
    while (opening := source.find("<", at)) >= 0:
        yield source[at:opening], "", "", ""
        tag = _TAG.match(source, opening)
        if tag:
            name = tag[2].lower()
            at = tag.end()
            if name in DROPPED and not tag[1]:
                at = _after(source, f"</{name}", at)
            elif (name := RENAMED.get(name, name)) in TAGS:
                yield "", tag[1], name, tag[3]
        elif source.startswith("<!--", opening):
            at = _after(source, "-->", opening + 4)
        elif source.startswith(("<!", "<?"), opening):
            at = _after(source, ">", opening)
        else:
            yield "<", "", "", ""
            at = opening + 1
    yield source[at:], "", "", ""


def _after(source: str, mark: str, at: int) -> int:
    """Where the text goes on behind the mark: at the end of everything where there is none."""
    if mark.startswith("</"):
        found = re.compile(re.escape(mark), re.IGNORECASE).search(source, at)
        end = source.find(">", found.end()) if found else -1
        return end + 1 if end >= 0 else len(source)
    end = source.find(mark, at)
    return end + len(mark) if end >= 0 else len(source)


class _Writer:
    def __init__(self, max_depth: int) -> None:
        self.out: list[str] = []
        self.open: list[str] = []
        self.max_depth = max_depth

    def text(self, text: str) -> None:
        self.out.append(text.replace("<", "&lt;"))

    def start(self, tag: str, attributes: str) -> None:
        tag = self._without_its_list(tag)
        if tag not in INLINE and tag not in ("br", "img"):
            self._end_formatting()
            if tag == "p" and self.open and self.open[-1] in ("h2", "h3", "h4"):
                return  # a paragraph in a heading is the heading's words
            self._end_what_it_ends(tag)
        elif tag in self.open[self._formatting_from() :]:
            return  # bold in bold
        self.out.append(f"<{tag}{_kept(tag, attributes)}>")
        if tag in VOID:
            return
        self.open.append(tag)
        if len(self.open) > self.max_depth:
            raise TooDeep

    def end(self, tag: str) -> None:
        tag = self._without_its_list(tag)
        if tag in VOID or tag not in self.open:
            return
        if tag in INLINE and tag not in self.open[self._formatting_from() :]:
            return
        self._close_down_to(len(self.open) - 1 - self.open[::-1].index(tag))

    def finish(self) -> str:
        self._close_down_to(0)
        return "".join(self.out)

    def _without_its_list(self, tag: str) -> str:
        """An item that stands in no list is a paragraph."""
        return "p" if tag == "li" and not {"ul", "ol"} & set(self.open) else tag

    def _formatting_from(self) -> int:
        """Where the formatting that is open begins: it is never below a block."""
        at = len(self.open)
        while at and self.open[at - 1] in INLINE:
            at -= 1
        return at

    def _end_formatting(self) -> None:
        self._close_down_to(self._formatting_from())

    def _end_what_it_ends(self, tag: str) -> None:
        ended, walls = _ENDED_BY.get(tag, frozenset()), _WALLS.get(tag, frozenset())
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at] in walls:
                return
            if self.open[at] in ended:
                self._close_down_to(at)

    def _close_down_to(self, at: int) -> None:
        while len(self.open) > at:
            self.out.append(f"</{self.open.pop()}>")


def _kept(tag: str, attributes: str) -> str:
    """The attributes that this tag may have, written in one way."""
    wanted = ATTRIBUTES.get(tag)
    if not wanted or "=" not in attributes:
        return ""
    found: dict[str, str] = {}
    for match in _NAMED_VALUE.finditer(attributes):
        value = next(filter(None, match.groups()[1:]), "")
        if len(value) <= MAX_ATTRIBUTE:
            found.setdefault(match[1].lower(), value)
    return "".join(
        f' {name}="{html.escape(html.unescape(found[name]))}"' for name in wanted if name in found
    )
