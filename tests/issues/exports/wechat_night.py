"""How WeChat recolours a message by night, after the platform's published algorithm: backgrounds
that are light are darkened, and type that would be too near to its ground is moved away from it.
"""

import colorsys
import re

RGB = tuple[float, float, float]

GROUND: RGB = (25, 25, 25)
TYPE: RGB = (163, 163, 163)
PAPER: RGB = (255, 255, 255)
#: Perceived brightness, of 255: as good as white; a ground at most; type from its ground at least.
WHITE, BRIGHTEST, APART, LIGHT_GROUND = 250, 190, 65, 100
#: Lightness, of 100: what is inverted; how dark a ground may be.
INVERTED, DARKEST = 40, 22
_FARTHEST = 163 - 25


def rgb(colour: str) -> RGB:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def brightness(colour: RGB) -> float:
    return (colour[0] * 299 + colour[1] * 587 + colour[2] * 114) / 1000


def lightness(colour: RGB) -> tuple[float, float, float]:
    """Hue, lightness of 100, saturation."""
    hue, light, pure = colorsys.rgb_to_hls(*(each / 255 for each in colour))
    return hue, light * 100, pure


def with_lightness(colour: RGB, light: float) -> RGB:
    hue, _, pure = lightness(colour)
    red, green, blue = colorsys.hls_to_rgb(hue, light / 100, pure)
    return red * 255, green * 255, blue * 255


def as_bright_as(limit: float, colour: RGB) -> RGB:
    ratio = limit / brightness(colour)
    red, green, blue = (min(255.0, each * ratio) for each in colour)
    if green == 0 or 255 in (red, blue):
        green = (limit * 1000 - red * 299 - blue * 114) / 587
    elif red == 0:
        red = (limit * 1000 - green * 587 - blue * 114) / 299
    elif blue == 0 or green == 255:
        blue = (limit * 1000 - red * 299 - green * 587) / 114
    return red, green, blue


def ground(colour: RGB) -> RGB:
    """A ground by night."""
    _, light, pure = lightness(colour)
    if (pure == 0 and light > INVERTED) or brightness(colour) > WHITE:
        dark = lightness(GROUND)[1]
        return with_lightness((0, 0, 0), min(100, 100 + dark - light))
    if brightness(colour) > BRIGHTEST:
        return as_bright_as(BRIGHTEST, colour)
    return with_lightness(colour, DARKEST) if light < DARKEST else colour


def type_on(colour: RGB, dark: RGB) -> RGB:
    """Type by night, on what its ground has become."""
    bright, own = brightness(dark), brightness(colour)
    if own >= WHITE:
        return colour
    if abs(bright - own) > _FARTHEST and bright <= brightness(GROUND) + 2:
        return as_bright_as(_FARTHEST + bright, colour)
    if abs(bright - own) >= APART:
        return colour
    light = lightness(colour)[1]
    if bright >= LIGHT_GROUND:
        if light > 90 - INVERTED:
            return type_on(with_lightness(colour, 90 - light), dark)
        return as_bright_as(min(_FARTHEST, bright - APART), colour)
    if light <= INVERTED:
        return type_on(with_lightness(colour, 90 - light), dark)
    return as_bright_as(min(_FARTHEST, bright + APART), colour)


def contrast(one: RGB, other: RGB) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    parts = (min(255.0, max(0.0, each)) / 255 for each in colour)
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def pairs(html: str) -> set[tuple[str, str]]:
    """Type and the ground that it stands on, of every element that names a colour of its own."""
    found: set[tuple[str, str]] = set()
    stack = [("#000000", "#ffffff")]
    for closing, _tag, rest in re.findall(r"<(/?)([a-z0-9]+)([^>]*)>", html):
        if closing:
            stack.pop()
        elif not rest.endswith("/"):
            styles = re.search(r'style="([^"]*)"', rest)
            told = styles[1] if styles else ""
            ink = re.search(r"(?:^|;)\s*color:(#[0-9a-f]{6})", told)
            under = re.search(r"background(?:-color)?:(#[0-9a-f]{6})", told)
            above = stack[-1]
            stack.append((ink[1] if ink else above[0], under[1] if under else above[1]))
            found.add(stack[-1])
    return found - {("#000000", "#ffffff")}
