import contextlib
import random

import pytest

from issues.backissues.dump import parse
from issues.backissues.lines import MAX_BYTES, MAX_LINE, MAX_LINES, NotADump, read
from tests.issues.worst_lines import HEAD, WORST

TEXT = "第一行\n\n    第二行  \n第三行\n"


def numbers_and_texts(data: bytes) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in read(data)[0]]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("gbk", "GB18030"),
        ("gb18030", "GB18030"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_lines_are_the_same_in_every_encoding_and_with_every_line_end(encoding, name, end):
    data = TEXT.replace("\n", end).encode(encoding)
    if end == "\r" and encoding in ("utf-16-le", "utf-16-be"):
        with pytest.raises(NotADump):  # nothing tells the byte order
            read(data)
        return
    lines, found = read(data)
    assert found == name
    assert [(line.number, line.text) for line in lines] == [
        (1, "第一行"),
        (3, "第二行"),
        (4, "第三行"),
    ]


def test_layout_is_measured_in_half_ems():
    lines, _ = read("　　\xa0服务\xa0 \n\t服务\n".encode())
    assert [(line.indent, line.trailing) for line in lines] == [(5, 2), (4, 0)]


def test_blank_lines_and_form_feeds_divide_frames():
    lines, _ = read("甲\n乙\n\n丙\f丁\n \xa0\n戊\n".encode())
    frames = [line.box for line in lines]
    assert frames[0] == frames[1]
    assert len(set(frames)) == 4


def test_invisible_characters_are_dropped():
    data = "\u202e服\u200b务\u00ad\x07\u2066管\ufe0f理\ufeff\ue123".encode()
    assert numbers_and_texts(data) == [(1, "服务管理")]


def test_radicals_and_bullets_of_pdf_fonts_become_what_they_look_like():
    assert numbers_and_texts("⼈⺠⻔⾥\n".encode()) == [(1, "人民门里")]
    assert numbers_and_texts("\uf0fc服务\n".encode()) == [(1, "√服务")]


def test_a_few_broken_bytes_are_read_and_doubted():
    text = "注册\n\n邻里服务专刊2023第4期\n\n门垫\n\n◎南湖支行 高志远\n\n雨下了一上午。门垫换了三回"
    issue = parse(text.encode()[:-1])
    assert [doubt.line for doubt in issue.doubts if doubt.code == "unreadable"] == [9]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空"),
        (b" \r\n\t", "空"),
        ("\ufeff\u200b\n".encode(), "没有文字"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        ("<!DOCTYPE html><html><p>服务</p></html>".encode(), "网页"),
        ("服务<div>\n".encode() * 60, "网页"),
        ("服务\0管理\n".encode(), "空字符"),
        (bytes(random.Random(1).randbytes(4000)), "文字"),  # noqa: S311
        ("服".encode() * (MAX_LINE + 1), "一行"),
        (b"a\n" * (MAX_LINES + 1), "行"),
        (b"a" * (MAX_BYTES + 1), "MB"),
    ],
)
def test_what_is_no_text_is_refused_in_one_chinese_sentence(data, says):
    with pytest.raises(NotADump, match=r"^[^。]*。$") as refusal:
        read(data)
    assert says in str(refusal.value)


@pytest.mark.parametrize("unit", WORST)
def test_lines_that_are_hard_to_tell_apart_are_read_or_refused(unit):
    """How long five megabytes of them take: `benchmarks/bench_backissues.py`."""
    with contextlib.suppress(NotADump):
        parse(HEAD.encode() + unit.encode() * (100_000 // len(unit.encode())))
