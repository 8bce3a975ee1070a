"""Scenes before people's doors: streets, markets, walls."""

import math

from .easel import WIDTH, Easel, down_to, oval, skyline, smooth
from .props import (
    ASH,
    BARK,
    BLUSH,
    CINNABAR,
    CREAM,
    DUSK,
    HONEY,
    INDIGO,
    INK,
    JADE,
    LIGHT,
    MIST,
    NIGHT,
    OCHRE,
    PAPER,
    PINE,
    ROSE,
    SAGE,
    SAND,
    STONE,
    WOOD,
    frond,
    house,
    lantern,
    person,
    ripples,
    roof_line,
    tree,
    umbrella,
)


def street(easel: Easel) -> None:
    """Old houses in a row and their reflection on the wet paving."""
    easel.wash("#b9c8cb", "#ecdcc4", 0, 640)
    easel.glow(1120, 240, 520, "#fff3d2", 0.8)
    easel.polygon(down_to(skyline(easel.random, 430, 40), 640), MIST)
    walls = (PAPER, CREAM, BLUSH, PAPER, SAND, PAPER, CREAM)
    x = -90.0
    for i, wall in enumerate(walls):
        wide = 206 + 34 * (i * 3 % 4)
        shop(easel, x, wide, 300 + 44 * (i * 5 % 3), wall, i)
        x += wide - 2
    easel.mirror(640, 360, "#5f7583", 0.5)
    paving(easel)
    person(easel, 800, 866, 270, INDIGO)
    easel.line([(814, 650), (814, 790)], 5, INK)
    umbrella(easel, 814, 664, 142, CINNABAR, "#99301f")
    easel.oval(800, 872, 96, 11, INK, alpha=0.3)


def shop(easel: Easel, x: float, w: float, h: float, wall: str, turn: int) -> None:
    """A house of two floors: windows above, an awning, a lit shop below; it stands on 640."""
    easel.rect(x, 640 - h, w, h, wall)
    for share in (0.16, 0.58):
        easel.rect(x + w * share - 5, 640 - h + 52, w * 0.26 + 10, 78, BARK)
        easel.rect(x + w * share, 640 - h + 57, w * 0.26, 68, (HONEY, DUSK, LIGHT)[turn % 3])
        easel.rect(x + w * (share + 0.13) - 2, 640 - h + 57, 4, 68, BARK)
    easel.rect(x + 22, 530, w - 44, 110, (BARK, PINE)[turn % 2])
    easel.rect(x + 34, 548, w * 0.36, 70, LIGHT)
    easel.rect(x + w - 34 - w * 0.26, 548, w * 0.26, 92, (WOOD, JADE)[turn % 2])
    easel.polygon(awning(x + 8, 500, w - 16), (CINNABAR, JADE, OCHRE)[turn % 3], shadow=6)
    easel.polygon(roof_line(x, 640 - h, w, 96), (INDIGO, INK, DUSK)[turn % 3], shadow=6)
    if turn in (1, 4):
        lantern(easel, x + w * 0.2, 572, 44)


def paving(easel: Easel) -> None:
    """The joints of the stones, closer together farther away."""
    easel.rect(-10, 634, 1520, 16, STONE)
    y, gap = 650.0, 16.0
    while y < 1000:
        easel.polygon([(0, y), (WIDTH, y), (WIDTH, y + 2.4), (0, y + 2.4)], "#3f505c", 0.4)
        for i in range(-14, 15):
            shift = 0.5 * (round(y) % 2)
            near, far = (y - 560) / 90, (y + gap - 560) / 90
            x = 750 + (i + shift) * 108 * near
            if 0 < x < WIDTH:
                x2 = 750 + (i + shift) * 108 * far
                easel.polygon(
                    [(x, y), (x + 3, y), (x2 + 3, y + gap), (x2, y + gap)], "#3f505c", 0.4
                )
        y += gap
        gap *= 1.3
    ripples(easel, 670, 320, "#c3cfcd", 26)


def awning(x: float, y: float, w: float) -> list[tuple[float, float]]:
    return [(x + 10, y), (x + w - 10, y), (x + w, y + 34), (x, y + 34)]


def market(easel: Easel) -> None:
    """Stalls under strings of bulbs before sunrise."""
    easel.wash("#2f4361", "#e3a77c", 0, 620)
    easel.glow(420, 620, 620, "#ffd79a", 0.75)
    easel.polygon(down_to(skyline(easel.random, 470, 36), 620), "#4f5a74")
    for i, x in enumerate((-70, 190, 1030, 1290)):
        house(easel, x, 640, 240, 170 + 20 * (i % 2), wall="#414c66", roof=NIGHT, window=HONEY)
    easel.wash("#8a6a5c", "#5a4646", 620, 380)
    for x, stripe in ((80, CINNABAR), (560, JADE), (1040, INDIGO)):
        stall(easel, x, stripe)
    bulbs(easel)
    person(easel, 505, 900, 300, "#35445c")
    person(easel, 985, 880, 280, "#7d3a33", "#4c4a4c")


def stall(easel: Easel, x: float, stripe: str) -> None:
    for post in (x + 14, x + 366):
        easel.rect(post, 420, 12, 400, BARK)
    easel.rect(x, 690, 390, 150, WOOD, shadow=10)
    easel.rect(x, 690, 390, 16, SAND)
    for i in range(3):
        crate(easel, x + 14 + i * 124, 676, (CINNABAR, HONEY, SAGE, ROSE)[(i + int(x)) % 4])
    width = 46
    for i in range(9):
        left = x - 12 + i * width
        edge = [
            (left, 470),
            (left + width, 470),
            *oval(left + width / 2, 506, width / 2, 20, 0, 180),
        ]
        slope = [(left + 14, 390), (left + width + 6, 390), (left + width, 470), (left, 470)]
        colour = stripe if i % 2 else PAPER
        easel.polygon(slope, colour)
        easel.polygon(edge, colour)


def crate(easel: Easel, x: float, y: float, fruit: str) -> None:
    """A basket of fruit that stands on y + 24."""
    for row, count in ((0, 5), (1, 4), (2, 3)):
        for i in range(count):
            easel.disc(x + 14 + row * 10 + i * 21, y - 16 - row * 16, 13, fruit)
    easel.rect(x - 4, y - 12, 116, 38, BARK, radius=6)
    easel.rect(x - 4, y - 12, 116, 9, OCHRE, radius=4)


def bulbs(easel: Easel) -> None:
    """Two strings of bulbs with their light."""
    for dip, start, end, y in ((90, -20, 800, 210), (110, 700, 1520, 190)):
        wire = [(start + (end - start) * i / 30, y + dip * math.sin(math.pi * i / 30))
                for i in range(31)]  # fmt: skip
        easel.line(wire, 3, NIGHT)
        for x, hang in wire[3:-1:5]:
            easel.glow(x, hang + 20, 150, "#ffd789", 0.6)
            easel.disc(x, hang + 20, 13, "#fff1c4")


def bicycle(easel: Easel) -> None:
    """A bicycle with a document box against a whitewashed wall."""
    easel.wash("#f4ead6", "#eadbc0", 0, 760)
    easel.polygon([(0, 0), (900, 0), (560, 760), (0, 760)], "#fff8e6", alpha=0.5)
    roof_edge(easel)
    easel.wash("#b9ac9c", "#94897c", 760, 240)
    easel.rect(0, 752, WIDTH, 16, STONE)
    easel.rect(1080, 250, 250, 510, BARK, shadow=8)
    easel.rect(1100, 270, 100, 490, PINE)
    easel.rect(1210, 270, 100, 490, PINE)
    easel.ring(1188, 520, 12, 5, HONEY)
    easel.ring(1222, 520, 12, 5, HONEY)
    for i in range(7):
        spot = 150 + i * 34
        easel.polygon(frond(spot, 764, 120 + 40 * (i % 3), -24 + i * 8, 0.12), (JADE, SAGE)[i % 2])
    easel.oval(660, 878, 420, 22, "#4b4038", alpha=0.35)
    for x in (440, 880):
        wheel(easel, x, 730, 146)
    bicycle_frame(easel)


def roof_edge(easel: Easel) -> None:
    """A row of round tiles along the top of the wall."""
    easel.rect(0, 0, WIDTH, 92, INK, shadow=16)
    for i in range(26):
        easel.rect(i * 60 - 4, 0, 40, 84, "#45434a")
        easel.disc(i * 60 + 16, 92, 24, "#3a383e")
        easel.disc(i * 60 + 16, 92, 13, "#5a585f")


def wheel(easel: Easel, x: float, y: float, r: float) -> None:
    for i in range(18):
        a = math.tau * i / 18
        easel.line([(x, y), (x + r * math.cos(a), y + r * math.sin(a))], 1.6, STONE)
    easel.ring(x, y, r, 13, INK)
    easel.ring(x, y, r - 12, 4, ASH)
    easel.disc(x, y, 14, INK)


def bicycle_frame(easel: Easel) -> None:
    rear, crank, seat, head, front = (440, 730), (640, 740), (580, 520), (800, 520), (880, 730)
    easel.rect(360, 470, 170, 112, JADE, radius=12, shadow=8)
    easel.rect(360, 500, 170, 10, PINE)
    easel.line([(380, 592), (560, 592), rear], 8, INK)
    for tube in ([rear, crank], [rear, seat], [seat, crank], [seat, head], [crank, head]):
        easel.line(tube, 15, CINNABAR)
    easel.line([(786, 462), head, front], 13, CINNABAR)
    easel.line(smooth([(740, 436), (786, 452), (836, 440), (862, 470)]), 11, INK)
    easel.line([seat, (566, 478)], 11, INK)
    easel.polygon(smooth([(506, 470), (560, 456), (630, 466), (620, 484), (550, 492)], True), BARK)
    easel.ring(*crank, 36, 7, STONE)
    easel.line([(610, 690), crank, (672, 796)], 9, INK)
    easel.disc(838, 545, 26, HONEY)
    easel.disc(838, 545, 15, LIGHT)


def snow(easel: Easel) -> None:
    """A doorway after snow, the path swept."""
    easel.wash("#a9b8c4", "#dfe4e2", 0, 700)
    for x, size in ((90, 420), (1400, 470), (1250, 300)):
        bare_tree(easel, x, 716, size)
    easel.rect(330, 330, 840, 390, "#e7d8c0")
    easel.polygon([(250, 340), (420, 180), (1080, 180), (1250, 340), (1250, 366), (250, 366)], DUSK)
    white_roof = smooth([(236, 348), (330, 236), (430, 158), (750, 148), (1070, 158), (1170, 236),
                         (1264, 348), (1120, 322), (960, 344), (750, 326), (540, 346), (380, 324)],
                        closed=True)  # fmt: skip
    easel.polygon(white_roof, "#fbfaf5", shadow=10)
    doorway(easel)
    for x in (450, 1050):
        lantern(easel, x, 452, 92)
    ground = smooth([(-20, 716), (400, 704), (750, 722), (1150, 702), (1520, 720)])
    easel.polygon(down_to(ground), "#f6f5ef")
    left = smooth([(630, 716), (600, 800), (660, 900), (560, 1010)])
    right = smooth([(1020, 1010), (900, 890), (930, 800), (870, 716)])
    easel.polygon([*left, *right], "#c4bcae")
    broom(easel)
    flakes(easel)


def doorway(easel: Easel) -> None:
    easel.rect(600, 400, 300, 322, BARK)
    easel.rect(618, 418, 264, 304, HONEY)
    easel.rect(618, 418, 128, 304, CINNABAR)
    easel.rect(754, 418, 128, 304, CINNABAR)
    for x in (632, 768):
        for y, h in ((436, 110), (564, 140)):
            easel.rect(x, y, 100, h, "#9f3324", radius=4)
    for x in (728, 772):
        easel.ring(x, 590, 12, 5, HONEY)
    for x in (552, 918):
        easel.rect(x, 420, 30, 230, "#cf4a33")


def bare_tree(
    easel: Easel, x: float, y: float, size: float, lean: float = 0, depth: int = 5
) -> None:
    """Branches that fork, snow on the thicker ones."""
    end = x + size * 0.34 * math.sin(lean), y - size * 0.34 * math.cos(lean)
    easel.line([(x, y), end], 2 + size * 0.045, "#5b5350")
    if depth:
        for turn, share in ((-0.5, 0.74), (0.42, 0.78)):
            bare_tree(easel, *end, size * share, lean + turn, depth - 1)


def broom(easel: Easel) -> None:
    easel.line([(1014, 520), (1058, 720)], 9, WOOD)
    easel.polygon([(1046, 700), (1072, 694), (1112, 792), (1040, 806)], OCHRE, shadow=6)
    for i in range(5):
        easel.line([(1056, 712), (1050 + i * 14, 800)], 2, BARK)


def flakes(easel: Easel) -> None:
    for _ in range(150):
        x, y = easel.random.uniform(0, WIDTH), easel.random.uniform(0, 1000)
        easel.disc(x, y, easel.random.uniform(2, 6.5), "#ffffff", alpha=0.85)


def lanterns(easel: Easel) -> None:
    """Lanterns under an eave at nightfall."""
    easel.wash("#24344f", "#c98a72", 0, 1000)
    easel.disc(1170, 330, 78, "#f8e6bd")
    easel.polygon(down_to(skyline(easel.random, 800, 40)), "#3a4560")
    for i, x in enumerate((-40, 190, 450, 700, 960, 1230)):
        house(easel, x, 1010, 240, 150 + 26 * (i % 3), wall="#2c3750", roof=NIGHT, window=HONEY)
    easel.polygon(
        [(-20, -20), (1520, -20), (1520, 70), (1300, 96), (200, 96), (-20, 70)], "#141d2c"
    )
    for i in range(31):
        easel.disc(i * 50, 90, 20, "#202b3d")
    rows = ((150, 300, 128), (400, 420, 150), (690, 330, 170), (960, 500, 138), (1200, 560, 112),
            (560, 640, 96), (250, 640, 88), (1380, 330, 120))  # fmt: skip
    for x, y, size in rows:
        easel.line([(x, 96), (x, y - size * 0.4)], 3, "#141d2c")
        lantern(easel, x, y, size)


def night_window(easel: Easel) -> None:
    """A street front at night, few windows lit and the branch below awake."""
    easel.wash("#141f33", "#3d5172", 0, 820)
    easel.disc(1240, 170, 60, "#f6e7c1")
    easel.glow(1240, 170, 260, "#f6e7c1", 0.4)
    stars(easel)
    for x, w, h, colour in ((-30, 330, 560, "#25344e"), (1120, 420, 470, "#223049")):
        easel.rect(x, 820 - h, w, h, colour)
        panes(easel, x + 36, 860 - h, w - 60, h - 140, 5)
    easel.rect(270, 190, 880, 640, "#2d3f5c", shadow=16)
    panes(easel, 330, 240, 790, 290, 3)
    shopfront(easel)
    easel.wash("#2a374b", "#1a2334", 820, 180)
    for x, w, drift in ((340, 250, -90), (610, 200, 0), (830, 250, 90)):
        left, right = x - 40 + drift, x + w + 40 + drift
        easel.polygon([(x, 826), (x + w, 826), (right, 1000), (left, 1000)], "#ffd98c", 0.3)
    tree(easel, 190, 850, 420, "#1b3034", "#141d2a")
    person(easel, 1190, 890, 240, "#121a28")


def stars(easel: Easel) -> None:
    for _ in range(60):
        x, y = easel.random.uniform(0, WIDTH), easel.random.uniform(0, 330)
        easel.disc(x, y, easel.random.uniform(1, 2.6), "#e9e4cf")


def panes(easel: Easel, x: float, y: float, w: float, h: float, every: int) -> None:
    """Rows of windows, one in `every` of them lit."""
    columns, rows = int(w // 96), int(h // 96)
    for i in range(columns * rows):
        left, top = x + (i % columns) * 98, y + (i // columns) * 98
        lit = easel.random.random() < 1 / every
        easel.rect(left, top, 58, 66, "#f3c877" if lit else "#1d2a40")
        easel.rect(left + 27, top, 4, 66, "#2a3a55")


def shopfront(easel: Easel) -> None:
    """The lit ground floor: two windows and a door under a plain sign board."""
    easel.glow(710, 700, 560, "#ffcf7d", 0.5)
    easel.rect(310, 556, 800, 52, CINNABAR, shadow=8)
    for x, w in ((340, 250), (610, 200), (830, 250)):
        easel.rect(x, 622, w, 204, LIGHT)
        easel.rect(x + w / 2 - 3, 622, 6, 204, WOOD)
    for x in (400, 900):
        easel.polygon(oval(x + 64, 778, 44, 48, 180, 360), INDIGO)
        easel.disc(x + 64, 708, 21, "#d9ab8c")
        easel.polygon(oval(x + 64, 704, 23, 22, 175, 365), INK)
        easel.rect(x - 10, 766, 150, 60, WOOD)
    for x in (465, 955):
        easel.rect(x - 3, 622, 6, 30, INK)
        easel.polygon([(x - 26, 668), (x + 26, 668), (x + 12, 646), (x - 12, 646)], JADE)
    easel.ring(704, 730, 8, 4, BARK)
