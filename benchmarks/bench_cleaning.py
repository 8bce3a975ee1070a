"""Cleaning a body: a usual article, and the worst inputs at half and at full length.

Linear time shows as a ratio of about two. A refusal costs time too, and counts as an answer.
"""

import contextlib
import time
from collections.abc import Callable

from articles.bodies import html

PICTURE = "/pictures/00000000-0000-4000-8000-000000000000/"
ARTICLE = (
    "<h2>一、先问来意</h2>" + "<p>表格问的是用途，谈话听见的是<strong>难处</strong>。</p>" * 60
)

WORST: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda size: "<p>字字字</p>" * (size // 10),
    "lines of plain text": lambda size: "服务" * (size // 2),
    "one character a line": lambda size: "字\n" * (size // 10),
    "open angle brackets": lambda size: "<" * size,
    "unfinished tags": lambda size: "<a " * (size // 3),
    "quotes that never close": lambda size: "<b \"x 'y" * (size // 8),
    "attributes": lambda size: "<a " + "href " * (size // 5) + ">x",
    "formatting left open": lambda size: (
        "<p>"
        + "".join(f"<strong x={n}>" for n in range(50))
        + "</p>"
        + "<p>x</p>" * ((size - 1000) // 8)
    ),
    "formatting closed crosswise": lambda size: "<div><b x=1></div>" * (size // 18),
    "a long address left open": lambda size: (
        f'<p><a href="http://{"x" * 1900}"></p>' + "<p>x</p>" * ((size - 2000) // 8)
    ),
    "tags hidden in attributes": lambda size: '<x y="</x>">' * (size // 12),
    "spaces": lambda size: "<strong>" + "\u3000" * (size - 20) + "x</strong>",
    "line breaks": lambda size: "<br>" * (size // 4),
    "items left open": lambda size: "<ul>" + "<li>x" * (size // 12),
    "cells left open": lambda size: "<table><tr>" + "<td>x" * (size // 12),
    "comments left open": lambda size: "<!--" * (size // 4),
    "scripts": lambda size: "<script>x</script>" * (size // 18),
    "Word's list items": lambda size: (
        "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>x</p>"
        * (size // 80)
    ),
    "Word's list items left open": lambda size: "<p style='mso-list:l0 level1'>" * (size // 30),
    "Word's marks left open": lambda size: (
        "<p style='mso-list:l0 level1'>" + "<span style='mso-list:Ignore'>" * (size // 30)
    ),
    "Word's notes left open": lambda size: "<a style='mso-footnote-id:x'>" * (size // 29),
    "levels in one tag": lambda size: "<p style='" + "mso-list:l0 level" * (size // 17),
    "pictures": lambda size: f'<img src="{PICTURE}">' * (size // 120),
}


def seconds(raw: str) -> float:
    """The best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        with contextlib.suppress(html.Refused):
            html.clean(raw)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    print(f"{'a usual article':32} {seconds(ARTICLE) * 1000:9.1f} ms  {len(ARTICLE):,} characters")
    print(f"{'':32} {'half':>9}     {'full':>9}     ratio")
    for name, make in WORST.items():
        half, full = (seconds(make(html.MAX_LENGTH // part)) for part in (2, 1))
        print(f"{name:32} {half * 1000:9.1f} ms  {full * 1000:9.1f} ms  {full / half:6.1f}")


if __name__ == "__main__":
    main()
