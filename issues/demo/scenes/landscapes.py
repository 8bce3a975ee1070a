"""Scenes of the country: water, fields and hills."""

import math

from .easel import Curve, Easel, down_to, oval, skyline, smooth
from .props import (
    BARK,
    CINNABAR,
    CREAM,
    HONEY,
    INDIGO,
    INK,
    JADE,
    LEAF,
    LIGHT,
    PAPER,
    PINE,
    SAGE,
    SAND,
    SKY,
    STONE,
    boat,
    frond,
    house,
    person,
    ripples,
    tree,
)


def river(easel: Easel) -> None:
    """A small branch by the river at evening, a ferry before it."""
    easel.wash("#8fb0b8", "#f3d3ae", 0, 610)
    easel.disc(1060, 350, 92, "#fbe9c0")
    easel.glow(1060, 350, 420, "#fff1cf", 0.6)
    for y, swing, colour in ((420, 70, "#a9bdbb"), (490, 60, "#7f9d9b"), (560, 34, "#5b7f77")):
        easel.polygon(down_to(skyline(easel.random, y, swing), 610), colour)
        easel.mist(y + 10, 120, "#f3e2c6", 0.35)
    easel.polygon([(-20, 540), (700, 566), (860, 612), (-20, 612)], PINE)
    house(easel, 120, 582, 300, 170, window=LIGHT, door=CINNABAR)
    house(easel, 440, 588, 190, 120, wall=CREAM, roof=INK, window=LIGHT)
    for x, size in ((60, 300), (690, 220), (770, 150)):
        tree(easel, x, 592, size, JADE)
    easel.mirror(612, 388, "#6f949c", 0.4)
    easel.rect(560, 604, 330, 14, BARK)
    for x in (600, 700, 800, 876):
        easel.rect(x, 600, 10, 74, BARK)
    ripples(easel, 640, 350, "#dfe5d6", 46)
    easel.line([(950, 640), (900, 860)], 5, BARK)
    person(easel, 962, 788, 160, INDIGO)
    boat(easel, 1070, 796, 380)


def field(easel: Easel) -> None:
    """Paddies in bands towards a village under the hills."""
    easel.wash("#cfe0dc", "#f8ebcd", 0, 480)
    easel.disc(380, 220, 78, "#fdf3d0")
    easel.glow(380, 220, 380, "#fff6dc", 0.7)
    for y, swing, colour in ((350, 60, "#b6cabf"), (410, 44, "#8fae9b"), (460, 24, "#6b9078")):
        easel.polygon(down_to(skyline(easel.random, y, swing)), colour)
    for i, x in enumerate((560, 700, 850, 985, 1120)):
        tree(easel, x - 36, 500 + 6 * (i % 2), 120 + 24 * (i % 3), (JADE, PINE)[i % 2])
        look = {"wall": (PAPER, CREAM)[i % 2], "roof": (INK, INDIGO, CINNABAR)[i % 3]}
        house(easel, x, 506 + 6 * (i % 2), 96 + 14 * (i % 2), 58, **look)
    paddies(easel)
    for i in range(46):
        root = -20 + i * 34
        tall = easel.random.uniform(110, 190)
        rice(easel, root, 1010, tall, easel.random.uniform(-16, 22))


def paddies(easel: Easel) -> None:
    """Curved strips, wider the nearer they are."""
    colours = (LEAF, SAGE, HONEY, "#b9c28a", JADE, "#d7c46f", SAGE, "#86a36f")
    y, high = 496.0, 22.0
    for colour in colours:
        bend = smooth([(-20, y + 10), (400, y - 6), (900, y + 8), (1520, y - 8)], steps=8)
        easel.polygon(down_to(bend), colour, shadow=4)
        easel.line(bend, 3, "#f5efcf")
        y += high
        high *= 1.36


def rice(easel: Easel, x: float, y: float, tall: float, lean: float) -> None:
    easel.polygon(frond(x, y, tall, lean, 0.035), PINE)
    easel.polygon(frond(x + 6, y, tall * 0.7, lean + 20, 0.05), JADE)
    tip = math.radians(lean)
    top = x + tall * 0.9 * math.sin(tip), y - tall * 0.9 * math.cos(tip)
    for i in range(5):
        easel.oval(top[0] + i * 5, top[1] + i * i * 2.2 - 8, 5, 9, HONEY)


def hills(easel: Easel) -> None:
    """Ranges in the evening and a road with one pair of lights."""
    easel.wash("#e9c9a2", "#f7e8cd", 0, 620)
    easel.disc(1010, 300, 104, "#e58e5e")
    layers = (
        (360, 110, 1.3, "#c7c2b0"), (450, 100, 1.7, "#9fb0a6"),
        (550, 84, 1.4, "#71918a"), (660, 70, 1.2, "#4a6f6b"),
    )  # fmt: skip
    for y, swing, waves, colour in layers:
        easel.polygon(down_to(skyline(easel.random, y, swing, waves)), colour)
        easel.mist(y + 20, 170, "#f5e6ca", 0.5)
    near = smooth([(-20, 800), (300, 730), (700, 790), (1100, 720), (1520, 780)])
    easel.polygon(down_to(near), PINE, shadow=12)
    road(easel)
    spots = (60, 170, 250, 360, 470, 90, 420, 1200, 1290, 1390, 1460, 1250, 1370, 1180)
    for i, x in enumerate(spots):
        size = 90 + 40 * (i % 3)
        conifer(easel, x, 850 + 44 * (i % 4), size, ("#22382f", "#3a5a4b")[i % 2])


def road(easel: Easel) -> None:
    """Two bends of a road, and a small car on the nearer one."""
    left = (330, 1010), (560, 930), (1000, 886), (1060, 850), (860, 812), (800, 776), (880, 748)
    right = (892, 748), (826, 776), (900, 800), (1130, 846), (1090, 906), (700, 960), (540, 1010)
    easel.polygon([*smooth(left), *smooth(right)], SAND, shadow=4)
    easel.polygon([(852, 897), (960, 880), (960, 914)], "#fff0bd", 0.4)
    easel.glow(852, 897, 110, "#ffe7a8", 0.8)
    easel.rect(756, 876, 96, 34, CINNABAR, radius=12, shadow=6)
    easel.rect(774, 854, 56, 30, CINNABAR, radius=11)
    easel.rect(782, 860, 40, 16, SKY, radius=4)
    for x in (778, 830):
        easel.disc(x, 912, 11, INK)
    easel.disc(849, 892, 6, LIGHT)


def conifer(easel: Easel, x: float, y: float, size: float, colour: str) -> None:
    for i in range(3):
        top, half = y - size + i * size * 0.22, size * (0.14 + 0.07 * i)
        easel.polygon(
            [(x, top), (x + half, top + size * 0.42), (x - half, top + size * 0.42)], colour
        )
    easel.rect(x - size * 0.03, y - size * 0.18, size * 0.06, size * 0.18, BARK)


def bridge(easel: Easel) -> None:
    """An arched bridge, whole in its reflection, behind willow twigs."""
    easel.wash("#d3e0da", "#f4ead2", 0, 560)
    easel.disc(330, 210, 70, "#f0a878")
    for y, swing, colour in ((400, 60, "#c2d0c4"), (470, 44, "#9fb6a8"), (520, 26, "#7d9c8b")):
        easel.polygon(down_to(skyline(easel.random, y, swing), 560), colour)
    for i, x in enumerate((30, 1240, 1390)):
        house(easel, x, 566, 150, 96, wall=PAPER, roof=(INK, INDIGO)[i % 2], window=HONEY)
    span(easel)
    easel.mirror(566, 434, "#8fb0a8", 0.35)
    ripples(easel, 600, 390, "#eef0df", 48)
    boat(easel, 980, 800, 250)
    willow(easel)


def span(easel: Easel) -> None:
    """Deck, one great arch and two small ones, a rail with posts."""
    deck = [
        (x, 566 - 250 * math.sin(math.pi * (x - 140) / 1160) ** 1.4) for x in range(140, 1301, 20)
    ]
    body: Curve = [(140, 570), *deck, (1300, 570)]
    for x, r in ((1080, 78), (720, 168), (360, 78)):
        body += oval(x, 570, r, r * 1.04, 360, 180)
    easel.polygon(body, "#e9dfc9", shadow=10)
    easel.line([(x, y + 20) for x, y in deck], 3, STONE)
    for x, r in ((360, 78), (720, 168), (1080, 78)):
        easel.line(oval(x, 570, r + 10, (r + 10) * 1.04, 180, 360), 4, STONE)
    easel.line([(x, y - 34) for x, y in deck[2:-2]], 7, "#cfc3aa")
    for x, y in deck[2:-2:2]:
        easel.rect(x - 5, y - 44, 10, 46, "#cfc3aa")
    person(easel, 660, 326, 104, CINNABAR)


def willow(easel: Easel) -> None:
    """Twigs that hang into the picture from above."""
    for i in range(13):
        x = 1500 - i * 46 + easel.random.uniform(-12, 12)
        length = easel.random.uniform(240, 520) * (1 - i / 22)
        twig = smooth([(x + 30, -20), (x + 6, length * 0.4), (x - 14, length)], steps=12)
        easel.line(twig, 3, JADE)
        for j, (tx, ty) in enumerate(twig[3::2]):
            easel.polygon(
                frond(tx, ty, 40, 180 + (38 if j % 2 else -38), 0.13), (JADE, SAGE)[j % 2]
            )
