"""What Word's EQ field draws, as text: ring characters, joined characters, old ruby, fractions.

`eq \\o\\ac(○,1)` is ①. By ECMA-376 17.16.5.22 and Word's own help. A grammar of switches with
arguments; what is unknown in it is its words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

#: (words, "sup" | "sub" | "")
Piece = tuple[str, str]

_GENERAL = re.compile(r'\\\*\s*(?:"[^"]*"|[^\s\\]+)')
_SWITCH = re.compile(r"\\([a-z]{1,2})", re.IGNORECASE)
_OPTION = re.compile(r"\s*\\(?:([blr]c)\s*(\\?[^\s\\])|([a-z]{2})\s*(\d*))", re.IGNORECASE)
_DEEPEST, _LONGEST = 12, 2_000
_RINGS, _FRAMES = "○◯〇⚪", "□△◇☐▢"
_SOUND = re.compile(
    r"[a-z\u00c0-\u024f\u02b0-\u02ff\u0300-\u036f\u1e00-\u1eff\u3040-\u312f\s]+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Drawn:
    pieces: tuple[Piece, ...]
    sounds: int  # characters above others that say how these are read, and are left out
    is_exact: bool  # looks as it was drawn


@dataclass(slots=True)
class _Switch:
    name: str
    options: dict[str, str]
    arguments: list[list["_Switch | str"]]


def read(code: str) -> Drawn:
    """`code` is the field's whole instruction."""
    is_ruby = bool(re.search(r"\\\*\s*jc\d", code, re.IGNORECASE))
    source = _GENERAL.sub("", code[:_LONGEST]).strip()
    source = re.sub(r"(?i)^eq\b", "", source).strip()
    writer = _Writer(is_ruby=is_ruby)
    nodes, _ = _nodes(source, 0, 0)
    pieces = tuple(piece for piece in writer.all(nodes) if piece[0])
    return Drawn(pieces, writer.sounds, writer.is_exact)


def _nodes(source: str, at: int, depth: int) -> tuple[list["_Switch | str"], int]:
    """What stands up to the end of an argument, and where that is."""
    found: list[_Switch | str] = []
    while at < len(source) and not (depth and source[at] in ",;)"):
        switch = _SWITCH.match(source, at)
        if switch and depth < _DEEPEST:
            node, at = _switch(source, switch, depth)
            found.append(node)
        elif source[at] == "\\" and at + 1 < len(source):
            found.append(source[at + 1])
            at += 2
        else:
            found.append(source[at])
            at += 1
    return found, at


def _switch(source: str, start: re.Match[str], depth: int) -> tuple[_Switch, int]:
    node, at = _Switch(start[1].lower(), {}, []), start.end()
    while option := _OPTION.match(source, at):
        node.options[(option[1] or option[3]).lower()] = option[2] or option[4] or ""
        at = option.end()
    opening = re.compile(r"\s*\(").match(source, at)
    if not opening:
        return node, at
    at = opening.end()
    while at <= len(source):
        argument, at = _nodes(source, at, depth + 1)
        node.arguments.append(argument)
        at += 1
        if source[at - 1 : at] not in (",", ";"):
            break
    return node, at


@dataclass(slots=True)
class _Writer:
    is_ruby: bool
    sounds: int = 0
    is_exact: bool = field(default=True)

    def all(self, nodes: list["_Switch | str"]) -> Iterator[Piece]:
        for node in nodes:
            if isinstance(node, str):
                yield node, ""
            else:
                yield from self._one(node)

    def _one(self, node: _Switch) -> Iterator[Piece]:
        arguments = node.arguments
        if node.name == "o":
            yield from self._over_each_other(node)
            return
        self.is_exact = False
        if node.name == "s" and len(arguments) == 1:
            raised = "sub" if "do" in node.options else "sup"
            yield self._plain(arguments[0]), raised
        elif node.name == "f" and len(arguments) == 2:
            yield f"{self._grouped(arguments[0])}/{self._grouped(arguments[1])}", ""
        elif node.name == "r" and arguments:
            if len(arguments) == 2:
                yield self._plain(arguments[0]), "sup"
            yield f"√({self._plain(arguments[-1])})", ""
        elif node.name == "b":
            yield from self._in_brackets(node)
        elif node.name == "i" and len(arguments) == 3:
            sign = "∑" if "su" in node.options else "∏" if "pr" in node.options else "∫"
            yield sign, ""
            yield self._plain(arguments[0]), "sub"
            yield self._plain(arguments[1]), "sup"
            yield from self.all(arguments[2])
        else:
            between = "," if node.name == "l" else " "
            yield between.join(map(self._plain, arguments)), ""

    def _over_each_other(self, node: _Switch) -> Iterator[Piece]:
        was_exact = self.is_exact
        texts = [self._plain(each) for each in node.arguments]
        if len(texts) == 2 and (frame := next((t for t in texts if _is_frame(t)), "")):
            inside = texts[0] if texts[1] == frame else texts[1]
            enclosed = _enclosed(frame, inside)
            self.is_exact = was_exact and len(enclosed) == 1
            yield enclosed, ""
        elif len(texts) == 2 and self._says_how_to_read(texts[0], node.arguments[0]):
            self.sounds += 1
            self.is_exact = was_exact
            yield texts[1], ""
        else:
            self.is_exact = False
            yield "".join(texts), ""

    def _says_how_to_read(self, text: str, argument: list["_Switch | str"]) -> bool:
        is_above = any(isinstance(each, _Switch) and each.name == "s" for each in argument)
        return is_above and (self.is_ruby or bool(_SOUND.fullmatch(text)))

    def _in_brackets(self, node: _Switch) -> Iterator[Piece]:
        both = node.options.get("bc", "(").lstrip("\\")
        closing = {"(": ")", "[": "]", "{": "}", "<": ">"}.get(both, both)
        yield node.options.get("lc", "" if "rc" in node.options else both).lstrip("\\"), ""
        for argument in node.arguments:
            yield from self.all(argument)
        yield node.options.get("rc", "" if "lc" in node.options else closing).lstrip("\\"), ""

    def _plain(self, argument: list["_Switch | str"]) -> str:
        return "".join(words for words, _ in self.all(argument)).strip()

    def _grouped(self, argument: list["_Switch | str"]) -> str:
        words = self._plain(argument)
        return words if words.isalnum() or len(words) < 2 else f"({words})"


def _is_frame(text: str) -> bool:
    return len(text) == 1 and text in _RINGS + _FRAMES


def _enclosed(frame: str, inside: str) -> str:
    """In one character where the code has one; otherwise frame and character one by one."""
    kind = "CIRCLED" if frame in _RINGS else "SQUARED"
    return _ONE_CHARACTER.get((kind, inside), frame + inside) if inside else frame


def _in_one_character() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for block in (range(0x2460, 0x2500), range(0x3244, 0x32C0), range(0x1F130, 0x1F14A)):
        for code in block:
            name = unicodedata.name(chr(code), "")
            kind = name.partition(" ")[0]
            if kind in ("CIRCLED", "SQUARED"):
                plain = unicodedata.normalize("NFKC", chr(code))
                found.setdefault((kind, plain), chr(code))
    return found


_ONE_CHARACTER = _in_one_character()
