"""A sheet to draw on: flat cut paper with soft shadows, washes, glow of lamps, paper grain.

All coordinates are units of a sheet 1500 wide and 1000 high, y downwards, whatever the size in
pixels. It is drawn at twice the size asked for and reduced at the end, for clean edges.
"""

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1500, 1000
OVERSIZE = 2
SHADOW_STEP = 8  # shadows are soft: an eighth of the resolution is enough for them

Point = tuple[float, float]
Line = Sequence[Point]
Curve = list[Point]


class Easel:
    """The sheet and the few things one can do to it. `random` is seeded with `seed`."""

    def __init__(self, height: int, seed: str, paper: str) -> None:
        self.random = Random(seed)  # noqa: S311 (repeatable, not secret)
        self.scale = height * OVERSIZE / HEIGHT
        self.pixels = (round(WIDTH * self.scale), height * OVERSIZE)
        self.image = Image.new("RGB", self.pixels, paper)
        self.pen = ImageDraw.Draw(self.image)

    def polygon(self, line: Line, colour: str, alpha: float = 1, shadow: float = 0) -> None:
        """A filled shape; `shadow` is how far it seems to lie above what is below, in units."""
        if shadow:
            self._cast(line, shadow)
        if alpha >= 1:
            self.pen.polygon(self._pixels(line), fill=colour)
        else:
            self._veil(line, colour, alpha)

    def rect(
        self, x: float, y: float, w: float, h: float, colour: str,
        radius: float = 0, alpha: float = 1, shadow: float = 0,
    ) -> None:  # fmt: skip
        """A rectangle with its upper left corner at x, y."""
        self.polygon(rounded(x, y, w, h, radius), colour, alpha, shadow)

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour: str,
        alpha: float = 1, shadow: float = 0,
    ) -> None:  # fmt: skip
        """An ellipse around x, y."""
        self.polygon(oval(x, y, rx, ry), colour, alpha, shadow)

    def disc(self, x: float, y: float, r: float, colour: str, **kind: float) -> None:
        self.oval(x, y, r, r, colour, **kind)

    def line(self, line: Line, thick: float, colour: str) -> None:
        """An open line with round ends and joints."""
        wide = max(1, round(thick * self.scale))
        pixels = self._pixels(line)
        self.pen.line(pixels, fill=colour, width=wide, joint="curve")
        for x, y in (pixels[0], pixels[-1]):
            r = wide / 2 - 0.5
            self.pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def ring(self, x: float, y: float, r: float, thick: float, colour: str) -> None:
        self.line([*oval(x, y, r, r), (x + r, y)], thick, colour)

    def wash(self, top: str, bottom: str, y: float = 0, h: float = HEIGHT) -> None:
        """A vertical gradient over the whole width."""
        rows = 64
        ramp = Image.linear_gradient("L").resize((1, rows))
        strip = Image.composite(
            Image.new("RGB", (1, rows), bottom), Image.new("RGB", (1, rows), top), ramp
        )
        upper, lower = round(y * self.scale), round((y + h) * self.scale)
        band = strip.resize((self.pixels[0], lower - upper), Image.Resampling.BILINEAR)
        self.image.paste(band, (0, upper))

    def glow(self, x: float, y: float, r: float, colour: str, strength: float = 0.6) -> None:
        """Light around a point, fading out at the radius."""
        side = max(2, round(2 * r * self.scale))
        fade = Image.radial_gradient("L").point(
            [round(255 * strength * max(0.0, 1 - v / 181) ** 2) for v in range(256)]
        )
        mask = fade.resize((side, side), Image.Resampling.BILINEAR)
        corner = round((x - r) * self.scale), round((y - r) * self.scale)
        self.image.paste(colour, (*corner, corner[0] + side, corner[1] + side), mask)

    def mist(self, y: float, h: float, colour: str, strength: float = 0.6) -> None:
        """A horizontal veil, densest in its middle."""
        ramp = Image.linear_gradient("L").resize((1, 64))
        mask = ramp.point(
            [round(255 * strength * math.sin(math.pi * v / 255) ** 2) for v in range(256)]
        )
        upper, high = round(y * self.scale), round(h * self.scale)
        veil = mask.resize((self.pixels[0], high), Image.Resampling.BILINEAR)
        self.image.paste(colour, (0, upper, self.pixels[0], upper + high), veil)

    def mirror(self, y: float, h: float, tint: str, strength: float) -> None:
        """The picture above y, upside down below it, as in water of the colour `tint`."""
        line, high = round(y * self.scale), round(h * self.scale)
        above = self.image.crop((0, line - high, self.pixels[0], line))
        small = above.reduce(4).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        soft = small.filter(ImageFilter.BoxBlur(3)).resize(above.size, Image.Resampling.BILINEAR)
        water = Image.new("RGB", soft.size, tint)
        self.image.paste(Image.blend(soft, water, strength), (0, line))

    def finish(self, size: tuple[int, int]) -> Image.Image:
        """The picture in `size` pixels: cut to its proportion in the middle, with the grain."""
        wide = min(self.pixels[0], round(self.pixels[1] * size[0] / size[1]))
        left = (self.pixels[0] - wide) // 2
        cut = self.image.crop((left, 0, left + wide, self.pixels[1]))
        return self._grained(cut.resize(size, Image.Resampling.BOX))

    def _grained(self, picture: Image.Image) -> Image.Image:
        """Fibres of paper and a breath of shade towards the corners."""
        w, h = picture.size
        speck = Image.frombytes("L", (w // 2, h // 2), self.random.randbytes((w // 2) * (h // 2)))
        fibre = speck.filter(ImageFilter.BoxBlur(1)).resize((w, h), Image.Resampling.BICUBIC)
        grain = fibre.point([244 + round(11 * v / 255) for v in range(256)])
        shade = Image.radial_gradient("L").resize((w, h), Image.Resampling.BILINEAR)
        edge = shade.point([255 - round(26 * max(0, v - 130) / 125) for v in range(256)])
        tone = ImageChops.multiply(grain, edge)
        return ImageChops.multiply(picture, Image.merge("RGB", (tone, tone, tone)))

    def _pixels(self, line: Line) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in line]

    def _bounds(self, line: Line, margin: float = 0) -> tuple[int, int, int, int]:
        """Pixels around a shape, inside the sheet; at least one wide and high."""
        xs, ys = [x for x, _ in line], [y for _, y in line]
        left = min(max(round((min(xs) - margin) * self.scale), 0), self.pixels[0] - 1)
        top = min(max(round((min(ys) - margin) * self.scale), 0), self.pixels[1] - 1)
        right = min(max(round((max(xs) + margin) * self.scale), left + 1), self.pixels[0])
        bottom = min(max(round((max(ys) + margin) * self.scale), top + 1), self.pixels[1])
        return left, top, right, bottom

    def _veil(self, line: Line, colour: str, alpha: float) -> None:
        bounds = left, top, right, bottom = self._bounds(line)
        mask = Image.new("L", (right - left, bottom - top), 0)
        shape = [(x - left, y - top) for x, y in self._pixels(line)]
        ImageDraw.Draw(mask).polygon(shape, fill=round(255 * alpha))
        self.image.paste(colour, bounds, mask)

    def _cast(self, line: Line, depth: float) -> None:
        """The shadow of a paper `depth` units above the ground, light from the upper left."""
        fallen = [(x + depth * 0.5, y + depth * 0.8) for x, y in line]
        bounds = left, top, right, bottom = self._bounds(fallen, depth * 2)
        small = max(1, (right - left) // SHADOW_STEP), max(1, (bottom - top) // SHADOW_STEP)
        mask = Image.new("L", small, 0)
        shape = [
            ((x - left) * small[0] / (right - left), (y - top) * small[1] / (bottom - top))
            for x, y in self._pixels(fallen)
        ]
        ImageDraw.Draw(mask).polygon(shape, fill=84)
        blur = ImageFilter.GaussianBlur(depth * self.scale / SHADOW_STEP * 0.6)
        soft = mask.filter(blur).resize((right - left, bottom - top), Image.Resampling.BILINEAR)
        self.image.paste("#1d1420", bounds, soft)


def oval(x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360) -> Curve:
    """Points of an ellipse from `start` to `end` degrees, clockwise from the right."""
    count = max(12, round(abs(end - start) / 4))
    angles = [math.radians(start + (end - start) * i / count) for i in range(count + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def rounded(x: float, y: float, w: float, h: float, r: float) -> Line:
    """A rectangle whose corners have the radius r."""
    r = min(r, w / 2, h / 2)
    if r <= 0:
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    return [
        *oval(x + w - r, y + r, r, r, -90, 0),
        *oval(x + w - r, y + h - r, r, r, 0, 90),
        *oval(x + r, y + h - r, r, r, 90, 180),
        *oval(x + r, y + r, r, r, 180, 270),
    ]


def around(x: float, y: float, offsets: Line, scale: float = 1) -> Line:
    """Points given from x, y as their origin."""
    return [(x + a * scale, y + b * scale) for a, b in offsets]


def smooth(line: Line, closed: bool = False, steps: int = 10) -> Curve:
    """A curve through the points (Catmull and Rom)."""
    ends = (line[-1], *line, *line[:2]) if closed else (line[0], *line, line[-1])
    curve: Curve = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            x, y = (_between(a[k], b[k], c[k], d[k], step / steps) for k in (0, 1))
            curve.append((x, y))
    return curve if closed else [*curve, line[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t
        + (3 * b - a - 3 * c + d) * t**3
    )  # fmt: skip


def skyline(random: Random, y: float, swing: float, waves: float = 1.5) -> Line:
    """The edge of a hill range across the sheet, around the height y."""
    turns = [(waves * f, random.uniform(0, math.tau), swing / f) for f in (1, 2.1, 4.3)]
    return [
        (x, y - sum(s * math.sin(math.tau * f * x / WIDTH + turn) for f, turn, s in turns) / 1.7)
        for x in range(-40, WIDTH + 60, 20)
    ]


def down_to(line: Line, y: float = HEIGHT + 20) -> Line:
    """The surface between a line and the height y below it."""
    return [*line, (line[-1][0], y), (line[0][0], y)]
