"""Scenes inside a branch."""

from .easel import WIDTH, Easel, oval, smooth
from .props import (
    ASH,
    BARK,
    BLUE,
    BLUSH,
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
    SAND,
    SKY,
    STONE,
    WOOD,
    person,
    plant,
    tree,
    umbrella,
    window,
)


def sunbeam(easel: Easel, x: float, y: float, w: float, h: float, lean: float) -> None:
    """Light that a window throws: a leaning parallelogram with the shadow of its bars."""
    half = w / 2 - 8
    for start in (x, x + w / 2 + 8):
        easel.polygon(
            [(start, y), (start + half, y), (start + half + lean, y + h), (start + lean, y + h)],
            "#fff3cf", 0.5,
        )  # fmt: skip


def counter(easel: Easel) -> None:
    """A counter in the evening with its green lamp."""
    easel.wash("#5d7a6c", "#7d9781", 0, 700)
    easel.glow(470, 430, 640, "#ffe2a0", 0.75)
    window(easel, 960, 110, 330, 370, glass="#33466a", frame=BARK)
    easel.disc(1200, 200, 34, "#f6e7c1")
    for x, h in ((962, 90), (1040, 140), (1130, 70), (1196, 120)):
        easel.rect(x, 480 - h, 74, h, "#24344f")
    for x, y in ((980, 420), (1060, 372), (1082, 410), (1216, 396)):
        easel.rect(x, y, 14, 18, HONEY)
    shelf(easel)
    easel.rect(-20, 690, 1540, 330, WOOD, shadow=22)
    easel.rect(-20, 690, 1540, 44, "#c18a5c")
    for x in (60, 420, 780, 1140):
        easel.rect(x, 790, 300, 250, "#95613d", radius=6)
        easel.rect(x + 18, 808, 264, 250, "#a06a44", radius=4)
    desk_lamp(easel, 430, 696)
    counter_things(easel)


def shelf(easel: Easel) -> None:
    easel.rect(90, 150, 210, 14, BARK, shadow=6)
    for i, (w, h, colour) in enumerate(
        ((30, 96, CINNABAR), (24, 84, PAPER), (34, 104, INDIGO), (26, 90, HONEY), (30, 98, SAGE))
    ):
        easel.rect(104 + i * 36, 150 - h, w, h, colour)
    easel.rect(90, 330, 210, 14, BARK, shadow=6)
    plant(easel, 160, 330, 130, PAPER)
    easel.rect(230, 250, 56, 80, PAPER, shadow=4)
    easel.rect(238, 258, 40, 64, ROSE)


def desk_lamp(easel: Easel, x: float, y: float) -> None:
    """A banker's lamp with a green shade that stands on y."""
    easel.polygon([(x - 150, y - 212), (x + 150, y - 212), (x + 300, y + 8), (x - 300, y + 8)],
                  "#ffeeb8", 0.4)  # fmt: skip
    easel.oval(x, y + 18, 300, 22, "#ffe9ad", alpha=0.55)
    easel.oval(x, y + 2, 92, 17, OCHRE, shadow=6)
    easel.rect(x - 8, y - 290, 16, 292, HONEY)
    easel.polygon(
        smooth([(x - 172, y - 210), (x - 150, y - 268), (x - 80, y - 300), (x + 80, y - 300),
                (x + 150, y - 268), (x + 172, y - 210)]), "#2f6a4d", shadow=8,
    )  # fmt: skip
    easel.polygon(
        smooth([(x - 120, y - 262), (x - 70, y - 286), (x + 40, y - 288), (x - 40, y - 270)]),
        "#4c8a68",
    )
    easel.rect(x - 172, y - 214, 344, 9, HONEY, radius=4)
    easel.line([(x + 60, y - 205), (x + 60, y - 150)], 3, HONEY)
    easel.disc(x + 60, y - 146, 7, HONEY)


def counter_things(easel: Easel) -> None:
    """Papers, a cup, a stamp and its pad on the counter."""
    for i in range(4):
        y = 700 - i * 7
        easel.polygon(
            [(640, y), (880, y), (866, y - 12), (660, y - 12)], (PAPER, CREAM)[i % 2], shadow=3
        )
    easel.line([(690, 666), (850, 660)], 8, INDIGO)
    easel.rect(960, 676, 120, 26, INK, radius=6, shadow=5)
    easel.rect(968, 670, 104, 12, CINNABAR, radius=4)
    easel.rect(1120, 640, 52, 62, "#7c3326", radius=6, shadow=5)
    easel.rect(1136, 574, 20, 70, BARK)
    easel.disc(1146, 568, 24, BARK)
    easel.rect(1250, 610, 96, 92, PAPER, radius=14, shadow=6)
    easel.ring(1352, 652, 24, 9, PAPER)
    easel.rect(1250, 636, 96, 10, BLUE)
    easel.rect(1250, 652, 96, 4, BLUE)


def lobby(easel: Easel) -> None:
    """The hall of a branch in the morning light."""
    easel.wash("#f3ead8", "#eadcc3", 0, 640)
    easel.wash("#d9c7aa", "#c2ad8e", 640, 360)
    easel.rect(0, 0, WIDTH, 86, "#e3d4b9")
    for x in (60, 270):
        window(easel, x, 150, 160, 400, glass="#dff0ee", frame=BARK)
        tree(easel, x + 90, 550, 260, "#b9d0b4", "#a3a892")
    easel.rect(520, 210, 900, 300, JADE, shadow=10)
    easel.rect(520, 210, 900, 34, PINE)
    for i in range(3):
        booth(easel, 548 + i * 290)
    easel.rect(500, 498, 940, 148, WOOD, shadow=14)
    easel.rect(500, 498, 940, 24, SAND)
    for x in (660, 970, 1270):
        easel.line([(x, 0), (x, 120)], 4, BARK)
        easel.glow(x, 160, 190, "#ffe6a6", 0.6)
        easel.polygon(oval(x, 160, 62, 50, 180, 360), CINNABAR, shadow=5)
    sunbeam(easel, 120, 680, 190, 240, 260)
    sunbeam(easel, 340, 680, 190, 240, 260)
    plant(easel, 450, 690, 300, PAPER)
    plant(easel, 1410, 740, 360, CINNABAR)
    ticket_machine(easel)
    person(easel, 1090, 850, 330, "#3c5672")
    person(easel, 1190, 846, 300, CINNABAR, "#8d8a86")


def booth(easel: Easel, x: float) -> None:
    """A place at the counter: glass, somebody behind it."""
    easel.rect(x, 262, 258, 240, "#dfe9dc", radius=6)
    easel.disc(x + 128, 372, 36, "#d9ab8c")
    easel.polygon(oval(x + 128, 364, 40, 40, 175, 365), INK)
    easel.polygon(
        [
            (x + 60, 502),
            (x + 76, 440),
            (x + 110, 416),
            (x + 146, 416),
            (x + 180, 440),
            (x + 196, 502),
        ],
        INDIGO,
    )
    easel.polygon([(x + 112, 416), (x + 144, 416), (x + 128, 452)], PAPER)
    easel.polygon([(x + 20, 262), (x + 80, 262), (x + 10, 420), (x, 420), (x, 310)], PAPER, 0.5)


def ticket_machine(easel: Easel) -> None:
    easel.oval(712, 900, 92, 14, "#6b5a45", alpha=0.4)
    easel.rect(640, 640, 140, 258, PAPER, radius=16, shadow=12)
    easel.rect(660, 664, 100, 84, INDIGO, radius=6)
    easel.rect(674, 680, 72, 12, SKY)
    easel.rect(674, 702, 50, 12, HONEY)
    easel.rect(668, 776, 84, 10, INK, radius=4)
    easel.polygon([(680, 782), (740, 782), (744, 850), (684, 846)], "#fffdf4", shadow=4)


def umbrellas(easel: Easel) -> None:
    """Umbrellas to lend beside a door, rain behind the glass."""
    easel.wash("#cdbfa6", "#bba98b", 0, 760)
    easel.rect(520, 60, 780, 720, BARK, shadow=10)
    for x in (550, 925):
        easel.rect(x, 90, 345, 690, "#8fa7ae")
        easel.polygon(
            [(x, 780), (x, 560), (x + 120, 520), (x + 345, 566), (x + 345, 780)], "#738d92"
        )
        tree(easel, x + 190, 600, 270, "#67857f", "#5b6c6a")
    for _ in range(150):
        left, top = easel.random.uniform(550, 1262), easel.random.uniform(90, 690)
        if not 888 < left < 932:
            easel.line([(left, top), (left - 8, top + 44)], 2.2, "#d3e0e0")
    for x in (868, 944):
        easel.rect(x, 380, 12, 140, HONEY, radius=6)
    easel.wash("#8f7f68", "#75664f", 780, 220)
    easel.polygon([(520, 780), (1300, 780), (1380, 1000), (440, 1000)], "#a9b4ae", 0.35)
    easel.polygon([(560, 850), (960, 850), (970, 960), (520, 960)], "#7d3a30", shadow=4)
    stand(easel)
    opened(easel)


def stand(easel: Easel) -> None:
    """A wooden stand with furled umbrellas."""
    colours = (CINNABAR, INDIGO, HONEY, PINE, ROSE)
    for i, colour in enumerate(colours):
        x, tilt = 180 + i * 52, (i - 2) * 12
        top = x + tilt, 430 + 22 * (i % 2)
        easel.polygon(
            [(top[0] - 8, top[1] + 70), (top[0] + 8, top[1] + 70), (x + 30, 700), (x - 30, 700)],
            colour,
            shadow=5,
        )
        easel.line([(top[0], top[1] + 74), top], 9, BARK)
        easel.line(oval(top[0] + 17, top[1], 17, 18, 180, 350), 9, BARK)
    easel.rect(130, 690, 310, 230, WOOD, radius=8, shadow=14)
    for y in (690, 790, 890):
        easel.rect(122, y, 326, 26, "#8a5836", radius=6)
    easel.polygon(
        smooth([(285, 786), (250, 748), (262, 722), (285, 738), (308, 722), (320, 748)], True),
        CINNABAR,
    )


def opened(easel: Easel) -> None:
    """One umbrella left open on the floor to dry."""
    easel.oval(1180, 916, 240, 24, "#40382c", alpha=0.5)
    umbrella(easel, 1180, 894, 230, JADE, PINE)
    for x, w in ((980, 22), (1090, 34), (1250, 26), (1350, 16)):
        easel.oval(x, 954, w, 5, "#c3cfcb", alpha=0.7)


def classroom(easel: Easel) -> None:
    """A training room seen from the last row."""
    easel.wash("#efe4cd", "#e4d4b6", 0, 700)
    for x in (60, 1220):
        window(easel, x, 130, 220, 330, glass="#cfe5e2", frame=WOOD)
    easel.rect(370, 110, 760, 370, WOOD, shadow=12)
    easel.rect(390, 130, 720, 330, "#33564a")
    chart(easel)
    person(easel, 1010, 640, 420, CINNABAR)
    easel.line([(962, 366), (880, 300)], 22, CINNABAR)
    easel.line([(880, 300), (790, 262)], 6, SAND)
    easel.wash("#c9b08a", "#a98d66", 620, 380)
    for row, (y, size, count) in enumerate(((690, 220, 6), (790, 280, 5), (930, 350, 4))):
        for i in range(count):
            wide = WIDTH / count
            student(
                easel,
                wide * (i + 0.5),
                y,
                size,
                (INDIGO, JADE, BLUE, ROSE, PINE)[(i + row * 2) % 5],
            )
        easel.rect(-20, y + size * 0.02, 1540, size * 0.11, "#b98557", shadow=6)
        easel.rect(-20, y + size * 0.13, 1540, size * 0.26, WOOD)


def chart(easel: Easel) -> None:
    """Chalk: a rising curve, bars and lines of writing."""
    chalk = "#dfe8d6"
    for i, h in enumerate((50, 84, 72, 120, 156)):
        easel.rect(440 + i * 52, 400 - h, 30, h, (SAGE, HONEY)[i == 4])
    easel.line([(424, 402), (712, 402)], 4, chalk)
    easel.line(smooth([(440, 330), (520, 290), (590, 300), (690, 214)]), 4, chalk)
    for i, w in enumerate((220, 260, 180, 240)):
        easel.line([(790, 180 + i * 44), (790 + w * 0.4, 180 + i * 44)], 4, chalk)


def student(easel: Easel, x: float, y: float, size: float, coat: str) -> None:
    """Shoulders and the back of a head, over the edge of a desk at y."""
    easel.polygon(
        smooth([(x - size * 0.3, y + 20), (x - size * 0.25, y - size * 0.2), (x, y - size * 0.29),
                (x + size * 0.25, y - size * 0.2), (x + size * 0.3, y + 20)]), coat, shadow=6,
    )  # fmt: skip
    easel.rect(x - size * 0.05, y - size * 0.36, size * 0.1, size * 0.12, "#d9ab8c")
    easel.oval(x, y - size * 0.44, size * 0.12, size * 0.14, "#3a3432")
    easel.oval(x - size * 0.02, y - size * 0.47, size * 0.08, size * 0.08, "#4a4340")


def chairs(easel: Easel) -> None:
    """Chairs under a wide window at ten in the morning."""
    easel.wash("#eee2ca", "#e6d6b8", 0, 760)
    easel.rect(150, 90, 1200, 440, WOOD, shadow=8)
    for i in range(4):
        x = 170 + i * 294
        easel.rect(x, 110, 278, 400, "#d5e9e6")
        slope = [(0, 510), (0, 420 - 30 * (i % 2)), (150, 380), (278, 430), (278, 510)]
        easel.polygon([(x + dx, y) for dx, y in slope], "#b5d0bd")
        tree(easel, x + 80 + 60 * (i % 2), 510, 230, ("#8fb596", "#a7c7a3")[i % 2], "#8b8a72")
        easel.polygon(
            [(x + 150, 110), (x + 230, 110), (x + 90, 510), (x + 10, 510)], "#ffffff", 0.35
        )
    easel.wash("#cdb48f", "#b1956e", 760, 240)
    easel.rect(0, 744, WIDTH, 18, WOOD)
    for i in range(3):
        sunbeam(easel, 200 + i * 400, 790, 240, 200, 190)
    for i in range(5):
        chair(easel, 200 + i * 208, (CINNABAR, JADE, INDIGO, JADE, CINNABAR)[i])
    plant(easel, 1330, 860, 400, PAPER)
    easel.rect(824, 722, 84, 14, PAPER, shadow=4)
    easel.polygon([(818, 722), (866, 712), (914, 722), (866, 730)], MIST)


def chair(easel: Easel, x: float, colour: str) -> None:
    easel.oval(x + 88, 890, 116, 13, "#5b4a34", alpha=0.35)
    for leg in (x + 12, x + 150):
        easel.rect(leg, 750, 12, 138, INK)
    easel.rect(x - 2, 540, 180, 176, colour, radius=26, shadow=8)
    easel.rect(x + 14, 556, 148, 10, BLUSH, radius=5, alpha=0.35)
    easel.rect(x - 12, 728, 200, 38, colour, radius=16, shadow=8)
    easel.rect(x - 12, 752, 200, 14, INK, radius=7, alpha=0.22)
    for arm in (x - 22, x + 180):
        easel.rect(arm, 650, 16, 96, ASH, radius=6)
    easel.rect(x + 60, 712, 12, 20, STONE)
    easel.rect(x + 106, 712, 12, 20, STONE)
