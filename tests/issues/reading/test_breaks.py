"""Words that a page's end breaks, of scans of which nothing but the pages is known."""

import pytest

from issues.reading import lookup
from issues.reading.leafing import breaks

FOOT = "服务文化专刊2026年第5期"
PAGES = [
    f"卷首语{FOOT}4",
    f"服务先锋 鱼市收摊以后，一桶湿{FOOT}5",
    f"服务先锋 钱送到支行。柜员慢慢数{FOOT}16",
    f"服务先锋 好，晾在报纸上。{FOOT}17",
]


def found(needle: str) -> list[tuple[int, int, str]]:
    pages = breaks.sides(enumerate(PAGES, start=4))
    return [
        (each.first.number, each.second.number, each.first.text[slice(*each.begun)] + "|"
         + each.second.text[slice(*each.ended)])
        for each in breaks.in_scans(lookup.needle(needle), pages)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("needle", "places"),
    [
        ("湿钱", [(5, 6, "湿|钱")]),
        ("慢慢数好，晾", [(6, 7, "慢慢数|好，晾")]),
        ("一桶湿", []),
        ("数服务", []),
        ("期服务先锋", []),
    ],
    ids=["two-letters", "more", "on-one-page", "over-the-foot", "foot-and-head"],
)
def test_are_found_over_foot_and_head(needle, places):
    assert found(needle) == places
