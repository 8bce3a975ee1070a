"""An issue of sixty articles, set and counted: what a compositor would send back."""

import pypdfium2
import pytest

from issues.exports import pdf
from tests.issues.exports import hostile_issue, samples, typesetting

#: Points of a title in the contents.
TITLE = 11.2
#: What must not occur at all.
NEVER = (
    "off the grid",
    "a dash hangs out",
    "a heading at the foot",
    "a picture's top off the grid",
    "a single line heads a column",
    "one character on a last line",
    "a mark begins a line",
)
#: Pages that a compositor leaves to the editor: behind notes, and where an article stands alone.
LEFT = 4


@pytest.fixture(scope="module")
def printed() -> pdf.Printed:
    return pdf.render(hostile_issue.book(), samples.FACE, samples.read, pdf.fonts.find())


@pytest.fixture(scope="module")
def counted(printed) -> typesetting.Count:
    return typesetting.count(printed.data)


@pytest.mark.parametrize("fault", NEVER)
def test_not_one_of_these_faults(counted, fault):
    assert counted.lines > 5000
    assert counted.faults.get(fault, []) == []


def test_hardly_a_page_is_left_half_empty(printed, counted):
    """Of 29 that were, when each article began a page of its own."""
    holes = counted.faults.get("page under 60 % full", [])
    assert len(holes) <= LEFT, holes
    assert {each.words for each in printed.filled} >= {
        "接在上一篇之后，同在一页",
        "接排：从上一篇结束的那一页开始",
        "提一句引语",
    }


def test_chinese_stands_in_columns_of_characters(counted):
    off = counted.faults.get("out of the columns of characters", [])
    assert counted.pure > 5000
    assert len(off) <= counted.pure / 100, off[:5]


def test_no_line_of_the_contents_is_printed_over_another(printed):
    """Of a section with more articles than a page has lines."""
    document = pypdfium2.PdfDocument(printed.data)
    for number in range(6, printed.starts[1] - 1):
        page = document[number]
        low = [
            char.baseline for char in typesetting.chars_of(page) if abs(char.size - TITLE) < 0.05
        ]
        assert max(low) <= typesetting.FOOT + 1, number + 1
