"""Still lifes: things on a table, seen from above or from a chair."""

import math
from collections.abc import Callable

from .easel import WIDTH, Easel, Line, Point, around, oval, rounded, skyline, smooth
from .props import (
    BARK,
    BLUE,
    CINNABAR,
    CREAM,
    HONEY,
    INDIGO,
    INK,
    JADE,
    MIST,
    OCHRE,
    PAPER,
    PINE,
    ROSE,
    SAGE,
    SKY,
    WOOD,
    frond,
    steam,
)


def turned(x: float, y: float, degrees: float) -> Callable[[Line], list[Point]]:
    """Places a thing drawn around 0, 0 at x, y, turned clockwise."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return lambda line: [(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in line]


def planks(easel: Easel, top: str, bottom: str, seam: str) -> None:
    """A table of boards that fills the sheet, seen from above."""
    easel.wash(top, bottom)
    for i in range(1, 5):
        easel.line([(0, i * 200), (WIDTH, i * 200)], 4, seam)
    for _ in range(26):
        x, y = easel.random.uniform(-100, 1400), easel.random.uniform(0, 1000)
        long = easel.random.uniform(120, 380)
        grain = smooth([(x, y), (x + long * 0.4, y + 5), (x + long, y - 3)], steps=4)
        easel.line(grain, 1.6, seam)


def tea(easel: Easel) -> None:
    """A pot and two cups before a round window with a plum twig."""
    easel.wash("#d8d2bd", "#c9c1a6", 0, 690)
    easel.disc(1010, 330, 286, BARK, shadow=8)
    easel.disc(1010, 330, 262, "#e9efe4")
    hill = [(x, max(y, 0)) for x, y in skyline(easel.random, 430, 40)]
    inside = [(x, y) for x, y in hill if abs(x - 1010) < 250]
    easel.polygon([*inside, *oval(1010, 330, 262, 262, 16, 164)], MIST)
    easel.disc(1110, 240, 44, "#f0b48c")
    easel.wash("#9a6844", "#7c5135", 690, 310)
    easel.rect(0, 690, WIDTH, 20, "#b58057")
    plum(easel)
    easel.rect(330, 800, 890, 54, "#5b3b2b", radius=20, shadow=18)
    easel.rect(330, 792, 890, 26, "#6f4a35", radius=12)
    pot(easel, 580, 800)
    for x in (890, 1070):
        cup(easel, x, 798)
        steam(easel, x, 690, 150)


def plum(easel: Easel) -> None:
    """A vase with a flowering twig."""
    branch = smooth([(240, 600), (262, 470), (220, 350), (290, 230), (260, 120)])
    easel.line(branch, 11, BARK)
    twigs = (((262, 470), (350, 400), (420, 300)), ((220, 350), (150, 290), (130, 200)),
             ((290, 230), (370, 180), (400, 110)))  # fmt: skip
    for twig in twigs:
        easel.line(smooth(twig), 7, BARK)
    spots = ((420, 296), (386, 346), (130, 196), (152, 272), (400, 108), (366, 176), (262, 118),
             (288, 226), (330, 420), (222, 344))  # fmt: skip
    for i, (x, y) in enumerate(spots):
        flower(easel, x, y, 19 + 5 * (i % 3), (CINNABAR, ROSE)[i % 3 == 1])
    easel.polygon(
        smooth([(222, 590), (214, 640), (176, 720), (190, 800), (290, 800), (304, 720), (266, 640),
                (258, 590)]), INDIGO, shadow=10,
    )  # fmt: skip
    easel.line(smooth([(184, 726), (240, 742), (296, 726)]), 4, MIST)


def flower(easel: Easel, x: float, y: float, r: float, colour: str) -> None:
    for i in range(5):
        a = math.tau * i / 5 + x
        easel.disc(x + r * 0.55 * math.cos(a), y + r * 0.55 * math.sin(a), r * 0.5, colour)
    easel.disc(x, y, r * 0.26, HONEY)


HANDLE = ((-120, -150), (-214, -170), (-210, -70), (-110, -50))
SPOUT = ((110, -130), (170, -140), (214, -210), (238, -204), (200, -110), (120, -50))
BELLY = (
    (-90, 0), (-150, -60), (-140, -150), (-70, -200),
    (70, -200), (140, -150), (150, -60), (90, 0),
)  # fmt: skip
BOWL = ((-66, -92), (-56, -36), (-30, -6), (30, -6), (56, -36), (66, -92))


def pot(easel: Easel, x: float, y: float) -> None:
    """A clay pot that stands on y."""
    clay, lid = "#9c4a35", "#8a3f2d"
    easel.line(smooth(around(x, y, HANDLE)), 22, clay)
    easel.polygon(smooth(around(x, y, SPOUT)), clay)
    easel.polygon(smooth(around(x, y, BELLY)), "#a8523b", shadow=10)
    easel.polygon(oval(x, y - 196, 84, 34, 180, 360), lid)
    easel.disc(x, y - 242, 17, lid)
    shine = ((-112, -130), (-118, -80), (-88, -40))
    easel.line(smooth(around(x, y, shine)), 7, "#c8745a")


def cup(easel: Easel, x: float, y: float) -> None:
    easel.polygon(smooth(around(x, y, BOWL)), PAPER, shadow=8)
    easel.rect(x - 30, y - 10, 60, 12, CREAM)
    easel.oval(x, y - 92, 66, 15, CREAM)
    easel.oval(x, y - 90, 56, 11, "#b98b45")
    easel.line(smooth(around(x, y, ((-58, -56), (0, -44), (58, -56)))), 4, BLUE)


def abacus(easel: Easel) -> None:
    """An abacus on an account book, a brush and a cup of tea beside it."""
    planks(easel, "#8c5f42", "#73492f", "#664129")
    place = turned(1010, 580, 9)
    easel.polygon(place(rounded(-380, -330, 760, 640, 8)), INDIGO, shadow=20)
    easel.polygon(place(rounded(-366, -318, 732, 616, 4)), PAPER)
    for i in range(9):
        easel.line(place([(-330, -250 + i * 66), (330, -250 + i * 66)]), 2.4, "#d9a79a")
    for x in (-200, 60, 200):
        easel.line(place([(x, -290), (x, 280)]), 2.4, "#d9a79a")
    rods = turned(650, 420, -7)
    easel.polygon(rods(rounded(-480, -230, 960, 460, 16)), "#43281c", shadow=26)
    easel.polygon(rods(rounded(-444, -196, 888, 392, 6)), "#d9b98d")
    for i in range(11):
        rod(easel, rods, -396 + i * 79.2, (3, 8, 0, 2, 6, 1, 0, 5, 9, 4, 7)[i])
    easel.polygon(rods([(-444, -76), (444, -76), (444, -50), (-444, -50)]), "#43281c")
    brush_and_cup(easel)


def rod(easel: Easel, rods: Callable[[Line], list[Point]], x: float, digit: int) -> None:
    """One rod that shows a digit: a five above the beam, ones below."""
    easel.line(rods([(x, -196), (x, 196)]), 8, "#6b4330")
    fives, ones = divmod(digit, 5)
    spots = [-99 if fives else -171]
    spots += [-26 + 44 * i if i < ones else 44 * i + 38 for i in range(4)]
    for i, y in enumerate(spots):
        counted = bool(fives) if i == 0 else i <= ones
        bead = [(-36, 0), (-20, -20), (20, -20), (36, 0), (20, 20), (-20, 20)]
        tone = CINNABAR if counted else "#7a4a31"
        easel.polygon(rods([(x + a, y + b) for a, b in bead]), tone, shadow=4)
        easel.line(rods([(x - 30, y), (x + 30, y)]), 2.4, "#52200f")


def brush_and_cup(easel: Easel) -> None:
    tool = turned(1180, 700, -38)
    easel.polygon(tool(rounded(-300, -13, 420, 26, 12)), OCHRE, shadow=10)
    easel.polygon(tool([(120, -13), (160, -16), (236, 0), (160, 16), (120, 13)]), INK)
    easel.disc(290, 836, 118, PAPER, shadow=16)
    easel.disc(290, 836, 98, CREAM)
    easel.disc(290, 836, 88, "#b07a35")
    easel.polygon(frond(264, 862, 72, 40, 0.2), PINE)


def letters(easel: Easel) -> None:
    """Letters from readers, spread out on a blue cloth."""
    easel.wash("#4f6d7c", "#3d5868")
    for i in range(31):
        easel.line([(i * 50, 0), (i * 50, 1000)], 2, "#5b7988")
        easel.line([(0, i * 50), (WIDTH, i * 50)], 2, "#48646f")
    envelope(easel, 420, 330, -12, "#e9d6b4", "#d8c096")
    sheet(easel, 930, 380, 7)
    envelope(easel, 1180, 690, 14, "#f4ebd9", "#e4d6bc")
    sheet(easel, 480, 700, -5)
    drawing(easel, 820, 720, 4)
    pen = turned(1190, 330, 62)
    easel.polygon(pen(rounded(-170, -15, 300, 30, 14)), CINNABAR, shadow=9)
    easel.polygon(pen([(130, -15), (196, -3), (196, 3), (130, 15)]), HONEY)
    for i, (x, y) in enumerate(((190, 640), (170, 690), (214, 720), (150, 750), (196, 790))):
        easel.polygon(frond(180, 860, 868 - y, (x - 180) * 0.8, 0.1), (JADE, SAGE)[i % 2])
        flower(easel, x, y, 30, (ROSE, PAPER, HONEY)[i % 3])


def envelope(easel: Easel, x: float, y: float, angle: float, paper: str, fold: str) -> None:
    at = turned(x, y, angle)
    easel.polygon(at(rounded(-270, -170, 540, 340, 6)), paper, shadow=14)
    easel.polygon(at([(-270, 168), (0, 10), (270, 168)]), fold)
    easel.polygon(at([(-268, -170), (268, -170), (0, 46)]), paper, shadow=7)
    easel.polygon(at(oval(0, 30, 40, 40)), CINNABAR, shadow=4)
    easel.polygon(at(oval(0, 30, 26, 26)), "#a03424")


def sheet(easel: Easel, x: float, y: float, angle: float) -> None:
    """A page of writing: only the rhythm of its lines."""
    at = turned(x, y, angle)
    easel.polygon(at(rounded(-210, -270, 420, 540, 4)), "#fbf6ea", shadow=12)
    for row in range(10):
        right = 170 if row not in (4, 9) else -10
        easel.line(at([(-170, -204 + row * 46), (170, -204 + row * 46)]), 1.6, "#dcae9f")
        start = -120.0 if row in (0, 5) else -166.0
        while start < right - 16:
            wide = easel.random.uniform(12, 24)
            easel.line(
                at([(start, -218 + row * 46), (start + wide, -221 + row * 46)]), 6, "#54616b"
            )
            start += wide + 14


def drawing(easel: Easel, x: float, y: float, angle: float) -> None:
    """A child's drawing: a house, the sun, a tree."""
    at = turned(x, y, angle)
    easel.polygon(at(rounded(-180, -140, 360, 280, 4)), "#fffaf0", shadow=12)
    easel.polygon(at([(-150, 112), (-150, 70), (150, 62), (150, 112)]), SAGE)
    easel.polygon(at(rounded(-70, -10, 130, 92, 0)), SKY)
    easel.polygon(at([(-90, -10), (-5, -80), (82, -10)]), CINNABAR)
    easel.polygon(at(rounded(-22, 26, 36, 56, 0)), BARK)
    easel.polygon(at(oval(114, -84, 28, 28)), HONEY)
    easel.polygon(at(rounded(106, 20, 12, 60, 0)), WOOD)
    easel.polygon(at(oval(112, 8, 34, 40)), JADE)


def glasses(easel: Easel) -> None:
    """Reading glasses on an open passbook."""
    easel.wash("#c9b795", "#b9a47e")
    for i in range(16):
        easel.polygon([(i * 100, 0), (i * 100 + 50, 0), (i * 100 + 50, 1000), (i * 100, 1000)],
                      "#a8b59a", 0.35)  # fmt: skip
        easel.polygon([(0, i * 100), (WIDTH, i * 100), (WIDTH, i * 100 + 50), (0, i * 100 + 50)],
                      "#a8b59a", 0.35)  # fmt: skip
    passbook(easel)
    spectacles(easel)
    easel.disc(1270, 220, 150, PAPER, shadow=18)
    easel.disc(1270, 220, 124, CREAM)
    easel.disc(1270, 220, 112, "#c08a3e")
    easel.disc(1230, 190, 30, "#d7ab63", alpha=0.6)
    pen = turned(290, 780, -24)
    easel.polygon(pen(rounded(-210, -15, 340, 30, 14)), INK, shadow=10)
    easel.polygon(pen(rounded(10, -15, 22, 30, 0)), HONEY)
    easel.polygon(pen([(130, -13), (200, -2), (200, 2), (130, 13)]), HONEY)


def passbook(easel: Easel) -> None:
    """Open on its fold, with printed columns."""
    at = turned(720, 470, -6)
    easel.polygon(at(rounded(-460, -330, 920, 660, 14)), CINNABAR, shadow=22)
    easel.polygon(at(rounded(-440, -312, 880, 300, 6)), "#fbf3df")
    easel.polygon(at(rounded(-440, -2, 880, 314, 6)), "#f8edd4")
    easel.polygon(at([(-440, -24), (440, -24), (440, 6), (-440, 6)]), "#d9c5a0", 0.7)
    for row in range(12):
        y = -276 + row * 46 + (28 if row > 5 else 0)
        easel.line(at([(-410, y + 14), (410, y + 14)]), 1.6, "#e0a99a")
        for start, wide in ((-400, 110), (-240, 150), (-30, 120), (170, 90 + 40 * (row % 3))):
            if row < 9:
                easel.line(at([(start, y), (start + wide, y)]), 7, ("#7c8a93", "#94a0a6")[row % 2])
    for x in (-265, -55, 145):
        easel.line(at([(x, -300), (x, 300)]), 1.6, "#e0a99a")


def spectacles(easel: Easel) -> None:
    at = turned(800, 650, 8)
    for x in (-150, 150):
        easel.polygon(at(oval(x, 0, 122, 104)), "#fdfaf0", 0.45, 6)
        for shift in (0, 1):
            rim = at([*oval(x, 0, 122 - shift * 5, 104 - shift * 5), (x + 122 - shift * 5, 0)])
            easel.line(rim, (15, 4)[shift], ("#4a2c22", "#8a5a44")[shift])
        easel.polygon(
            at([(x - 60, -60), (x - 24, -76), (x - 76, 30), (x - 96, 10)]), "#ffffff", 0.5
        )
    easel.line(at(smooth([(-34, -22), (0, -44), (34, -22)])), 14, "#4a2c22")
    easel.line(at(smooth([(-270, -24), (-300, -60), (-210, -250), (-150, -300)])), 13, "#4a2c22")
    easel.line(at(smooth([(270, -24), (304, -60), (300, -250), (250, -310)])), 13, "#4a2c22")
