"""Frames to paragraphs to HTML, by small texts."""

import pytest

from issues.backissues import stitch, structure
from issues.backissues.lines import read

LONG = "门垫每天抖一次，地毯每周晒一次，谁走过都顺手扶一扶"


def html(text: str) -> str:
    paragraphs = stitch.paragraphs(read(text.encode())[0], lambda *_: None)
    return structure.render(structure.blocks(paragraphs, lambda *_: None), str)


def doubts(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []

    def note(line: int, code: str, _message: str) -> None:
        found.append((line, code))

    structure.blocks(stitch.paragraphs(read(text.encode())[0], note), note)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a sentence over two frames
        (f"{LONG}，\n\n扶得久了。\n", f"<p>{LONG}，扶得久了。</p>"),
        (f"{LONG}又\n\n扶一扶。\n", f"<p>{LONG}又扶一扶。</p>"),
        # lines of a frame are paragraphs; broken lines are one
        (f"{LONG}。\n{LONG}。\n", f"<p>{LONG}。</p>\n<p>{LONG}。</p>"),
        (f"{LONG}又\n扶一扶。\n", f"<p>{LONG}又扶一扶。</p>"),
        # where paragraphs are indented, a frame that begins without indent goes on
        (
            f"    {LONG}。\n\n又扶一扶。\n    {LONG}。\n",
            f"<p>{LONG}。又扶一扶。</p>\n<p>{LONG}。</p>",
        ),
        (
            f"{LONG}。\n\n又扶一扶。\n{LONG}。\n",
            f"<p>{LONG}。</p>\n<p>又扶一扶。</p>\n<p>{LONG}。</p>",
        ),
        # headings: alone, behind spaces, running into the text
        (f"一、门垫\n{LONG}。\n", f"<h2>一、门垫</h2>\n<p>{LONG}。</p>"),
        (
            f"{LONG}。      一、门垫\n{LONG}。\n",
            f"<p>{LONG}。</p>\n<h2>一、门垫</h2>\n<p>{LONG}。</p>",
        ),
        (f"(一)门垫。{LONG}。\n", f"<h3>(一)门垫</h3>\n<p>{LONG}。</p>"),
        (
            f"1.门垫\n{LONG}。\n2.地毯\n{LONG}。\n",
            f"<h4>1.门垫</h4>\n<p>{LONG}。</p>\n<h4>2.地毯</h4>\n<p>{LONG}。</p>",
        ),
        (
            "一、把门垫换成\n          旧地毯\n" + LONG + "。\n",
            f"<h2>一、把门垫换成旧地毯</h2>\n<p>{LONG}。</p>",
        ),
        (f"1.门垫。{LONG}{LONG}{LONG}{LONG}。\n", f"<p>1.门垫。{LONG}{LONG}{LONG}{LONG}。</p>"),
        (f"1.5倍的门垫。{LONG}。\n", f"<p>1.5倍的门垫。{LONG}。</p>"),
        (f"一、{LONG}，{LONG}。\n", f"<p>一、{LONG}，{LONG}。</p>"),
        # lists: by marks, by numbers with nothing under them
        (
            "两条：\n√ 门垫。\n√地毯。\n",
            "<p>两条：</p>\n<ul><li>√ 门垫。</li><li>√ 地毯。</li></ul>",
        ),
        ("● 门垫\n● 地毯\n", "<ul><li>门垫</li><li>地毯</li></ul>"),
        ("1.门垫；\n2.地毯。\n", "<ol><li>门垫；</li><li>地毯。</li></ol>"),
        ("1.门垫\n2.地毯\n3.长椅\n", "<ol><li>门垫</li><li>地毯</li><li>长椅</li></ol>"),
        ("①门垫；\n②地毯。\n", "<ul><li>① 门垫；</li><li>② 地毯。</li></ul>"),
        # verse stays in lines
        ("门垫湿了\n地毯干了\n没有人滑倒\n", "<p>门垫湿了<br>地毯干了<br>没有人滑倒</p>"),
        # a subheading without a number
        (
            f"{LONG}。\n门垫的来历\n{LONG}。\n",
            f"<p>{LONG}。</p>\n<h2>门垫的来历</h2>\n<p>{LONG}。</p>",
        ),
        # layout spaces
        ("门 垫，地 毯。\n", "<p>门垫，地毯。</p>"),
        ("他买了App Store里的 账本。", "<p>他买了App Store里的账本。</p>"),
        ("a<b & c>d的门垫。", "<p>a&lt;b &amp; c&gt;d的门垫。</p>"),
    ],
)
def test_frames_become_html(text, expected):
    assert html(text) == expected


def test_headings_out_of_order_are_doubted():
    text = f"一、门垫\n{LONG}。\n三、地毯\n{LONG}。\n"
    assert doubts(text) == [(3, "heading-order")]
    text = f"一、门垫\n（一）旧的\n{LONG}。\n二、地毯\n（一）新的\n{LONG}。\n"
    assert doubts(text) == []


def test_a_subheading_without_a_number_is_doubted():
    assert doubts(f"{LONG}。\n门垫的来历\n{LONG}。\n") == [(2, "heading")]
