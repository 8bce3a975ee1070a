"""Colours of a generated cover: Chinese traditional colours, mixed for print on paper."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """One colour scheme. Every field but `name` is a #rrggbb colour.

    `ground`, `ink`, `soft` are the page and the two weights of text on it; `sky` to `deep` are
    the paper layers of the picture from far to near; `sun` is the one light spot, `line` the
    hairlines of the picture; `paper` and `paper_ink` are the pasted title slip.
    """

    name: str
    ground: str
    ink: str
    soft: str
    sky: str
    far: str
    mid: str
    near: str
    deep: str
    sun: str
    line: str
    seal: str
    seal_ink: str
    paper: str
    paper_ink: str


#: Of winter, spring, summer and autumn: names of palettes.
SEASONS = (("墨", "朱砂"), ("竹青", "胭脂"), ("月白", "黛蓝"), ("秋香",))

# The order matters: a running number steps through it, so dark and light grounds alternate.
PALETTES = (
    Palette(
        name="朱砂", ground="#a5281d", ink="#fff3e2", soft="#f8d3bf",
        sky="#c64a33", far="#d9714f", mid="#b23322", near="#861a15", deep="#560d0d",
        sun="#f5cf86", line="#ffdcbd", seal="#fff3e2", seal_ink="#a5281d",
        paper="#fbf2e2", paper_ink="#5c100e",
    ),
    Palette(
        name="月白", ground="#e6eeec", ink="#10375a", soft="#456378",
        sky="#cbdee1", far="#a0c2cc", mid="#5f96b0", near="#296186", deep="#123c5c",
        sun="#e5714a", line="#f5f9f6", seal="#be3a2a", seal_ink="#fff6ea",
        paper="#f8faf5", paper_ink="#10375a",
    ),
    Palette(
        name="竹青", ground="#365545", ink="#f6f1df", soft="#cdd8c0",
        sky="#5d8268", far="#8fae88", mid="#6c936f", near="#2c4839", deep="#182b22",
        sun="#f3dfa2", line="#e3ecd3", seal="#c2442f", seal_ink="#fff6ea",
        paper="#f7f3e4", paper_ink="#1c3328",
    ),
    Palette(
        name="胭脂", ground="#f4e3da", ink="#6b182a", soft="#84404b",
        sky="#ecc9bf", far="#dc9f9b", mid="#c0606b", near="#8e2b3f", deep="#531323",
        sun="#fdf3e4", line="#fbe6dd", seal="#9d2933", seal_ink="#fff3ea",
        paper="#fdf6ef", paper_ink="#6b182a",
    ),
    Palette(
        name="黛蓝", ground="#25344a", ink="#f3ecdb", soft="#bcc7d2",
        sky="#3b526f", far="#64809c", mid="#46617f", near="#1f2f46", deep="#121c2c",
        sun="#ecc978", line="#d3dde4", seal="#c5432f", seal_ink="#fff3e2",
        paper="#f5efe0", paper_ink="#1b283a",
    ),
    Palette(
        name="秋香", ground="#e3bd57", ink="#38240b", soft="#5c3f11",
        sky="#efd58a", far="#d7a23f", mid="#b9782c", near="#84501f", deep="#452813",
        sun="#fdf5da", line="#fbe9b4", seal="#a92a1d", seal_ink="#fff3e2",
        paper="#fcf5e0", paper_ink="#452813",
    ),
    Palette(
        name="墨", ground="#f2ecdf", ink="#1f1c19", soft="#5f584e",
        sky="#e2dac9", far="#bfb7a8", mid="#89837a", near="#4b4742", deep="#22201d",
        sun="#b8322a", line="#f7f2e7", seal="#b8322a", seal_ink="#fff6ea",
        paper="#fbf8f0", paper_ink="#22201d",
    ),
)  # fmt: skip
