"""What comes back of a reading copy, by character, and what of it is taken."""

from io import BytesIO

import pytest
from docx import Document

from articles.proofreading.texts import Manuscript, of_manuscript
from articles.reviewing.reading_copy import Copy, Line, changes, coming_back, word
from articles.word import WordRefused
from articles.word.parts.names import W

BODY = (
    "<p>雨下到<strong>第三天</strong>，大堂里多了一把旧伞。</p>"
    "<h2>一圈红线</h2>"
    "<ul><li>问过保安</li><li>问过保洁</li></ul>"
    "<table><tbody><tr><td>日期</td><td>天气</td></tr><tr><td>九日</td><td>雨</td></tr></tbody></table>"
    "<p>谁也不认得&amp;谁也没来取。</p>"
)
TEXT = Manuscript(title="一把旧伞", body=BODY, byline="东岭支行 高志远", standfirst="伞还在。")


def lines(text: Manuscript = TEXT) -> list[str]:
    return [each.text for each in of_manuscript(text).blocks]


def edited(**instead: str | None) -> list[str]:
    """The lines with others in their place; None strikes one out."""
    told = [instead.get(each, each) for each in lines()]
    return [line for each in told if each is not None for line in each.split("\n")]


def body_of(returned: list[str], *, only: int | None = None) -> str:
    found = changes.between(TEXT, returned, TEXT)
    return changes.apply(TEXT, found if only is None else [found[only]]).body


def test_what_was_not_touched_changes_nothing():
    assert changes.between(TEXT, lines(), TEXT) == []
    assert changes.apply(TEXT, []) == TEXT


def test_each_place_is_one_change_and_markup_stays():
    first = lines()[3]
    returned = edited(**{first: "雪下到第四天，大堂里多了一把伞。"})
    found = changes.between(TEXT, returned, TEXT)
    assert [(each.old, each.new) for each in found] == [("雨", "雪"), ("三", "四"), ("旧", "")]
    assert body_of(returned).startswith(
        "<p>雪下到<strong>第四天</strong>，大堂里多了一把伞。</p><h2>"
    )
    assert body_of(returned, only=1).startswith("<p>雨下到<strong>第四天</strong>，")


def test_a_title_and_a_standfirst_are_mended_and_a_byline_is_not():
    returned = edited(一把旧伞="一把伞", **{"伞还在。": "伞，还在。", "东岭支行 高志远": "高志远"})
    found = changes.between(TEXT, returned, TEXT)
    amended = changes.apply(TEXT, found)
    assert (amended.title, amended.standfirst) == ("一把伞", "伞，还在。")
    assert amended.byline == TEXT.byline
    assert [each.why_not for each in found if each.part == "byline"] == [changes._BYLINE]


def test_lines_that_came_stand_behind_the_one_before_them():
    last = lines()[-1]
    returned = edited(
        一圈红线="一圈红线\n红线是新的。\n也许是红绳。",
        问过保洁="问过保洁\n问过<门卫>",
        **{last: f"{last}\n后来呢？"},
    )
    assert (
        body_of(returned)
        == BODY.replace("</h2>", "</h2><p>红线是新的。</p><p>也许是红绳。</p>").replace(
            "保洁</li>", "保洁</li><li>问过&lt;门卫&gt;</li>"
        )
        + "<p>后来呢？</p>"
    )


def test_lines_that_came_do_not_move_what_is_mended_behind_them():
    last = lines()[-1]
    returned = edited(一圈红线="一圈红线\n红线是新的。", **{last: last.replace("来取", "来拿")})
    assert "没来拿。" in body_of(returned)
    assert "<p>红线是新的。</p>" in body_of(returned)


def test_a_line_that_was_struck_out_goes_with_its_element():
    returned = edited(一圈红线=None, 问过保安=None)
    assert body_of(returned) == BODY.replace("<h2>一圈红线</h2>", "").replace(
        "<li>问过保安</li>", ""
    )


def test_a_cell_is_mended_in_its_cell():
    assert "<td>九日</td><td>大雨</td>" in body_of(edited(**{"九日 雨": "九日 大雨"}))


def test_where_the_desk_changed_the_line_since_it_is_not_taken():
    now = Manuscript(
        title=TEXT.title,
        byline=TEXT.byline,
        standfirst=TEXT.standfirst,
        body=BODY.replace("多了一把旧伞", "多了两把旧伞").replace("<h2>", "<p>新的一段。</p><h2>"),
    )
    first = lines()[3]
    returned = edited(**{first: first.replace("大堂", "厅堂"), "问过保安": "问过了保安"})
    found = changes.between(TEXT, returned, now)
    assert [bool(each.why_not) for each in found] == [True, False]
    amended = changes.apply(now, found)
    assert amended.body == now.body.replace("问过保安", "问过了保安")


def a_paper() -> bytes:
    copies = [
        Copy(
            12,
            "a" * 16,
            "服务管理",
            (Line("title", "一把旧伞"), Line("byline", "高志远"), Line("p", "一段。")),
        ),
        Copy(13, "b" * 16, "", (Line("title", "两盏灯"), Line("td", "九日 雨", ("九日", "雨")))),
    ]
    return word.docx(copies, "服务文化专刊　送审稿", {})


def saved(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_paper_comes_back_as_it_went_out():
    found, remarks = coming_back.read(a_paper())
    assert [(each.number, each.mark, each.lines) for each in found] == [
        (12, "a" * 16, ["一把旧伞", "高志远", "一段。"]),
        (13, "b" * 16, ["两盏灯", "九日 雨"]),
    ]
    assert remarks == []


def test_it_has_house_styles_numbered_lines_and_a_margin_for_the_pen():
    document = Document(BytesIO(a_paper()))
    section = document.sections[0]
    assert section.right_margin.mm > 60
    assert section._sectPr.find(f"{W}lnNumType").get(f"{W}restart") == "newPage"
    assert {each.style.name for each in document.paragraphs} == {
        "送审稿 编号", "送审稿 栏目", "送审稿 标题", "送审稿 署名", "送审稿 正文",
    }  # fmt: skip


def test_tracked_changes_count_and_remarks_are_told_beside():
    document = Document(BytesIO(a_paper()))
    paragraph = next(each for each in document.paragraphs if each.text == "一段。")
    for tag, words, leaf in (("ins", "新的", "t"), ("del", "旧的", "delText")):
        change = paragraph._p.makeelement(f"{W}{tag}", {f"{W}id": "9", f"{W}author": "张"})
        run = change.makeelement(f"{W}r", {})
        text = run.makeelement(f"{W}{leaf}", {})
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    document.add_comment(paragraph.runs, text="这段太短。", author="张望")
    found, remarks = coming_back.read(saved(document))
    assert found[0].lines[-1] == "一段。新的"
    assert remarks == [coming_back.Remark("张望", "这段太短。")]


def test_another_file_is_refused_with_what_to_do():
    document = Document()
    document.add_paragraph("别的文件。")
    with pytest.raises(WordRefused, match="稿件编号"):
        coming_back.read(saved(document))
    with pytest.raises(WordRefused):
        coming_back.read(b"%PDF-1.7")
