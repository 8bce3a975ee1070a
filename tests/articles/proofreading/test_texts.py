"""The text of a manuscript and the way back to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.bodies import html
from articles.proofreading import Manuscript, proofread
from articles.proofreading.files import NotReadable, read
from articles.proofreading.texts import of_file, of_manuscript

PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<h2>", "</h2>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<br>", "<em>"),
        *("</em>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<blockquote>", "<hr>"),
        *(
            "服务",
            "雨",
            " ",
            "\u3000",
            "\n",
            "&amp;",
            "&lt;b&gt;",
            "&nbsp;",
            "a",
            "，",
            ",",
            "龑",
            "😀",
        ),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_lines_are_those_of_the_cleaned_body(raw):
    body = html.clean(raw)
    blocks = of_manuscript(Manuscript(body=body)).blocks
    assert "\n".join(block.text for block in blocks) == html.text(body)
    assert [block.line for block in blocks] == list(range(1, len(blocks) + 1))


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_character_knows_its_place_in_the_source(raw):
    body = html.clean(raw)
    for block in of_manuscript(Manuscript(body=body)).blocks:
        for char, place in zip(block.text, block.source, strict=True):
            assert body[place] == char or body[place] in "&<"


def test_a_finding_names_part_line_column_and_quote():
    manuscript = Manuscript(
        title="门垫换了三次。",
        standfirst="下雨天,",
        body="<h2>看见</h2><p>先看<em>客户,</em>再问。</p>",
    )
    found = [
        (each.place.part, each.place.line, each.place.column, each.quote, each.before)
        for each in proofread(manuscript)
    ]
    assert found == [
        ("title", 1, 7, "。", "门垫换了三次"),
        ("standfirst", 1, 4, ",", "下雨天"),
        ("body", 2, 5, ",", "先看客户"),
    ]


def test_a_text_file_keeps_its_lines_and_columns():
    found = proofread(of_file("第一行\n\n    先看,再问。\n"))
    assert [(each.place.line, each.place.column, each.place.offset) for each in found] == [
        (3, 7, 2)
    ]


def test_running_heads_do_not_tear_a_paragraph():
    torn = "下雨那天，门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们能不能留住他的时"
    rest = "间。后来我们在门外多放了一块，把伞架也挪了出去。"
    head = "服务管理\nService management\n\n"
    found = proofread(of_file(f"{head}{torn}\n\n{head}{rest}\n\n{head}"))
    assert [(each.rule, each.place.line) for each in found] == [("C06", 4)]


def test_a_quotation_of_several_paragraphs_closes_once():
    body = "<p>他说：</p><p>“先看。</p><p>“再问。”</p>"
    assert proofread(Manuscript(body=body)) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_files_are_read_in_the_encodings_that_people_have(encoding):
    text = read("先看,再问。\r\n龑。".encode(encoding), is_html=False)
    assert [block.text for block in text.blocks] == ["先看,再问。", "龑。"]


def test_an_html_file_is_read_as_a_body():
    page = "<!doctype html><html><head><title>题</title></head><body><p>先看。</p></body></html>"
    assert [block.text for block in read(page.encode(), is_html=True).blocks] == ["先看。"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04xx", "Word 文档"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xfe\x00", "文字编码"),
        (b"\x81", "文字编码"),
        (b"a" * (5 * 1024 * 1024 + 1), "超过 5 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(data, says):
    with pytest.raises(NotReadable, match=says):
        read(data, is_html=False)


def test_html_that_cannot_be_cleaned_is_refused():
    with pytest.raises(NotReadable, match="层层嵌套"):
        read(b"<blockquote>" * 100 + b"x", is_html=True)


def test_a_file_of_nothing_but_a_running_head_is_read():
    assert proofread(of_file("门垫与伞架\n" * 5)) == []
