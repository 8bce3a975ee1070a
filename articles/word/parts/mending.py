"""Makes a part of a .docx ready for mammoth: what it would drop without a word is put in a way that
it reads, or counted. Changes the tree in place.

mammoth takes neither simple fields nor ruby, formulas, grouped pictures or text boxes without a
fallback, and a link that leads nowhere stops it.
"""

import itertools
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from articles import symbols

from .. import formulas
from ..losses import Losses
from . import contents, fields, tables
from .art import Art, below, richest, written
from .drawing import has_words
from .names import MC, M, R, W
from .package import Target
from .placing import Source

_UNWRAPPED = tuple(W + each for each in ("fldSimple", "dir", "bdo", "ins", "moveTo", "smartTag"))
_ART = (W + "drawing", W + "pict", W + "object")
_DELETABLE = (
    *(W + each for each in ("delText", "sym", "footnoteReference", "endnoteReference")),
    *(M + "t", *_ART),
)
_WITH_ID = tuple(
    W + each for each in ("footnote", "endnote", "footnoteReference", "endnoteReference")
)
#: Prefixes that Word's own files give to what came after the standard.
_KNOWN = frozenset(
    "w w14 w15 w16 w16se w16cid w16cex w16sdtdh w16du wp wp14 wps wpg wpc wpi a a14 a16 c c14 c16 "
    "cx cx1 cx2 cx4 am3d aink m o v r pic wpsCustomData".split()
)
#: What Word fills in each time: a date, the number of the page.
_FILLED_IN = tuple(
    W + each
    for each in ("dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong", "pgNum")
)
#: What Word writes into a control; saved by other programs it is not marked as a prompt.
_PROMPT = re.compile(
    r"(?:单击|点击|单击或点击)(?:或点击)?(?:此处|以)输入(?:文字|日期|文本)[。.]?|选择(?:一项|日期)[。.]?"
    r"|Click(?: or tap)? (?:here )?to enter (?:text|a date)\.?|Choose an item\.?",
    re.IGNORECASE,
)
_MOST_OF_A_PROMPT = 20  # runs
_LEFT_ALONE = (W + "pPr", W + "rPr", W + "trPr", W + "tblPr", W + "sectPr")


class Mender:
    """One for a file: losses and pictures of all its parts come together."""

    def __init__(self) -> None:
        self.losses = Losses()
        self._art = Art(self.losses, self._mend_below)
        self._targets: dict[str, Target] = {}
        self._arrived = ""  # words that stand where they were moved to
        self._ways: dict[str, Callable[[Element], list[Element]]] = {
            **dict.fromkeys(_UNWRAPPED, lambda element: list(element)),
            **dict.fromkeys(_ART, self._art.read),
            MC + "AlternateContent": self._alternative,
            W + "del": self._deleted,
            W + "moveFrom": self._moved,
            **dict.fromkeys(_FILLED_IN, self._lost("fields")),
            W + "ruby": self._ruby,
            W + "cr": lambda _: [Element(W + "br")],
            W + "ptab": lambda _: [Element(W + "tab")],
            W + "sym": self._symbol,
            W + "hyperlink": self._link,
            W + "commentReference": self._comment,
            **dict.fromkeys(_WITH_ID, _with_id),
            **dict.fromkeys((W + "altChunk", W + "subDoc"), self._lost("foreign")),
            W + "contentPart": self._lost("vector pictures"),  # what was written with a pen
            W + "sdt": self._control,
            W + "tbl": lambda table: [] if next(table.iter(W + "tr"), None) is None else [table],
            M + "oMath": self._formula,
            M + "oMathPara": lambda element: list(element),
        }

    def mend(self, root: Element, targets: dict[str, Target]) -> None:
        self._targets = self._art.targets = targets
        self.losses["contents"] += contents.leave_out(root)
        fields.resolve(root, self.losses)
        self._arrived = "".join(map(_words, root.iter(W + "moveTo")))
        self._mend_below(root)
        self.losses.leave()

    @property
    def pictures(self) -> dict[Source, int]:
        return self._art.pictures

    @property
    def places(self) -> list[str]:
        """Of each picture the words where it stands."""
        return self._art.places

    def _mend_below(self, element: Element) -> None:
        children: list[Element] = []
        for child in element:
            children += [child] if child.tag in _LEFT_ALONE else self._mended(child)
        element[:] = children

    def _mended(self, element: Element) -> list[Element]:
        if element.tag == W + "p":
            self.losses.at(element)
        if tables.is_hidden(element):
            self.losses["hidden"] += has_words(element)
            return []
        if _is_deleted(element):
            what = "deleted rows" if element.tag == W + "tr" else "deletions"
            self.losses[what] += has_words(element) or _has_deleted_words(element)
            return []
        if element.tag == W + "ins":
            self.losses["insertions"] += 1
        elif element.tag == W + "tr":
            tables.make_plain(element)
        elif element.tag == W + "sdt" and _is_prompting(element):
            self.losses["prompts"] += has_words(element)
            _take_out_runs(element)
        if element.tag not in (M + "oMath", W + "del", MC + "AlternateContent", *_ART):
            self._mend_below(element)
        way = self._ways.get(element.tag)
        return way(element) if way else [element]

    def _lost(self, what: str) -> Callable[[Element], list[Element]]:
        def way(_: Element) -> list[Element]:
            self.losses[what] += 1
            return []

        return way

    def _alternative(self, element: Element) -> list[Element]:
        """The way that says most. In doubt Word's own, the new one; of what is drawn the old one,
        of which mammoth knows more.
        """
        fallbacks, choices = element.findall(MC + "Fallback"), element.findall(MC + "Choice")
        understood = [each for each in choices if _is_understood(each)]
        plain = [each for each in understood if not _is_drawn(each)]
        ways = [*plain, *fallbacks, *(understood if fallbacks else choices)]
        chosen = richest(ways)
        if chosen is None:
            return []
        self._mend_below(chosen)
        return list(chosen)

    def _deleted(self, element: Element) -> list[Element]:
        self.losses["deletions"] += _has_deleted_words(element)
        self.losses["comments"] += sum(1 for _ in element.iter(W + "commentReference"))
        return []

    def _moved(self, element: Element) -> list[Element]:
        """What is moved away stands where it was moved to; or nowhere, and is deleted."""
        words = _words(element)
        self.losses["deletions"] += bool(words.strip()) and words not in self._arrived
        return []

    def _comment(self, _: Element) -> list[Element]:
        self.losses["comments"] += 1
        return []

    def _symbol(self, element: Element) -> list[Element]:
        """mammoth knows fewer of them, and some by a sign that hardly any font has."""
        code = element.get(W + "char", "")
        is_sound = re.fullmatch(r"[0-9A-Fa-f]{1,6}", code)
        sign = symbols.sign(int(code, 16), element.get(W + "font", "")) if is_sound else ""
        self.losses["symbols"] += not sign
        return [written(sign)] if sign else []

    def _ruby(self, element: Element) -> list[Element]:
        base = element.find(W + "rubyBase")
        self.losses["ruby"] += 1
        return list(base) if base is not None else []

    def _link(self, element: Element) -> list[Element]:
        """A link that leads nowhere is its words."""
        target = self._targets.get(element.get(R + "id", ""))
        return [element] if target and target.kind == "hyperlink" else list(element)

    def _control(self, element: Element) -> list[Element]:
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and "contents" in gallery.get(W + "val", "").lower():
            self.losses["contents"] += 1
            return []
        content = element.find(W + "sdtContent")
        if content is not None and _is_ticked_or_not(element) and has_words(content):
            return list(content)  # the sign that Word shows: mammoth has two of its own
        return [element]

    def _formula(self, element: Element) -> list[Element]:
        self.losses["formulas"] += 1
        self.losses["deletions"] += sum(1 for _ in element.iter(W + "del"))
        return [_run(words, raised) for words, raised in formulas.written(element) if words]


def _is_understood(choice: Element) -> bool:
    """Whether Word itself would take it: it knows what all its parts are."""
    return _KNOWN.issuperset(choice.get("Requires", "").split())


def _is_drawn(choice: Element) -> bool:
    return any(each.tag in _ART for each in choice.iter())


def _is_deleted(element: Element) -> bool:
    """A row or a cell of a table that goes when the revisions are accepted."""
    path = {W + "tr": f"{W}trPr/{W}del", W + "tc": f"{W}tcPr/{W}cellDel"}.get(element.tag)
    return path is not None and element.find(path) is not None


def _has_deleted_words(element: Element) -> bool:
    return any(each.tag in _DELETABLE for each in element.iter())


def _is_prompting(control: Element) -> bool:
    """Whether a control shows what to fill in, because nobody did."""
    shows = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    if shows is not None:
        return shows.get(W + "val", "1") not in ("0", "false", "off")
    words = itertools.islice(control.iter(W + "t"), _MOST_OF_A_PROMPT)
    return bool(_PROMPT.fullmatch("".join(each.text or "" for each in words).strip()))


def _is_ticked_or_not(control: Element) -> bool:
    look = control.find(W + "sdtPr")
    return look is not None and any(each.tag.endswith("}checkbox") for each in look)


def _take_out_runs(element: Element) -> None:
    """Rows, cells and paragraphs stay, so that a table keeps its shape."""
    element[:] = [each for each in element if each.tag not in (W + "r", W + "ins")]
    for each in element:
        _take_out_runs(each)


def _words(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(W + "t"))


def _with_id(element: Element) -> list[Element]:
    return [element] if element.get(W + "id") else []


def _run(words: str, raised: str = "") -> Element:
    run = Element(W + "r")
    if raised:
        how = {"sup": "superscript", "sub": "subscript"}[raised]
        below(below(run, W + "rPr"), W + "vertAlign").set(W + "val", how)
    run.append(written(words))
    return run
