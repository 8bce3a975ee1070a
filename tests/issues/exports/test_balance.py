"""How high two columns must be to end level."""

import pytest

from issues.exports.pdf import balance
from issues.exports.pdf.balance import Grid, Pair

#: A page of 40 lines.
GRID = Grid(top=70.0, bottom=70.0 + 40 * 17 - 7, pitch=17.0, lead=7.0)


def place(page: int, line: int, *, right: bool = False) -> dict:
    """The top of a line of the page, counted from 0."""
    return {"page": page, "y": GRID.top + line * GRID.pitch, "right": right}


def below(page: int, lines: int, *, right: bool = False) -> dict:
    """The foot of so many lines."""
    return {"page": page, "y": GRID.top + lines * GRID.pitch - GRID.lead, "right": right}


def spot(start: dict, end: dict, after: dict | None = None, floats: tuple = ()) -> dict:
    return {"start": start, "end": end, "after": after or end, "floats": list(floats)}


def lines(pair: Pair, line: int = 0) -> int:
    """The height of a pair that begins at this line of its page, in lines of the grid."""
    return round((pair.height(place(1, line)["y"], GRID) + GRID.lead) / GRID.pitch)


def test_a_page_has_as_many_lines_as_fit():
    assert GRID.lines == 40


@pytest.mark.parametrize(
    ("end", "amount"),
    [
        (below(1, 30), 20),  # ten lines stand above
        (below(1, 15, right=True), 30 + 5),
        (below(2, 8), 60 + 8),
        (below(2, 8, right=True), 60 + 40 + 8),
        (below(4, 8), 60 + 160 + 8),
    ],
)
def test_the_text_is_measured_in_lines_of_one_column(end, amount):
    found = {1: spot(place(1, 10), end)}
    assert balance.first_guess(found, GRID) == {1: Pair(amount)}


def test_a_broad_picture_beside_a_short_end_stands_in_both_columns():
    """A page of which the picture takes twenty lines, and the text ten of the first column."""
    end = below(2, 30)
    above = {**below(2, 20), "top": place(2, 0)["y"], "wide": True}
    found = {1: spot(place(1, 0), end, floats=(above,))}
    (pair,) = balance.first_guess(found, GRID).values()
    full = GRID.bottom - GRID.top
    assert pair.height(GRID.top, GRID) == full + GRID.height(25)


def test_columns_that_reach_a_page_further_than_the_text_give_it_back():
    found = spot(place(1, 0), below(1, 39, right=True), after=below(2, 6))
    pair = balance.corrected({1: Pair(80 + 12)}, {1: found}, GRID)[1]
    assert lines(pair) == 40


@pytest.mark.parametrize(("amount", "high"), [(1, 1), (2, 1), (21, 11), (60, 30)])
def test_on_one_page_each_column_takes_half(amount, high):
    assert lines(Pair(amount), line=10) == high


def test_over_pages_only_the_last_is_shared_out():
    start = place(1, 10)["y"]
    full = (GRID.bottom - start) + (GRID.bottom - GRID.top)
    assert Pair(60 + 80 + 11).height(start, GRID) == full + GRID.height(6)


def test_a_text_that_ran_out_gets_a_line_more_and_a_page_where_there_is_none():
    ran_out = spot(place(1, 0), below(1, 11, right=True), below(1, 10))
    pair = balance.corrected({1: Pair(20)}, {1: ran_out}, GRID)[1]
    assert lines(pair) == 11
    assert lines(Pair(80, more=1)) == 41


def picture(page: int, lines: range, *, right: bool = False) -> dict:
    """A picture that stands in place of these lines."""
    top = place(page, lines.start)["y"]
    return {**below(page, lines.stop, right=right), "top": top, "wide": False}


def test_a_picture_that_ran_out_counts_as_text():
    late = spot(place(1, 0), below(1, 10), below(1, 10), (picture(1, range(8, 14)),))
    assert balance.corrected({1: Pair(20)}, {1: late}, GRID)[1].more == 2


def test_pictures_that_cover_each_other_or_the_text_need_room():
    two = (picture(1, range(8)), picture(1, range(4, 12)))
    crowded = spot(place(1, 0), below(1, 12, right=True), below(1, 12), two)
    assert balance.corrected({1: Pair(24)}, {1: crowded}, GRID)[1].more == 2
    beside = (picture(1, range(8)), picture(1, range(4, 12), right=True))
    apart = spot(place(1, 0), below(1, 3, right=True), below(1, 12), beside)
    assert balance.corrected({1: Pair(24)}, {1: apart}, GRID)[1].more <= 0
    hidden = spot(place(1, 0), below(1, 10), below(1, 12), (picture(1, range(6, 12)),))
    assert balance.corrected({1: Pair(24)}, {1: hidden}, GRID)[1].more == 2


def test_empty_lines_of_the_second_column_are_taken_away():
    loose = spot(place(1, 0), below(1, 6, right=True), below(1, 10))
    assert balance.corrected({1: Pair(16)}, {1: loose}, GRID)[1].more == -2


def test_what_is_left_is_found_between_too_little_and_enough():
    loose = spot(place(1, 0), below(1, 6, right=True), below(1, 10))
    nearly = Pair(16, more=3, too_little=2)
    assert balance.corrected({1: nearly}, {1: loose}, GRID)[1].more == 3
    known = Pair(16, more=3, too_little=0)
    assert balance.corrected({1: known}, {1: loose}, GRID)[1].more == 2
    ran_out = spot(place(1, 0), below(1, 20, right=True), below(1, 10))
    known = Pair(16, more=3, enough=4)
    assert balance.corrected({1: known}, {1: ran_out}, GRID)[1].more == 4


def test_lines_above_a_picture_at_the_foot_are_not_empty():
    below_it = (picture(1, range(7, 10), right=True),)
    full = spot(place(1, 0), below(1, 6, right=True), below(1, 10), below_it)
    assert balance.corrected({1: Pair(16)}, {1: full}, GRID)[1].more == 0


def test_level_columns_are_left_alone():
    level = spot(place(1, 0), below(1, 9, right=True), below(1, 10))
    assert balance.corrected({1: Pair(19)}, {1: level}, GRID)[1].more == 0


def test_places_are_gathered_by_pair():
    told = [
        {"at": "grid", "top": 1},
        {"at": "start", "id": 7, "page": 1, "y": 70.0, "right": False},
        {"at": "float", "id": 7, "page": 1, "y": 90.0, "right": False},
        {"at": "float", "id": 9, "page": 1, "y": 90.0, "right": False},
    ]
    assert list(balance.spots(told)) == [7]
