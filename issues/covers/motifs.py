"""The pictures of the covers: paper-cut motifs, each drawn into any box from 1:1 to 2:1.

A motif is a function of box, palette, running number and a seeded random source; it returns
SVG elements that fill the box and stay inside it.
"""

import math
from collections.abc import Callable, Iterator
from random import Random

from .palettes import Palette
from .shapes import (
    Box,
    Point,
    clip,
    disc,
    dome,
    leaf,
    outline,
    path,
    polygon,
    rect,
    ridge,
    ring,
    shifted,
    strokes,
    under,
)

Motif = Callable[[Box, Palette, int, Random], list[str]]


def sun(box: Box, colours: Palette, u: float, v: float, share: float = 0.13) -> list[str]:
    """The one light spot of a picture, with a thin ring of air around it."""
    centre, radius = box.at(u, v), box.short * share
    return [
        disc(centre, radius, colours.sun),
        ring(centre, radius * 1.16, colours.sun, 0.8, 0.55),
    ]


def is_tall(box: Box) -> bool:
    """Whether the left of the box lies under the title slip."""
    return box.h > box.w * 0.75 and box.w > 400


def place(box: Box, random: Random, *choices: float) -> float:
    """Where across the box the eye should rest: clear of the slip, or in a window's middle."""
    chosen = random.choice(choices)
    if box.w < 300:
        return 0.55
    return 0.62 if is_tall(box) else chosen


def waves(box: Box, colours: Palette, _: int, random: Random) -> list[str]:
    """青海波: rows of scales, darker the nearer, under a low sun."""
    art = [
        rect(box, colours.sky),
        *sun(box, colours, place(box, random, 0.36, 0.62), 0.36, 0.18),
    ]
    art += cloud(box, colours, random.choice((0.4, 0.6)), 0.26)
    columns = 6 if box.w < 300 else 8
    radius = box.w / columns / 2
    rows = int(box.h * 0.56 / (radius * 0.56)) + 1
    tones = (colours.far, colours.mid, colours.near, colours.deep)
    for row in range(rows):
        y = box.y + box.h * 0.46 + row * radius * 0.56 + radius
        tone = tones[min(row * len(tones) // rows, 3)]
        art += scales(box, min(y, box.bottom), radius, row % 2, (tone, colours.line))
    return art


def scales(box: Box, y: float, radius: float, odd: int, colours: tuple[str, str]) -> list[str]:
    """One row of scales; the odd rows stand between the even ones, cut at the box's sides."""
    tone, line = colours
    row = []
    for i in range(round(box.w / radius / 2) + odd):
        x = box.x + radius * (2 * i + 1 - odd)
        turn = (0 if x > box.x + 1 else 1, 2 if x < box.right - 1 else 1)
        rings = "".join(arc((x, y), radius * share, turn) for share in (0.96, 0.7, 0.42))
        row.append(path(f"{arc((x, y), radius, turn)}L{x:.1f} {y:.1f}Z", tone))
        row.append(
            f'<path d="{rings}" fill="none" stroke="{line}" stroke-width="0.9"'
            ' stroke-opacity="0.62"/>'
        )
    return row


def arc(centre: Point, radius: float, turn: tuple[int, int]) -> str:
    """Path data of an upper arc; `turn` counts its quarters from the left, (0, 2) is half."""
    quarters = ((-radius, 0.0), (0.0, -radius), (radius, 0.0))
    (x, y), r = centre, f"{radius:.1f}"
    (x1, y1), (x2, y2) = (quarters[end] for end in turn)
    return f"M{x + x1:.1f} {y + y1:.1f}A{r} {r} 0 0 1 {x + x2:.1f} {y + y2:.1f}"


def steps(start: float, end: float, count: int) -> Iterator[float]:
    return (start + (end - start) * i / count for i in range(count + 1))


def cloud(box: Box, colours: Palette, u: float, v: float) -> list[str]:
    """Three bars of mist, rounded like the clouds on a carved beam."""
    x, y = box.at(u, v)
    unit = box.w / 30
    bars = ((0, 0, 6), (1.6, 1, 8), (-0.6, 2, 4.4))
    return [
        rect(
            Box(x + a * unit, y + b * unit * 0.62, c * unit, unit * 0.34),
            colours.line,
            unit / 5,
        )
        for a, b, c in bars
    ]


def mountains(box: Box, colours: Palette, _: int, random: Random) -> list[str]:
    """Ranges behind one another, each with the hairlines of a brush along its back."""
    art = [
        rect(box, colours.sky),
        *sun(box, colours, place(box, random, 0.42, 0.64), 0.28, 0.15),
    ]
    art += cloud(box, colours, random.choice((0.36, 0.62)), 0.27)
    layers = (
        (colours.far, 0.5, 0.16, 1.1), (colours.mid, 0.36, 0.15, 1.35),
        (colours.near, 0.23, 0.1, 1.2), (colours.deep, 0.1, 0.06, 0.9),
    )  # fmt: skip
    for tone, height, swing, peaks in layers:
        line = ridge(box, height, swing, random, peaks)
        art.append(polygon(under(line, box), tone))
        art.append(brush(line, box, colours.line))
    return art + birds(box, colours)


def brush(line: list[Point], box: Box, colour: str) -> str:
    """Hairlines under a skyline, closer near the top, kept above the box's lower edge."""
    gaps = [box.h * g for g in (0.014, 0.034, 0.06, 0.094)]
    backs = [[(x, min(y, box.bottom)) for x, y in shifted(line, gap)] for gap in gaps]
    return strokes(backs, colour, 0.7, 0.42)


def birds(box: Box, colours: Palette) -> list[str]:
    wing = box.short * 0.022
    spots = [box.at(u, v) for u, v in ((0.8, 0.36), (0.85, 0.325), (0.875, 0.375))]
    flock = [[(x - wing, y - wing / 2), (x, y), (x + wing, y - wing * 0.7)] for x, y in spots]
    return [strokes(flock, colours.deep, 1.2, 0.85)]


def lattice(box: Box, colours: Palette, _: int, random: Random) -> list[str]:
    """花窗: hills and the moon through the bars of a garden window."""
    art = [rect(box, colours.sky), *sun(box, colours, 0.62, 0.34, 0.2)]
    for tone, height, swing in ((colours.far, 0.36, 0.1), (colours.mid, 0.2, 0.08)):
        art.append(polygon(under(ridge(box, height, swing, random, 1.0), box), tone))
    rows = max(2, round(box.h / 112))
    columns = max(2, round(box.w / (box.h / rows)))
    cell = Box(box.x, box.y, box.w / columns, box.h / rows)
    bars = [
        bar
        for i in range(columns)
        for j in range(rows)
        for bar in pane(Box(box.x + i * cell.w, box.y + j * cell.h, cell.w, cell.h))
    ]
    art.append(strokes(bars, colours.deep, cell.w * 0.045))
    inset = cell.w * 0.03
    frame = Box(box.x + inset, box.y + inset, box.w - 2 * inset, box.h - 2 * inset)
    return [*art, outline(frame, colours.deep, inset * 2)]


def pane(cell: Box) -> list[list[Point]]:
    """One field of the pattern: an octagon held by eight bars, with a diamond in it."""
    cut = 0.3
    octagon = [
        (cut, 0.1), (1 - cut, 0.1), (0.9, cut), (0.9, 1 - cut),
        (1 - cut, 0.9), (cut, 0.9), (0.1, 1 - cut), (0.1, cut), (cut, 0.1),
    ]  # fmt: skip
    diamond = [(0.5, 0.3), (0.7, 0.5), (0.5, 0.7), (0.3, 0.5), (0.5, 0.3)]
    ties = [
        [(0.5, 0), (0.5, 0.3)], [(0.5, 0.7), (0.5, 1)], [(0, 0.5), (0.3, 0.5)],
        [(0.7, 0.5), (1, 0.5)], [(0, 0), (0.2, 0.2)], [(1, 0), (0.8, 0.2)],
        [(0, 1), (0.2, 0.8)], [(1, 1), (0.8, 0.8)],
    ]  # fmt: skip
    return [[cell.at(u, v) for u, v in line] for line in (octagon, diamond, *ties)]


def door(box: Box, colours: Palette, _: int, random: Random) -> list[str]:
    """A door ajar: its light falls out over the step."""
    art = [rect(box, colours.far), bricks(box, colours)]
    tall = box.h * 0.8
    wide = min(tall * 0.86, box.w * (0.62 if box.w < 300 else 0.44))
    left = box.at(place(box, random, 0.46, 0.54), 0)[0] - wide / 2 + box.w * 0.04
    frame = Box(left, box.y + box.h * 0.08, wide, tall)
    art.append(rect(Box(box.x, frame.bottom, box.w, box.bottom - frame.bottom), colours.near))
    art.append(rect(grown(frame, wide * 0.07), colours.deep))
    art.append(rect(frame, colours.sun))
    art += leaves(frame, colours)
    art.append(spill(box, frame, colours))
    roomy = box.w > 300 and not is_tall(box)
    return art + lanterns(box, frame, colours) if roomy else art


def grown(box: Box, by: float) -> Box:
    """The frame around a door: wider at the sides and above, flush with the floor."""
    return Box(box.x - by, box.y - by, box.w + 2 * by, box.h + by)


def bricks(box: Box, colours: Palette) -> str:
    """The joints of a wall, as hairlines."""
    course, brick = box.short / 15, box.short / 5.5
    rows = int(box.h / course)
    lines = [[(box.x, box.y + i * course), (box.right, box.y + i * course)] for i in range(1, rows)]
    for i in range(rows):
        x = box.x + brick * (1 if i % 2 else 0.5)
        while x < box.right:
            lines.append([(x, box.y + i * course), (x, box.y + (i + 1) * course)])
            x += brick
    return strokes(lines, colours.line, 0.7, 0.38)


def leaves(frame: Box, colours: Palette) -> list[str]:
    """The left leaf closed, the right one swung inwards and so seen narrower."""
    half = frame.w / 2
    swing = half * 0.42
    left = Box(frame.x, frame.y, half, frame.h)
    edge, lift = frame.right - swing, frame.h * 0.05
    ajar = [
        (frame.right, frame.y), (edge, frame.y + lift),
        (edge, frame.bottom - lift), (frame.right, frame.bottom),
    ]  # fmt: skip
    art = [
        rect(left, colours.mid),
        outline(inner(left, half * 0.06), colours.deep, 1.2, 0.7),
    ]
    art.append(polygon(ajar, colours.near))
    spots = [left.at((i + 1) / 6, (j + 0.7) / 9) for j in range(9) for i in range(5) if j != 4]
    art += [disc(spot, half * 0.036, colours.sun) for spot in spots]
    knob = left.at(0.8, 0.5)
    return [
        *art,
        disc(knob, half * 0.055, colours.sun),
        ring(knob, half * 0.1, colours.sun, 2),
    ]


def inner(box: Box, by: float) -> Box:
    return Box(box.x + by, box.y + by, box.w - 2 * by, box.h - 2 * by)


def spill(box: Box, frame: Box, colours: Palette) -> str:
    """The light on the ground before the open leaf."""
    start, end = frame.x + frame.w / 2, frame.right - frame.w * 0.21
    drift = frame.w * 0.28
    fall = [
        (start, frame.bottom), (end, frame.bottom),
        (end - drift * 0.5, box.bottom), (start - drift * 1.5, box.bottom),
    ]  # fmt: skip
    return polygon(clip(fall, box), colours.sun, 0.8)


def lanterns(box: Box, frame: Box, colours: Palette) -> list[str]:
    art = []
    size = box.short * 0.07
    for x in (frame.x - frame.w * 0.2, frame.right + frame.w * 0.2):
        if not box.x + size < x < box.right - size:
            continue
        y = box.y + box.h * 0.28
        art.append(strokes([[(x, box.y), (x, y + size * 2.2)]], colours.deep, 1.2))
        body = Box(x - size, y - size * 0.78, size * 2, size * 1.56)
        art.append(rect(body, colours.seal, size))
        ends = (y - size * 0.6, y + size * 0.6)
        ribs = [[(x + size * side, end) for end in ends] for side in (-0.4, 0.4)]
        art.append(strokes(ribs, colours.sun, 0.8, 0.7))
        for cap in (-0.9, 0.72):
            art.append(rect(Box(x - size / 2, y + size * cap, size, size * 0.2), colours.deep))
    return art


def grain(box: Box, colours: Palette, _: int, random: Random) -> list[str]:
    """Ears of rice bowing before a large sun."""
    art = [rect(box, colours.sky), *sun(box, colours, 0.62, 0.38, 0.25)]
    line = ridge(box, 0.24, 0.05, random, 0.8)
    art += [polygon(under(line, box), colours.far), brush(line, box, colours.line)]
    front = ridge(box, 0.1, 0.02, random, 0.7)
    count = 5 if box.w < 300 else 7
    for i in random.sample(range(count), count):
        root = box.at((i + random.uniform(0.35, 0.65)) / count, 0.99)
        tall = box.h * (0.52 + 0.28 * (i * 3 % count) / count)
        tone = (colours.near, colours.deep, colours.mid)[i % 3]
        art += ear(box, root, tall, tone, 1 if root[0] < box.at(0.6, 0)[0] else -1)
    return [
        *art,
        polygon(under(front, box), colours.deep),
        brush(front, box, colours.line),
    ]


def ear(box: Box, root: Point, tall: float, tone: str, way: int) -> list[str]:
    """One stalk, its tip bent over to the side `way`, with grains along the bent part."""
    stalk = []
    for t in steps(0, 1, 30):
        bow = max(t - 0.45, 0) / 0.55
        x = root[0] + way * tall * (0.05 * t + 0.26 * bow**1.7)
        stalk.append((x, root[1] - tall * (t - 0.34 * bow**2.6)))
    seeds, size = "", min(tall * 0.1, 26)
    for (x, y), (x2, y2) in zip(stalk[14::2], stalk[15::2], strict=False):
        along = math.atan2(y2 - y, x2 - x)
        seeds += leaf((x, y), size, along - 0.5, 0.36) + leaf((x, y), size, along + 0.5, 0.36)
    for knot, share, lean in ((6, 0.34, -0.62), (3, 0.26, 0.8)):
        if box.x < stalk[knot][0] + way * tall * share * math.sin(lean) < box.right:
            seeds += leaf(stalk[knot], tall * share, -math.pi / 2 + way * lean, 0.11)
    return [strokes([stalk], tone, 1.8), path(seeds, tone)]


def bridge(box: Box, colours: Palette, _: int, random: Random) -> list[str]:
    """An arched bridge and its reflection: together a full moon."""
    art = [
        rect(box, colours.sky),
        *sun(box, colours, place(box, random, 0.2, 0.8), 0.2, 0.1),
    ]
    line = ridge(Box(box.x, box.y, box.w, box.h * 0.62), 0.3, 0.14, random, 0.9)
    water = Box(box.x, box.y + box.h * 0.62, box.w, box.h * 0.38)
    art.append(polygon([*line, (box.right, water.y), (box.x, water.y)], colours.far))
    art.append(rect(water, colours.mid))
    art += [span(box, water.y, colours.near, -1), span(box, water.y, colours.deep, 1)]
    art += [parapet(box, water.y, colours), ripples(water, colours, random)]
    return [*art, *boat(box, colours)]


def span(box: Box, y: float, tone: str, way: int) -> str:
    """Deck and arches above the water (way 1) or, flatter, in it (way -1)."""
    rise = box.h * (0.3 if way > 0 else 0.22)
    deck = [(u, y - way * rise * (math.sin(math.pi * u) ** 1.5 * 0.86 + 0.14))
            for u in steps(0, 1, 24)]  # fmt: skip
    data = "M" + " ".join(f"{box.at(u, 0)[0]:.1f} {v:.1f}" for u, v in deck)
    data += f"L{box.right:.1f} {y:.1f}"
    sweep = 0 if way > 0 else 1
    for u, share in ((0.78, 0.075), (0.5, 0.14), (0.22, 0.075)):
        rx, ry = (
            box.w * share,
            min(box.w * share, box.h * 0.24) * (1 if way > 0 else 0.74),
        )
        x = box.at(u, 0)[0]
        data += f"L{x + rx:.1f} {y:.1f}A{rx:.1f} {ry:.1f} 0 0 {sweep} {x - rx:.1f} {y:.1f}"
    return path(f"{data}L{box.x:.1f} {y:.1f}Z", tone)


def parapet(box: Box, y: float, colours: Palette) -> str:
    """The joints and posts of the bridge's rail."""
    rise = box.h * 0.3
    top = [
        (box.at(u, 0)[0], y - rise * (math.sin(math.pi * u) ** 1.5 * 0.86 + 0.14))
        for u in steps(0, 1, 24)
    ]
    posts = [[(x, v), (x, v - box.h * 0.03)] for x, v in top]
    return (
        strokes([shifted(top, box.h * 0.022)], colours.line, 0.8, 0.6)
        + strokes([shifted(top, -box.h * 0.03)], colours.deep, 2.2)
        + strokes(posts, colours.deep, 1.6)
    )


def ripples(water: Box, colours: Palette, random: Random) -> str:
    lines = []
    for i in range(26):
        y = water.y + water.h * (0.06 + 0.9 * (i / 26) ** 1.2)
        length = random.uniform(0.05, 0.2)
        u = random.uniform(0.02, 0.97 - length)
        lines.append([(water.at(u, 0)[0], y), (water.at(u + length, 0)[0], y)])
    return strokes(lines, colours.line, 1, 0.6)


def boat(box: Box, colours: Palette) -> list[str]:
    x, y = box.at(0.56 if box.w < 300 else 0.63, 0.86)
    unit = box.short * 0.035
    corners = ((-3, 0), (3, 0), (2, 1), (-2, 1))
    hull = [(x + a * unit, y + b * unit) for a, b in corners]
    return [dome((x, y), unit * 1.35, colours.sun), polygon(hull, colours.deep)]
