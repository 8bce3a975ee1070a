import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import brotli
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from issues import numbering
from issues.covers import (
    BY_SEASON,
    LAYOUT_NAMES,
    MOTIF_NAMES,
    MOTIFS,
    PALETTE_NAMES,
    CoverFacts,
    draw,
    outlines,
    palette_of,
    with_picture,
)
from issues.covers.compositions import LAYOUTS
from issues.covers.lettering import divide, seal_text, word
from issues.covers.palettes import PALETTES
from issues.covers.typesetting import Measure, clean, fit_block, width, wrap
from issues.numbering import Which
from servicejournal.papers import fonts

SVG = "{http://www.w3.org/2000/svg}"
BLEED = 7  # units that a shape may be drawn past the page, where the view box crops it
FACTS = CoverFacts(
    name="服务文化专刊",
    name_en="Service culture special issue",
    year=2022,
    number=2,
    running_number=38,
    cover_lines=("扎根社区的一百天", "把表格变成谈话", "年轻柜员的第一课"),
    slogan="传播服务文化价值　展示服务品牌形象",
    month=4,
)
TEXTS = st.text(max_size=60) | st.sampled_from(
    ["</text><script>alert(1)</script>", "\x00\x0b\ud800", "\u202e倒", "e" + "\u0301" * 50,
     "长" * 300, "W" * 200, "]]>&amp;\"'", "﷽" * 40, "👨‍👩‍👧" * 30]
)  # fmt: skip
ANY_FACTS = st.builds(
    CoverFacts,
    name=TEXTS,
    name_en=TEXTS,
    year=st.integers(-10, 99999),
    number=st.integers(-10, 10**9),
    running_number=st.integers(-10, 10**9),
    kind=st.sampled_from(sorted(numbering.NAMES)),
    last_number=st.none() | st.integers(1, 99),
    cover_lines=st.lists(TEXTS, max_size=7).map(tuple),
    slogan=TEXTS,
    month=st.none() | st.integers(-1, 14),
    permit=TEXTS,
    notice=TEXTS,
    layout=st.sampled_from(["", *LAYOUT_NAMES]) | TEXTS,
    motif=st.sampled_from(["", *MOTIF_NAMES]) | TEXTS,
    colours=st.sampled_from(["", BY_SEASON, *PALETTE_NAMES]) | TEXTS,
)
ALL_COMPOSITIONS = pytest.mark.parametrize("running_number", range(24))


def issue(running_number: int, **changes) -> CoverFacts:
    return replace(FACTS, running_number=running_number, **changes)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own output, not a stranger's)


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in parsed(svg).iter(f"{SVG}text")]


def extent(node: ET.Element) -> tuple[float, float]:
    """Left and right end of a text element, by the estimate the cover is set with."""
    size = float(node.get("font-size"))
    span = width(node.text) * size + float(node.get("letter-spacing", 0)) * (len(node.text) - 1)
    x = float(node.get("x"))
    start = {"start": x, "middle": x - span / 2, "end": x - span}[node.get("text-anchor", "start")]
    return start, start + span


def points(node: ET.Element) -> list[tuple[float, float]]:
    """Corners of a shape; the end points of curves, not their control points."""

    def get(key: str) -> float:
        return float(node.get(key, 0))

    if node.tag == f"{SVG}rect":
        return [
            (get("x"), get("y")),
            (get("x") + get("width"), get("y") + get("height")),
        ]
    if node.tag == f"{SVG}circle":
        x, y, r = get("cx"), get("cy"), get("r")
        return [(x - r, y - r), (x + r, y + r)]
    data = re.sub(r"A[\d.]+ [\d.]+ 0 0 [01] ", "L", node.get("d", ""))
    data = re.split("[hv]", data)[0]
    figures = [float(figure) for figure in re.findall(r"-?\d+(?:\.\d+)?", data)]
    return list(zip(figures[::2], figures[1::2], strict=True))


@settings(max_examples=150, deadline=None)
@given(ANY_FACTS)
@example(CoverFacts("", "", 0, 0, 0))
def test_any_facts_give_well_formed_svg_without_active_content(facts):
    root = parsed(draw(facts))
    assert root.get("viewBox") == "0 0 420 570"
    assert root.find(f"{SVG}title").text
    for node in root.iter():
        assert node.tag.removeprefix(SVG) in {
            "svg",
            "title",
            "text",
            "rect",
            "circle",
            "path",
        }
        for name in node.attrib:
            assert name not in {"style", "class", "id"}
            assert "href" not in name
            assert not name.startswith("on")


@settings(max_examples=150, deadline=None)
@given(ANY_FACTS)
def test_text_never_leaves_the_page(facts):
    for node in parsed(draw(facts)).iter(f"{SVG}text"):
        start, end = extent(node)
        assert start >= 20, node.text
        assert end <= 400, node.text
        assert float(node.get("y")) - float(node.get("font-size")) * 0.9 > 0
        assert float(node.get("y")) < 564


@ALL_COMPOSITIONS
def test_shapes_stay_on_the_page(running_number):
    for node in parsed(draw(issue(running_number))).iter():
        for x, y in points(node):
            assert -BLEED <= x <= 420 + BLEED
            assert -BLEED <= y <= 570 + BLEED


@ALL_COMPOSITIONS
def test_every_cover_line_is_shown_whole(running_number):
    lines = ("一条不长的要目", "网点排班里的人情与算术", "首问负责，第二问更要负责")
    shown = "".join(texts(draw(issue(running_number, cover_lines=lines))))
    for line in lines:
        assert line in shown


@pytest.mark.parametrize("layout", LAYOUT_NAMES)
def test_each_layout_bears_the_permit_every_motif_and_a_picture(layout):
    chosen = issue(3, layout=layout, permit="（示）内资字第0101号", notice="内部资料　免费交流")
    assert "准印证号：（示）内资字第0101号　内部资料　免费交流" in texts(draw(chosen))
    assert len({draw(replace(chosen, motif=name)) for name in MOTIF_NAMES}) == len(MOTIF_NAMES)
    drawn = draw(replace(chosen, motif="picture", has_picture=True))
    assert "data:" not in drawn
    assert with_picture(drawn, b"\xff\xd8 a picture").count("data:image/jpeg;base64,") == 1
    for node in parsed(drawn).iter():
        for x, y in points(node):
            assert -BLEED <= x <= 420 + BLEED
            assert -BLEED <= y <= 570 + BLEED


def test_seasons_have_colours_of_their_own():
    names = {palette_of(issue(63, colours=BY_SEASON, month=month)).name for month in (1, 4, 7, 10)}
    assert len(names) == 4
    assert palette_of(issue(63, colours=BY_SEASON, month=3)).name in names


def test_the_same_facts_give_the_same_cover():
    assert draw(FACTS) == draw(replace(FACTS))


def test_neighbours_differ_in_composition_palette_and_motif():
    for count in (len(LAYOUTS), len(PALETTES), len(MOTIFS)):
        for here, there in pairwise(range(400)):
            assert here % count != there % count
    choices = {(n % len(LAYOUTS), n % len(PALETTES), n % len(MOTIFS)) for n in range(168)}
    assert len(choices) == 168


def test_no_two_covers_of_ten_years_are_alike():
    covers = {draw(issue(n, number=2)).replace(f"总第{n}期", "") for n in range(60)}
    assert len(covers) == 60


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_text_stands_out_from_its_ground(palette):
    assert contrast(palette.ink, palette.ground) >= 6.5
    assert contrast(palette.soft, palette.ground) >= 4.5
    assert contrast(palette.paper, palette.deep) >= 7
    assert contrast(palette.paper_ink, palette.paper) >= 7
    assert contrast(palette.seal_ink, palette.seal) >= 4


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("服务文化专刊", ("服务文化", "专刊")),
        ("服务文化", ("服务文化", "")),
        ("专刊", ("专刊", "")),
        ("农信双月刊", ("农信", "双月刊")),
        ("一二三四五六七八九十甲乙", ("一二三四五六七八九…", "")),
    ],
)
def test_the_kind_of_journal_is_parted_from_its_name(name, parts):
    assert divide(name) == parts


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2, "第二期"),
        (10, "第十期"),
        (12, "第十二期"),
        (24, "第二十四期"),
        (100, "期刊之印"),
    ],
)
def test_the_seal_counts_in_characters(number, text):
    assert seal_text(Which(number)) == text


@pytest.mark.parametrize(
    ("which", "numeral", "seal"),
    [
        (Which(4), "04", "第四期"),
        (Which(7, 8), "7–8", "七八合刊"),
        (Which(11, 12), "11–12", "合刊之印"),
        (Which(1, 3), "1–3", "合刊之印"),
        (Which(1, kind="supplement"), "增刊", "增刊一"),
        (Which(2, kind="extra"), "号外", "号外二"),
    ],
)
def test_a_cover_says_of_what_kind_the_issue_is(which, numeral, seal):
    facts = replace(FACTS, number=which.number, last_number=which.last_number, kind=which.kind)
    assert (word(facts).numeral, word(facts).seal) == (numeral, seal)
    assert word(facts).imprint == numbering.label(facts)
    assert numeral in "".join(parsed(draw(facts)).itertext())


def test_the_supplements_of_a_year_do_not_look_alike():
    """They have no running number, which tells the covers of the others apart."""
    facts = replace(FACTS, running_number=0, kind="supplement")
    drawn = {draw(replace(facts, number=number, cover_lines=())) for number in (1, 2, 3)}
    looks = {replace(facts, number=number).turn % len(LAYOUTS) for number in (1, 2, 3)}
    assert len(drawn) == len(looks) == 3


def test_a_month_that_is_none_is_left_out_of_the_date():
    assert word(FACTS).date == "二〇二二年四月"
    assert word(replace(FACTS, month=None)).date == "二〇二二年"
    assert word(replace(FACTS, month=13)).date == "二〇二二年"


def test_clean_drops_what_cannot_be_drawn():
    assert clean(" 一\x00二\u202e三\n四\u0301 ") == "一二三 四"
    assert clean("甲 　 乙") == "甲　乙"


def test_wrap_keeps_punctuation_and_words_together():
    assert wrap("首问负责，第二问更要负责", 4, 3) == ["首问负", "责，第二", "问更要…"]
    assert wrap("一次 review 之后的事", 5, 3)[0] == "一次"
    assert wrap("", 5, 2) == []


def test_a_block_is_set_smaller_before_it_is_cut():
    measure = Measure(width=200, height=100, largest=16, smallest=10)
    assert fit_block(("短句",), measure).size == 16
    longer = fit_block(("二十个字的一条要目它在大字里放不下的呀",) * 4, measure)
    assert longer.size < 16
    assert longer.height <= 100
    cut = fit_block(("长" * 100,) * 5, measure)
    assert cut.height <= 100
    assert cut.entries[0][-1].endswith("…")


@pytest.fixture(scope="module")
def faces() -> fonts.Faces:
    return fonts.find()


class TestOutlines:
    """Words as paths, in the faces of the print PDF."""

    @pytest.mark.parametrize("running_number", range(3))
    def test_take_the_place_of_words_and_of_nothing_else(self, faces, running_number):
        live = draw(issue(running_number))
        drawn = outlines.outlined(live, faces)
        assert texts(live)
        assert not texts(drawn)
        assert drawn.count("<path ") == live.count("<path ") + live.count("<text ")
        assert [e.tag for e in parsed(drawn)][:5] == [e.tag for e in parsed(live)][:5]
        assert not re.search(r"font|<use|style=|href", drawn)
        assert len(brotli.compress(drawn.encode(), quality=4)) < 24_000

    def test_stand_where_the_words_stood(self, faces):
        drawing = (
            '<svg><text x="100" y="50" font-family="Serif" font-size="40" font-weight="700"'
            ' fill="#123"{}>国国</text></svg>'
        )
        for more, left in (("", 100), (' text-anchor="middle"', 60), (' text-anchor="end"', 20)):
            drawn = outlines.outlined(drawing.format(more), faces)
            starts = [int(x) / 10 for x in re.findall(r"M(-?\d+)", drawn)]
            assert left <= min(starts) < left + 12
            assert left + 40 < max(starts) < left + 80

    @pytest.mark.parametrize("hostile", ["</text><script>", "\u202e倒&amp;", "﷽长", "👨‍👩‍👧"])
    def test_of_hostile_words_are_a_drawing_still(self, faces, hostile):
        drawn = outlines.outlined(draw(issue(1, cover_lines=(hostile,), name_en=hostile)), faces)
        assert not texts(drawn)
        assert "script" not in drawn
