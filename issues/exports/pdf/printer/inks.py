"""Screen colours as four inks: type and greys on the black plate alone, colours by the profile.

Pure. Colours of the screen are sRGB, 0 to 1; inks are cyan, magenta, yellow, black, 0 to 1.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageStat

PROFILES = Path(__file__).parent / "profiles"
#: Percent of ink that paper takes at one place; the profiles were made with this limit.
MOST_INK = 300
#: Below this an ink is a haze of single dots that only makes register harder.
_HAZE = 0.025
#: Channels that differ by no more are a grey, whatever its cast.
_CAST = 0.03
#: A grey that is darker than this is type.
_DARK = 0.17
#: The warm greys of the pages (`template/measures.typ`): small type and hairlines, which four
#: plates would blur.
GREYS = ("#655d52", "#cfc6b6")

Inks = tuple[float, float, float, float]
Screen = tuple[float, float, float]

WHITE: Inks = (0.0, 0.0, 0.0, 0.0)
BLACK: Inks = (0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Condition:
    """A way of printing that a profile describes; `identifier` is its name at the ICC."""

    stock: str
    identifier: str
    told: str

    @property
    def profile(self) -> bytes:
        return (PROFILES / f"{self.stock}.icc").read_bytes()


CONDITIONS = {
    each.stock: each
    for each in (
        Condition("coated", "FOGRA39", "Offset, ISO 12647-2:2004/Amd 1, coated paper 115 g/m2"),
        Condition("uncoated", "FOGRA29", "Offset, ISO 12647-2:2004/Amd 1, uncoated white paper"),
    )
}


def hexed(colour: str) -> Screen:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def grey(light: float) -> Inks:
    """A tone of the black plate, by the light that is left (0 to 1)."""
    return (0.0, 0.0, 0.0, 1.0 if light < _DARK else round(1 - light, 2))


@cache
def of(colour: Screen, stock: str) -> Inks:
    """What a colour of the pages is printed with."""
    if max(colour) - min(colour) <= _CAST or _is_grey(colour):
        return grey(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
    dot = Image.new("RGB", (1, 1), tuple(round(255 * each) for each in colour))
    mixed = _fills(stock).apply(dot).tobytes()
    inks = [each / 255 for each in mixed]
    inks = [round(each, 2) if each >= _HAZE else 0.0 for each in inks]
    over = 100 * sum(inks) / MOST_INK
    cyan, magenta, yellow, black = (each / max(over, 1) for each in inks)
    return cyan, magenta, yellow, black


def _is_grey(colour: Screen) -> bool:
    near = (hexed(each) for each in GREYS)
    return any(max(abs(a - b) for a, b in zip(colour, each, strict=True)) < 0.003 for each in near)


def separated(image: Image.Image, stock: str) -> Image.Image:
    """A picture in four inks; one without colour stays on the black plate alone."""
    if image.mode in ("1", "L"):
        black = image.convert("L").point(lambda light: 255 - light)
        nothing = Image.new("L", image.size)
        return Image.merge("CMYK", (nothing, nothing, nothing, black))
    return _pictures(stock).apply(image.convert("RGB"))


def most_ink(image: Image.Image) -> float:
    """Percent of ink at the darkest place of a picture in four inks, single dots left aside."""
    if min(image.size) >= 8:
        image = image.reduce(4)
    cyan, magenta, yellow, black = image.split()
    added = Image.blend(Image.blend(cyan, magenta, 0.5), Image.blend(yellow, black, 0.5), 0.5)
    return ImageStat.Stat(added).extrema[0][1] * 400 / 255


@cache
def _fills(stock: str) -> ImageCms.ImageCmsTransform:
    return _transform(stock, ImageCms.Intent.RELATIVE_COLORIMETRIC)


@cache
def _pictures(stock: str) -> ImageCms.ImageCmsTransform:
    return _transform(stock, ImageCms.Intent.PERCEPTUAL)


def _transform(stock: str, intent: ImageCms.Intent) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(BytesIO(CONDITIONS[stock].profile)),
        "RGB",
        "CMYK",
        renderingIntent=intent,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
