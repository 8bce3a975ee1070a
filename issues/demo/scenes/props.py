"""Things that more than one scene shows, and the colours that all of them share."""

import math

from .easel import Easel, Line, oval, smooth

PAPER, CREAM, INK = "#f6efe0", "#ece0c8", "#2c2a2e"
CINNABAR, ROSE, BLUSH = "#b8402e", "#d98f7c", "#eecdb9"
INDIGO, BLUE, MIST, SKY = "#2b4560", "#5c7f96", "#a8c0c4", "#d6e2df"
PINE, JADE, SAGE, LEAF = "#2f4a3d", "#5f8468", "#9db493", "#c9d3b0"
OCHRE, HONEY, LIGHT = "#c98b3a", "#e6b860", "#fbe3a6"
WOOD, BARK, SAND = "#a86f47", "#6a4330", "#d8b48a"
NIGHT, DUSK = "#1c293d", "#3b4f6b"
STONE, ASH = "#8d8a86", "#c9c3b8"


def plant(easel: Easel, x: float, y: float, size: float, pot: str = CINNABAR) -> None:
    """A potted plant that stands on y; `size` is its whole height."""
    for angle, length in ((-64, 0.62), (58, 0.6), (-36, 0.78), (34, 0.8), (-10, 0.92), (12, 0.7)):
        colour = JADE if abs(angle) > 30 else PINE
        easel.polygon(frond(x, y - size * 0.28, size * length * 0.78, angle), colour)
    w, h = size * 0.3, size * 0.32
    easel.polygon(
        [(x - w / 2, y - h), (x + w / 2, y - h), (x + w * 0.36, y), (x - w * 0.36, y)],
        pot,
        shadow=6,
    )
    easel.rect(x - w * 0.56, y - h * 1.1, w * 1.12, h * 0.22, pot, radius=3)


def frond(x: float, y: float, length: float, angle: float, plump: float = 0.16) -> Line:
    """A leaf that grows from x, y; `angle` in degrees from straight up, to the right."""
    turn = math.radians(angle)
    up, side = (math.sin(turn), -math.cos(turn)), (math.cos(turn), math.sin(turn))
    outline = ((0, 0), (0.3, plump), (0.65, plump * 0.85), (1, 0), (0.6, -plump), (0.28, -plump))
    return smooth(
        [
            (x + length * (a * up[0] + b * side[0]), y + length * (a * up[1] + b * side[1]))
            for a, b in outline
        ],
        closed=True,
        steps=5,
    )


def tree(easel: Easel, x: float, y: float, size: float, leaves: str, trunk: str = BARK) -> None:
    """A round tree that stands on y."""
    easel.polygon(
        [(x - size * 0.035, y), (x - size * 0.02, y - size * 0.6),
         (x + size * 0.02, y - size * 0.6), (x + size * 0.035, y)], trunk,
    )  # fmt: skip
    for dx, dy, r in ((-0.16, 0.55, 0.19), (0.17, 0.53, 0.18), (0, 0.74, 0.24)):
        easel.disc(x + dx * size, y - dy * size, r * size, leaves)


def house(easel: Easel, x: float, y: float, w: float, h: float, **look: str) -> None:
    """A house with a gabled roof that stands on y; `look` may give wall, roof and window."""
    wall, roof = look.get("wall", PAPER), look.get("roof", INDIGO)
    easel.rect(x, y - h, w, h, wall)
    easel.polygon(roof_line(x, y - h, w, h * 0.42), roof, shadow=5)
    easel.line([(x + w * 0.1, y - h * 1.43), (x + w * 0.9, y - h * 1.43)], h * 0.045, INK)
    pane = min(w * 0.16, h * 0.3)
    for share in (0.14, 0.7):
        easel.rect(x + w * share, y - h * 0.68, pane, pane * 1.1, look.get("window", DUSK))
    easel.rect(x + w * 0.42, y - h * 0.62, w * 0.17, h * 0.62, look.get("door", BARK))


def roof_line(x: float, y: float, w: float, rise: float) -> Line:
    """A tiled roof whose eaves, at the height y, turn up at both ends."""
    slope = ((-0.11, 0.2), (0.0, 0.26), (0.09, 0.6), (0.13, 1.0))
    left = smooth([(x + a * w, y - b * rise) for a, b in slope], steps=5)
    right = [(2 * x + w - px, py) for px, py in reversed(left)]
    rim = ((1.11, 0.2), (1, -0.04), (0.5, -0.1), (0, -0.04), (-0.11, 0.2))
    return [*left, *right, *smooth([(x + a * w, y - b * rise) for a, b in rim], steps=5)]


def person(easel: Easel, x: float, y: float, size: float, coat: str, hair: str = INK) -> None:
    """Somebody seen from behind or far away: a head and a coat, no face."""
    easel.rect(x - size * 0.09, y - size * 0.3, size * 0.075, size * 0.3, INK)
    easel.rect(x + size * 0.015, y - size * 0.3, size * 0.075, size * 0.3, INK)
    coat_line = [
        (-0.13, 0.72),
        (-0.08, 0.79),
        (0.08, 0.79),
        (0.13, 0.72),
        (0.17, 0.24),
        (-0.17, 0.24),
    ]
    easel.polygon([(x + a * size, y - b * size) for a, b in coat_line], coat)
    easel.rect(x - size * 0.035, y - size * 0.84, size * 0.07, size * 0.08, "#d9ab8c")
    easel.disc(x, y - size * 0.9, size * 0.085, "#d9ab8c")
    easel.polygon(oval(x, y - size * 0.915, size * 0.092, size * 0.09, 170, 372), hair)


def lantern(easel: Easel, x: float, y: float, size: float, paper: str = CINNABAR) -> None:
    """A lantern that hangs with its centre on x, y; `size` is its width."""
    easel.glow(x, y, size * 1.9, "#ffb463", 0.42)
    easel.line([(x, y - size * 0.75), (x, y - size * 0.4)], size * 0.02, INK)
    easel.line([(x, y + size * 0.4), (x, y + size * 0.86)], size * 0.035, HONEY)
    easel.oval(x, y, size * 0.5, size * 0.41, paper)
    for share, colour in ((0.36, "#c9533a"), (0.2, "#dc6f48"), (0.07, "#eb9258")):
        easel.oval(x, y, size * share, size * 0.405, colour)
    for edge in (-0.46, 0.36):
        easel.rect(x - size * 0.19, y + size * edge, size * 0.38, size * 0.1, HONEY, radius=3)
    easel.polygon(
        [(x - size * 0.05, y + size * 0.6), (x + size * 0.05, y + size * 0.6),
         (x + size * 0.08, y + size * 0.95), (x - size * 0.08, y + size * 0.95)], CINNABAR,
    )  # fmt: skip


def window(easel: Easel, x: float, y: float, w: float, h: float, **look: str) -> None:
    """A window with a cross of bars; `look` may give frame and glass."""
    frame = look.get("frame", BARK)
    easel.rect(x - 12, y - 12, w + 24, h + 24, frame, shadow=4)
    easel.rect(x, y, w, h, look.get("glass", SKY))
    easel.rect(x + w / 2 - 5, y, 10, h, frame)
    easel.rect(x, y + h * 0.4, w, 10, frame)


def umbrella(easel: Easel, x: float, y: float, r: float, colour: str, dark: str) -> None:
    """An open umbrella over x, y (the middle of its rim)."""
    easel.polygon([*oval(x, y, r, r * 0.72, 180, 360), *scallops(x, y, r)], colour, shadow=6)
    for share in (0.34,):
        rib = [*oval(x, y, r * share, r * 0.72, 180, 360), *scallops(x, y, r * share, 1)]
        easel.polygon(rib, dark)
    easel.line([(x, y - r * 0.72), (x, y - r * 0.84)], r * 0.03, INK)


def scallops(x: float, y: float, r: float, count: int = 5) -> Line:
    """The lower rim of an umbrella, right to left."""
    step = 2 * r / count
    return [
        point
        for i in range(count)
        for point in oval(x + r - step * (i + 0.5), y, step / 2, step * 0.22, 360, 180)
    ]


def steam(easel: Easel, x: float, y: float, size: float, colour: str = PAPER) -> None:
    for shift in (-0.16, 0.1):
        start = x + shift * size
        curl = [(start, y), (start + size * 0.1, y - size * 0.3),
                (start - size * 0.08, y - size * 0.6), (start + size * 0.06, y - size)]  # fmt: skip
        path = smooth(curl)
        band = [(px + size * 0.03 * (1 - i / len(path)), py) for i, (px, py) in enumerate(path)]
        easel.polygon([*path, *reversed(band)], colour, alpha=0.5)


def boat(easel: Easel, x: float, y: float, w: float, hull: str = BARK, mat: str = OCHRE) -> None:
    """A covered boat with its waterline on y."""
    easel.polygon(oval(x, y - w * 0.08, w * 0.26, w * 0.2, 180, 360), mat)
    easel.polygon(
        smooth([(x - w * 0.5, y - w * 0.12), (x - w * 0.25, y - w * 0.05),
                (x + w * 0.25, y - w * 0.05), (x + w * 0.5, y - w * 0.12)])
        + smooth([(x + w * 0.4, y + w * 0.02), (x, y + w * 0.05), (x - w * 0.4, y + w * 0.02)]),
        hull,
    )  # fmt: skip


def ripples(easel: Easel, y: float, h: float, colour: str, count: int = 40) -> None:
    """Short strokes of light on water."""
    for i in range(count):
        at = y + h * (i / count) ** 1.15
        length = easel.random.uniform(20, 120) * (0.5 + i / count)
        start = easel.random.uniform(-40, 1480)
        easel.line([(start, at), (start + length, at)], 2 + 2 * i / count, colour)
