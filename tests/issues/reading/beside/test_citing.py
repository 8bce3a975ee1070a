"""GB/T 7714—2015, as references are written."""

import pytest

from issues import numbering
from issues.numbering import Which
from issues.reading.beside import citing

HERE = "https://journal.example.com/articles/7/"


def cited(names, which=None, page=12) -> str:
    told = citing.reference(
        names,
        title="把表格变成谈话",
        journal="服务文化专刊",
        year=2026,
        issue=which or Which(3),
        page=page,
        address=HERE,
    )
    return f"{told.opening}[2026-11-28]{told.closing}"


TITLE, JOURNAL = "把表格变成谈话[J/OL]", "服务文化专刊"


@pytest.mark.parametrize(
    ("names", "which", "page", "told"),
    [
        (["谷淳"], None, 12, f"谷淳. {TITLE}. {JOURNAL}, 2026(3): 12"),
        (["甲", "乙", "丙"], None, None, f"甲, 乙, 丙. {TITLE}. {JOURNAL}, 2026(3)"),
        (list("甲乙丙丁"), Which(7, 8), 1, f"甲, 乙, 丙, 等. {TITLE}. {JOURNAL}, 2026(7/8): 1"),
        ([], Which(1, kind=numbering.SUPPLEMENT), None, f"{TITLE}. {JOURNAL}, 2026(增刊1)"),
    ],
)
def test_names_at_most_three_and_the_number_as_the_standard_writes_it(names, which, page, told):
    assert cited(names, which, page) == f"{told}[2026-11-28]. {HERE}"
