"""Blocks that make one paragraph, whatever tore it: the column of a page, a running head. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from .texts import Block, Text

#: Shorter lines are verse, addresses, titles; they may end as they like.
_LONG = 30
_OPEN_END = re.compile(r"[\u3400-\u9fff，、,]$")
_CONTINUES = re.compile(r"[\u3400-\u9fff，、；。！？）”,;]")
_STARTS_ANEW = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]"
)
_ENDED = re.compile(r"[。！？…”）：—.!?]$")
# What running text has and a heading of thirty characters lacks: an end of a sentence inside, many
# commas, a last word that cannot be the last.
_RUNNING_TEXT = re.compile(
    r"[。！？；;].|(?:[，,].{0,200}){3}|[的了和与及在为对将把以其之这那而并也能等]$"
)
_HEADING = 60
# The end of a letter: ——一位姓罗的老师
_SIGNED = re.compile(r"—{1,3}[^，。！？—]{1,20}$")
#: A line that comes so often is no text: a running head.
_RUNNING = 3


def running_heads(text: Text) -> frozenset[str]:
    """Short lines without an end mark that a file repeats."""
    if not text.is_file:
        return frozenset()
    short = Counter(
        block.text for block in text.blocks if len(block.text) < _LONG and not _ends(block)
    )
    return frozenset(line for line, times in short.items() if times >= _RUNNING)


def _ends(block: Block) -> bool:
    return bool(_ENDED.search(block.text))


def passages(text: Text) -> list[list[Block]]:
    """All blocks but running heads, those of a torn paragraph together."""
    found: list[list[Block]] = []
    heads = text.once(running_heads)
    for block in text.blocks:
        if block.text in heads:
            continue
        if found and is_torn(found[-1][-1], block):
            found[-1].append(block)
        else:
            found.append([block])
    return found


def is_torn(block: Block, following: Block) -> bool:
    """Whether a paragraph breaks off in the middle of a sentence, and the next block goes on."""
    return (
        block.part == following.part == "body"
        and block.kind == following.kind
        and block.kind in ("p", "line")
        and len(block.text) >= _LONG
        and len(following.text) >= _LONG // 2
        and following.indent == 0
        and bool(_OPEN_END.search(block.text))
        and bool(_CONTINUES.match(following.text))
        and not _STARTS_ANEW.match(following.text)
        and "，" in _wide(block.text)
        and not _SIGNED.search(block.text)
        and not _may_be_a_heading(block, following)
    )


def _may_be_a_heading(block: Block, following: Block) -> bool:
    """A line that can stand alone, above a paragraph that begins with a word."""
    return (
        len(block.text) < _HEADING
        and not re.search(r"[，、,]$", block.text)
        and not re.match(r"[，、；。！？）”,;的了们]|.{1,2}[，。；,;]", following.text)
        and not _RUNNING_TEXT.search(block.text)
    )


def _wide(text: str) -> str:
    """Running text has commas, of whatever width; a row of names has none."""
    return text.replace(",", "，").replace("；", "，").replace("。", "，")


def tears(text: Text) -> Iterator[tuple[Block, Block]]:
    for passage in text.once(passages):
        yield from pairwise(passage)
