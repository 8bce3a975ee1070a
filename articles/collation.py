"""Two texts against each other, character by character. Pure."""

from dataclasses import dataclass
from typing import Literal

from diff_match_patch import diff_match_patch

#: Seconds after which the rest counts as rewritten, and characters from which everything does.
_PATIENCE = 0.5
_TOO_LONG = 100_000
#: Characters that are shown on either side of what changed.
_AROUND = 24
_GAP = "……"
_KINDS = {-1: "gone", 0: "same", 1: "new"}


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Literal["same", "gone", "new"]
    words: str


def pieces(before: str, after: str) -> list[Piece]:
    """What went and what came, with a few words around it; nothing where the two are the same."""
    if before == after:
        return []
    found = [Piece(_KINDS[kind], words) for kind, words in _compared(before, after)]
    last = len(found) - 1
    return [_shortened(each, at == 0, at == last) for at, each in enumerate(found)]


def _compared(before: str, after: str) -> list[tuple[int, str]]:
    if len(before) + len(after) > _TOO_LONG:
        return [(kind, words) for kind, words in ((-1, before), (1, after)) if words]
    comparing = diff_match_patch()
    comparing.Diff_Timeout = _PATIENCE
    found = comparing.diff_main(before, after)
    comparing.diff_cleanupSemantic(found)
    return found


def _shortened(piece: Piece, is_first: bool, is_last: bool) -> Piece:
    """Of what stayed the same only the ends beside a change."""
    words = piece.words
    kept = _AROUND * (2 - is_first - is_last) + len(_GAP)
    if piece.kind != "same" or len(words) <= kept:
        return piece
    start = "" if is_first else words[:_AROUND]
    end = "" if is_last else words[-_AROUND:]
    return Piece("same", f"{start}{_GAP}{end}")
