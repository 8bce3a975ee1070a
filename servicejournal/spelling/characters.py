"""Which characters a line keeps, and the one way in which a person's name is written. Pure."""

import re
import unicodedata

#: Controls, bidirectional and zero-width marks, lone surrogates: nobody sees them, and they are no
#: part of a name. What this Python does not know is: its tables are older than the characters that
#: names are written with (of Unicode 15 and later).
_UNSEEN = frozenset(("Cc", "Cf", "Cs"))
#: Of a whole text: what neither XML nor an archive of an issue can hold (Word's line break comes as
#: \x0b), and what turns the reading round.
_NO_TEXT = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
#: Dots between the parts of a name, as keyboards and Word files bring them.
DOTS = "·•‧∙⋅・･●∘ꞏ᛫⸱⸳◦⦁˙ㆍ·․"
_DOTS = dict.fromkeys(map(ord, DOTS), "·")
_STOPS = ".．﹒｡"
_HAN = (
    "\u3007\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
    "\ue000-\uf8ff\U000f0000-\U0010fffd"  # characters of one's own making stand among these
)
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_STOP_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) ?[{_STOPS}] ?(?=[{_HAN}])")
_AROUND_DOT = re.compile(" ?·[ ·]*")
#: Letters and digits of full width, and radicals that look like the characters that they are of.
_OTHER_FORMS = re.compile("[\uff01-\uff5e\u2e80-\u2fdf]")
#: Planes that hold nothing but Chinese characters, known to this Python or not.
_IDEOGRAPHS = range(0x20000, 0x3FFFE)


def line(text: str) -> str:
    """One line of what can be seen; rare characters stay as they are."""
    seen = (c if unicodedata.category(c) not in _UNSEEN else " " * c.isspace() for c in text)
    return " ".join("".join(seen).split())


def text(words: str) -> str:
    """A whole text, its lines kept, without what is no character of one."""
    return _NO_TEXT.sub(lambda found: " " * found[0].isspace(), words)


def person(text: str) -> str:
    """A name in its one spelling: 张　三 and 张 三 are 张三, a dot of any kind is ·.

    Maria Chen keeps its space, J. Chen its full stop.
    """
    plain = _OTHER_FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), line(text))
    plain = _STOP_BETWEEN_HAN.sub("·", plain.translate(_DOTS))
    return _BETWEEN_HAN.sub("", _AROUND_DOT.sub("·", plain)).strip("· ")


def folded(text: str) -> str:
    """What two spellings of one name have in common: widths, spaces, dots and case aside.

    To compare, never to store: 阿依 · 古丽, 阿依•古丽 and 阿依・古丽 are one.
    """
    plain = "".join(line(unicodedata.normalize("NFKC", text.translate(_DOTS))).split())
    return plain.translate({**_DOTS, ord("."): "·"}).casefold()


def unknown(text: str) -> tuple[int, str] | None:
    """The first character (number from 1, character) that other machines cannot show: of somebody's
    own making, lost on its way (U+FFFD, ?), or none at all."""
    for number, character in enumerate(text, start=1):
        kind = unicodedata.category(character)
        is_none = kind == "Cn" and ord(character) not in _IDEOGRAPHS
        if kind == "Co" or is_none or character in "\ufffd?？□":
            return number, character
    return None


def seems_two_people(text: str) -> bool:
    """卢青 方圆, and not 张 三: a space between two words that could be a name each."""
    words = line(text).split()
    return len(words) > 1 and all(re.fullmatch(f"[{_HAN}]{{2,}}", word) for word in words)
