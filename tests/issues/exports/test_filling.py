"""The filling ladder: what is done, and in which order, so that no page stays nearly empty."""

import pytest

from issues.exports.pdf import filling, ladder, runs
from issues.exports.pdf.balance import Grid
from issues.exports.pdf.filling import Measured

pytestmark = pytest.mark.any_database

LINES = 42
GRID = Grid(top=70.0, bottom=70.0 + LINES * 17 - 7, pitch=17.0, lead=7.0)
COLUMN = 230.0


def article(
    rows: float, at: int = 1, *, head: float | None = 6, is_short: bool = False
) -> Measured:
    return Measured(at, rows, head, is_short)


def told(*blocks: dict, at: int = 1) -> dict:
    segment = {"kind": "columns", "id": at, "blocks": list(blocks)}
    return {"at": at, "title": "夜班", "follows": "", "segments": [segment]}


def paragraph(text: str) -> dict:
    return {"kind": "p", "words": [{"kind": "text", "text": text}]}


def a_figure(width: int = 1600, height: int = 1000, *, wide: bool = False) -> dict:
    return {"kind": "figure", "width": width, "height": height, "wide": wide, "floats": True}


HEADING = {"kind": "heading", "level": 2}


@pytest.mark.parametrize(
    ("rows", "joins"),
    [
        # The last page of the first is full: the second begins one of its own.
        ((36 + 42, 40), {}),
        # It is not: the second goes on there.
        ((42 + 10, 70), {2: "parted"}),
        # Only where its title and some lines have room, which a full page does not give.
        ((36, 30), {}),
    ],
)
def test_what_follows_begins_on_a_page_that_would_have_a_hole(rows, joins):
    articles = [article(each, at) for at, each in enumerate(rows, start=1)]
    assert filling.way(articles, 0, LINES).joins == joins


def test_what_is_short_shares_a_page_whole_and_what_begins_with_a_plate_is_not_parted():
    short = article(12, 2, is_short=True)
    assert filling.way([article(24), short], 0, LINES).joins == {2: "whole"}
    plate = article(40, 2, head=None)
    assert filling.way([article(10), plate], 0, LINES).joins == {}


def test_pages_before_are_shared_so_that_the_last_one_is_full():
    """Each for itself the first two would be full enough, and the third end on ten rows."""
    rows = (27, 72, 52)
    alone = filling.way([article(rows[2])], 0, LINES)
    assert alone.ends == (10,)
    found = filling.way([article(each, at) for at, each in enumerate(rows)], 0, LINES)
    assert found.joins
    assert min(found.ends[-1:]) >= filling.LEAST * LINES


def test_an_article_does_not_end_with_a_line_at_the_head_of_a_page():
    found = filling.way([article(20), article(66 - 42, 2), article(30, 3)], 0, LINES)
    assert not any(0 < end <= filling.FEW for end in found.ends)


def test_a_page_has_the_notes_of_one_article():
    """Those of each count from 1, and one page would have two of that number."""
    noted = Measured(1, 10, 6, True, has_notes=True)
    also, plain = Measured(2, 10, 6, True, has_notes=True), article(10, 2, is_short=True)
    assert filling.way([noted, plain], 0, LINES).joins == {2: "whole"}
    assert filling.way([noted, also], 0, LINES).joins == {}
    note = {"kind": "note", "words": [{"kind": "text", "text": "《窗口日记》。"}]}
    assert measured_to(GRID.bottom, {"kind": "p", "words": [note]}).has_notes
    assert not measured_to(GRID.bottom, paragraph("没有注。")).has_notes


def test_where_something_follows_already_an_end_is_on_the_grid_as_it_was_before():
    """What was joined once would otherwise be parted in the next round."""
    lines = 20
    ends = {"alone": lines * GRID.pitch - GRID.lead, "followed": lines * GRID.pitch + 0.3}
    found = {name: measured_to(GRID.top + down).on_grid for name, down in ends.items()}
    assert found == {"alone": True, "followed": True}
    assert not measured_to(GRID.top + lines * GRID.pitch + 6).on_grid  # behind notes


def measured_to(y: float, *blocks: dict) -> Measured:
    places = [
        {"at": "article", "number": 1, "page": 5, "y": GRID.top},
        {"at": "article-end", "number": 1, "page": 5, "y": y},
    ]
    (found,) = filling.measured({"articles": [{**told(*blocks), "is_short": True}]}, places, GRID)
    return found


def test_pictures_give_whole_lines_before_a_sentence_stands_out_and_a_broad_picture_comes_last():
    text = paragraph("那天下着雨。她把椅子往前挪了半步，等老人坐稳。" * 15)
    one = told(text, text, text, a_figure(), HEADING, text, text)
    steps = [step.what for step in ladder.looser(one, GRID, COLUMN)]
    assert steps == ["picture", "quote", "heading", "broad"]


def test_a_picture_gains_no_more_than_an_eighth_of_its_height():
    (step,) = [
        each
        for each in ladder.looser(told(a_figure(1000, 1400)), GRID, COLUMN)
        if each.what == "picture"
    ]
    assert 0 < step.by * GRID.pitch <= ladder.CUT * COLUMN * 1.4
    figure = step.nodes[0]
    ladder.take(told(), step)
    assert figure["grow"] == step.by
    ladder.undo(told(), step)
    assert "grow" not in figure


SAID = "她说：“坐吧。”又把椅子往前挪了半步。老人坐稳了，这才开口。"


def test_a_sentence_that_stands_out_is_whole_and_stands_a_paragraph_before_what_says_it():
    """A reader would meet it twice in two lines otherwise."""
    first, second = paragraph("开头。" * 200), paragraph("中间。" * 150)
    third = paragraph(SAID)
    one = told(first, second, third, paragraph("后来。" * 200))
    (step,) = [each for each in ladder.looser(one, GRID, COLUMN) if each.what == "quote"]
    ladder.take(one, step)
    quote = one["segments"][0]["blocks"][1]
    assert quote["pull"]
    assert quote["echo"]
    said = quote["blocks"][0]["words"][0]["text"]
    assert said == "老人坐稳了，这才开口。"  # not a sentence that cuts what somebody says
    assert one["segments"][0]["blocks"][2:4] == [second, third]
    ladder.undo(one, step)
    assert one["segments"][0]["blocks"][1] is second


@pytest.mark.parametrize(
    "blocks",
    [
        # Shorter than a page.
        [paragraph("开头。" * 50), paragraph("中间。" * 50), paragraph(SAID)],
        # Right below a heading, or a line of somebody who speaks.
        [paragraph("开头。" * 400), HEADING, paragraph("中间。" * 50), paragraph(SAID)],
        [paragraph("开头。" * 400), paragraph("好。"), paragraph(SAID)],
        # What it would be taken from is a signature, or a stanza.
        [
            paragraph("开头。" * 400),
            paragraph("中间。" * 50),
            {**paragraph(SAID), "look": "stanza"},
        ],
    ],
)
def test_no_sentence_stands_out_where_it_would_look_odd(blocks):
    found = ladder.looser(told(*blocks), GRID, COLUMN)
    assert [step.what for step in found if step.what == "quote"] == []


def test_all_or_nothing_where_what_there_is_does_not_fill_the_hole():
    steps = [ladder.Step(1, "heading", 2), ladder.Step(1, "broad", 6)]
    assert ladder.enough(steps, 1) == steps[:1]
    assert ladder.enough(steps, 8) == steps
    assert ladder.enough(steps, 9) == []


def test_nothing_is_done_that_another_step_makes_needless():
    steps = [ladder.Step(1, "picture", 2), ladder.Step(1, "broad", 14)]
    assert ladder.enough(steps, 12) == steps[1:]


# Runs, laid out for certain: `places` as the template tells them


def a_run(done: float, *blocks: dict, pages: int = 2, echoes: tuple[int, ...] = ()) -> runs.Run:
    """An article that ends `done` rows down its last page."""
    facts = {"top": GRID.top, "bottom": GRID.bottom, "pitch": GRID.pitch, "lead": GRID.lead}
    places = [
        {"at": "article", "number": 1, "page": 1, "y": GRID.top},
        *({"at": "echo", "page": page} for page in echoes),
        {"at": "article-end", "number": 1, "page": pages, "y": GRID.top + done * GRID.pitch},
        {"at": "grid", "column": COLUMN, **facts},
    ]
    articles = [told(*blocks)]
    faults, missing = runs.judged(articles, places)
    return runs.Run(articles, places, faults=faults, missing=missing)


def test_a_hole_is_a_fault_and_so_are_two_quotes_on_one_page():
    assert (a_run(30).faults, a_run(30).missing) == (0, 0)
    assert a_run(20).faults == 1
    assert a_run(20).missing == pytest.approx(filling.LEAST * LINES - 20)
    assert a_run(30, echoes=(1, 2)).faults == 0
    assert a_run(30, echoes=(1, 1)).faults == 1


def test_both_ways_are_tried_and_the_mildest_first():
    broad = a_figure(wide=True)
    text = paragraph("那天下着雨。她把椅子往前挪了半步，等老人坐稳。" * 30)
    run = a_run(12, broad, HEADING, *[text] * 8)
    tried = [[step.what for step in steps] for steps in runs.candidates(run)]
    costs = [sum(runs.COSTS[what] for what in each) for each in tried]
    assert costs == sorted(costs)
    ways = {steps[0].rows > 0 for steps in runs.candidates(run)}
    assert ways == {True, False}


def test_an_article_of_one_page_cannot_give_its_page_up():
    run = a_run(12, a_figure(wide=True), HEADING, pages=1)
    assert all(step.rows > 0 for steps in runs.candidates(run) for step in steps)


def test_the_report_says_what_was_done_and_nothing_of_what_found_no_room():
    first, second, third = told(at=1), told(at=2), told(at=3)
    second["follows"], third["follows"] = "parted", "whole"
    stands = {1: (5, 6), 2: (6, 8), 3: (9, 9)}  # the third found no room on page 8
    places = [
        each
        for n, (begins, ends) in stands.items()
        for each in (
            {"at": "article", "number": n, "page": begins},
            {"at": "article-end", "number": n, "page": ends},
        )
    ]
    assert filling.without_room([first, second, third], places) == [third]
    steps = [ladder.Step(1, "picture", 1, (a_figure(),), 2), ladder.Step(3, "quote", 2.5)]
    done = filling.report({"sections": [{"articles": [first, second, third]}]}, steps, places)
    assert [(each.at, each.words) for each in done] == [
        (1, "一张图高了 2 行"),
        (2, "接排：从上一篇结束的那一页开始"),
        (3, "提一句引语"),
    ]
