"""Two motifs that are laid out rather than painted: the abacus and the map of lanes."""

import math
from random import Random

from .palettes import Palette
from .shapes import Box, Point, clip, disc, polygon, rect, ring, strokes


def abacus(box: Box, colours: Palette, running_number: int, random: Random) -> list[str]:
    """An abacus that shows the running number on its last rods."""
    rods = 6 if box.w < 300 else 9
    pitch = box.w / rods
    beam = box.y + box.h * 0.32
    art = [
        rect(box, colours.sky),
        rect(Box(box.x, beam, box.w, box.h * 0.03), colours.deep),
    ]
    digits = str(abs(running_number))[-rods:].rjust(rods, "0")
    for i, digit in enumerate(digits):
        x = box.x + pitch * (i + 0.5)
        art.append(rect(Box(x - 1.5, box.y, 3, box.h), colours.near))
        art += beads(box, x, pitch, int(digit), colours)
    rail = box.h * 0.05
    edges = (box.y, box.bottom - rail)
    art += [rect(Box(box.x, y, box.w, rail), colours.deep) for y in edges]
    lines = [[(box.x, y + rail / 2), (box.right, y + rail / 2)] for y in edges]
    return [*art, strokes(lines, colours.line, 0.8, 0.5)]


def beads(box: Box, x: float, pitch: float, digit: int, colours: Palette) -> list[str]:
    """One rod: a five above the beam, four ones below; what counts touches the beam."""
    high = min(box.h * 0.098, pitch * 0.62)
    beam_top, beam_bottom = box.y + box.h * 0.32, box.y + box.h * 0.35
    floor = box.y + box.h * 0.95
    fives, ones = divmod(digit, 5)
    top = beam_top - high if fives else box.y + box.h * 0.05
    art = bead(x, top, pitch, high, colours.sun if fives else colours.mid, colours)
    for i in range(4):
        counted = i < ones
        y = beam_bottom + i * high if counted else floor - (4 - i) * high
        art += bead(x, y, pitch, high, colours.sun if counted else colours.mid, colours)
    return art


def bead(x: float, y: float, pitch: float, high: float, tone: str, colours: Palette) -> list[str]:
    """A bead is cut like a spindle."""
    half = pitch * 0.43
    low, waist, flat = y + high - 1.2, y + high / 2, half * 0.42
    top = y + 1.2
    rim = [
        (x - flat, top), (x + flat, top), (x + half, waist - high * 0.08),
        (x + half, waist + high * 0.08), (x + flat, low), (x - flat, low),
        (x - half, waist + high * 0.08), (x - half, waist - high * 0.08),
    ]  # fmt: skip
    edge = strokes([[(x - half, waist), (x + half, waist)]], colours.deep, 0.9, 0.55)
    return [polygon(rim, tone), edge]


def lanes(box: Box, colours: Palette, _: int, random: Random) -> list[str]:
    """A town from above: blocks between lanes, a river, and the lit branches in it."""
    art = [rect(box, colours.line)]
    tones = (colours.sky,) * 5 + (colours.far,) * 5 + (colours.mid,) * 3 + (colours.near,)
    reach = math.hypot(box.w, box.h)
    centre = box.at(0.5, 0.5)
    town = Box(centre[0] - reach / 2, centre[1] - reach / 2, reach, reach)
    angle = random.choice((-0.3, 0.28))
    for block in blocks(town, box.short / 5.2, random):
        corners = [turned(p, centre, angle) for p in corners_of(block)]
        seen = clip(corners, box)
        if seen:
            art.append(polygon(seen, random.choice(tones)))
    art += river(box, colours)
    return art + branches(box, colours, random)


def blocks(box: Box, largest: float, random: Random) -> list[Box]:
    """The box divided again and again, a lane's width between the parts."""
    lane = 3.2
    if max(box.w, box.h) < largest or min(box.w, box.h) < largest * 0.5:
        return [box]
    share = random.uniform(0.36, 0.64)
    if box.w > box.h:
        cut = box.w * share
        parts = (Box(box.x, box.y, cut - lane, box.h),
                 Box(box.x + cut, box.y, box.w - cut, box.h))  # fmt: skip
    else:
        cut = box.h * share
        parts = (Box(box.x, box.y, box.w, cut - lane),
                 Box(box.x, box.y + cut, box.w, box.h - cut))  # fmt: skip
    return [block for part in parts for block in blocks(part, largest, random)]


def corners_of(box: Box) -> list[Point]:
    return [
        (box.x, box.y),
        (box.right, box.y),
        (box.right, box.bottom),
        (box.x, box.bottom),
    ]


def turned(point: Point, centre: Point, angle: float) -> Point:
    dx, dy = point[0] - centre[0], point[1] - centre[1]
    cos, sin = math.cos(angle), math.sin(angle)
    return centre[0] + dx * cos - dy * sin, centre[1] + dx * sin + dy * cos


def river(box: Box, colours: Palette) -> list[str]:
    """A band of water from edge to edge, with two hairlines of current."""
    middle = [(i / 24, 0.7 + 0.14 * math.sin(i / 24 * math.tau * 0.9 + 0.6)) for i in range(25)]
    half = 0.05
    bank = [box.at(u, v - half) for u, v in middle]
    far_bank = [box.at(u, v + half) for u, v in reversed(middle)]
    current = [[box.at(u, v + d) for u, v in middle] for d in (-0.016, 0.016)]
    return [
        polygon([*bank, *far_bank], colours.deep),
        strokes(current, colours.line, 0.8, 0.5),
    ]


def branches(box: Box, colours: Palette, random: Random) -> list[str]:
    """Seven lit places, joined in the order a visitor would walk them."""
    places = (
        (0.14, 0.42),
        (0.3, 0.24),
        (0.44, 0.46),
        (0.6, 0.2),
        (0.7, 0.44),
        (0.86, 0.3),
    )
    spots = [box.at(u + random.uniform(-0.03, 0.03), v + random.uniform(-0.05, 0.05))
             for u, v in places]  # fmt: skip
    size = box.short * 0.024
    art = [strokes([spots], colours.deep, 1.6, 0.9)]
    for i, spot in enumerate(spots):
        big = size * (1.7 if i == 3 else 1)
        art += [disc(spot, big * 1.5, colours.deep), disc(spot, big, colours.sun)]
    return [*art, ring(spots[3], size * 4, colours.deep, 1, 0.8)]
