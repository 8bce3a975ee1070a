"""Files as a program writes them that is neither Word nor our own hand (python-docx: whole styles,
a theme, numbered styles): every character that was written is in the form."""

import io
from collections.abc import Callable
from typing import Any

import docx as python_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.word import read
from tests.articles.docx import photo
from tests.articles.word.test_nothing_is_lost import printed

PHOTO = photo(40, 30)


def in_a_table(document: Any, words: str) -> list[str]:
    rows = document.add_table(2, 2)
    for at, cell in enumerate(rows._cells):
        cell.text = f"{words}{at}"
    rows.cell(0, 0).merge(rows.cell(0, 1))
    return [f"{words}{at}" for at in range(4)]


def in_runs(document: Any, words: str) -> list[str]:
    paragraph = document.add_paragraph()
    for at, character in enumerate(words):
        run = paragraph.add_run(character)
        run.bold, run.italic = at % 2 == 0, at % 3 == 0
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return [words]


def beside_a_picture(document: Any, words: str) -> list[str]:
    run = document.add_paragraph(words).add_run()
    run.add_picture(io.BytesIO(PHOTO), width=Mm(20))
    run.add_text("后")
    return [words, "后"]


def plain(style: str) -> Callable[[Any, str], list[str]]:
    def write(document: Any, words: str) -> list[str]:
        document.add_paragraph(words, style=style)
        return [words]

    return write


def headed(document: Any, words: str) -> list[str]:
    document.add_heading(words, level=2)
    return [words]


def broken(document: Any, words: str) -> list[str]:
    run = document.add_paragraph(words).add_run()
    run.add_break()
    run.add_tab()
    run.add_text(words)
    return [words, words]


WAYS: dict[str, Callable[[Any, str], list[str]]] = {
    "table": in_a_table,
    "runs": in_runs,
    "picture": beside_a_picture,
    "heading": headed,
    "break": broken,
    **{
        name: plain(name)
        for name in (
            *("Normal", "Title", "Subtitle", "Quote", "Intense Quote", "Caption", "Body Text"),
            *("List Bullet", "List Bullet 2", "List Number", "List Number 2", "List Continue"),
        )
    },
}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(sorted(WAYS)), min_size=1, max_size=10))
def test_every_character_that_was_written_is_there(ways):
    document = python_docx.Document()
    shown = [
        words for at, way in enumerate(ways) for words in WAYS[way](document, f"甲{at}句话写雨伞")
    ]
    out = io.BytesIO()
    document.save(out)
    found = read(out.getvalue(), "a.docx")
    everything = printed(found)
    assert [words for words in shown if words not in everything] == []
