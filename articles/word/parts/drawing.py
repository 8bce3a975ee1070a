"""What a piece of Word's art holds: words, a picture, shapes that are only drawn; what is not seen,
and what is seen in other colours than it is stored.
"""

import re
from xml.etree.ElementTree import Element

from .names import MC, WP, A, M, O, R, V, W

IS_TEXT = (W + "t", M + "t", A + "t")
IS_PICTURE = (A + "blip", V + "imagedata")
_OLD_SHAPES = frozenset(
    V + each for each in ("shape", "rect", "roundrect", "oval", "line", "polyline", "arc", "curve")
)
_NEW_SHAPES = ("}wsp", "}cxnSp", "}sp")
#: A diagram has shapes of its own, and is said as a diagram.
_TELLING = (*IS_PICTURE, V + "textpath", W + "sym")
_KINDS = frozenset(
    "picture chart chartex diagram wordprocessingShape wordprocessingGroup wordprocessingCanvas "
    "lockedCanvas model3d wordprocessingInk".split()
)
_UNSEEN = re.compile(r"(?:^|;)\s*visibility:\s*hidden", re.IGNORECASE)
_COLOURS = frozenset(
    A + each
    for each in (
        *("grayscl", "biLevel", "duotone", "lum", "clrChange", "clrRepl", "hsl", "tint"),
        *("alphaModFix", "alphaBiLevel", "fillOverlay"),
    )
)
_OLD_COLOURS = ("grayscale", "bilevel", "gain", "blacklevel", "gamma", "chromakey", "recolortarget")


def says_anything(element: Element) -> bool:
    """Whether it holds words, letters that are drawn, or a picture."""
    telling = (*_TELLING, V + "fill", A + "graphicData")
    return has_words(element) or any(each.tag in telling for each in element.iter())


def has_words(element: Element) -> bool:
    return any(each.tag in IS_TEXT and (each.text or "").strip() for each in element.iter())


def is_hidden(art: Element) -> bool:
    for each in art.iter():
        if each.tag == WP + "docPr":
            return each.get("hidden", "0") in ("1", "true")
    return any(_UNSEEN.search(each.get("style", "")) for each in art if each.tag.startswith(V))


def is_line_across(art: Element) -> bool:
    return any(each.get(O + "hr") in ("t", "true", "1") for each in art)


def has_shapes(art: Element) -> bool:
    """Whether a part of it is seen that is neither words nor a picture: an arrow, a line, a box."""
    waiting = [] if art.tag == W + "object" else list(art)  # it shows what it embeds
    while waiting:
        each = waiting.pop()
        if each.tag == MC + "Fallback":
            continue
        if each.tag in _OLD_SHAPES or each.tag.endswith(_NEW_SHAPES):
            if not (_says_something(each) or _is_clear(each)):
                return True
        elif each.tag != W + "txbxContent":
            waiting += each
    return False


def _says_something(shape: Element) -> bool:
    is_filled = any(
        each.tag == V + "fill" and (each.get(R + "id") or each.get(O + "relid"))
        for each in shape.iter()
    )
    return is_filled or has_words(shape) or any(each.tag in _TELLING for each in shape.iter())


def _is_clear(shape: Element) -> bool:
    """Neither filled nor with a line around."""
    if shape.tag.startswith(V):
        return {shape.get("filled"), shape.get("stroked")} <= {"f", "false"}
    look = next((each for each in shape if each.tag.endswith("}spPr")), None)
    line = look.find(A + "ln") if look is not None else None
    return (
        look is not None
        and look.find(A + "noFill") is not None
        and line is not None
        and line.find(A + "noFill") is not None
    )


def is_unknown(art: Element) -> bool:
    """Whether it is of a kind that nobody here has heard of."""
    kinds = {each.get("uri", "").rpartition("/")[2] for each in art.iter(A + "graphicData")}
    return any(kind and kind not in _KINDS for kind in kinds)


def leans_in_space(look: Element) -> bool:
    """Of a picture's `spPr`."""
    camera = look.find(f"{A}scene3d/{A}camera")
    return camera is not None and (
        camera.get("prst") != "orthographicFront" or camera.find(A + "rot") is not None
    )


def is_video(picture: Element) -> bool:
    return any(each.tag.endswith("}webVideoPr") for each in picture.iter())


def is_recoloured(picture: Element) -> bool:
    """Of a `blip` or an `imagedata`."""
    return any(each.tag in _COLOURS for each in picture) or any(
        picture.get(each, "f") not in ("f", "false", "") for each in _OLD_COLOURS
    )
