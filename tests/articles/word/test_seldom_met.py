"""What vanished or changed without a remark: each kind comes in as Word shows it, or is said."""

import pytest

from articles.word import WordManuscript, read
from tests.articles.docx import cell, docx, note, numbering, p, photo, picture, r, table, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3
MEDIA = {"a.jpg": photo()}
#: 1 2 3, without a dot.
DIGITS = numbering(("decimal", "%1"))


def manuscript(*body: str, **more) -> WordManuscript:
    return read(docx(title("雨天的伞"), p(TEXT), *body, media=MEDIA, **more))


def shown(*body: str, **more) -> str:
    return manuscript(*body, **more).body.removeprefix(f"<p>{TEXT}</p>")


def said(*body: str, **more) -> str:
    return "".join(manuscript(*body, **more).remarks)


def run(xml: str) -> str:
    return f"<w:r>{xml}</w:r>"


def drawn(*shapes: str, more: str = "") -> str:
    inside = "".join(shapes)
    return run(
        f'<w:drawing><wp:anchor><wp:docPr id="1" name="x" {more}/><a:graphic><a:graphicData>'
        f"{inside}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def shape(look: str = "", words: str = "") -> str:
    box = f"<wps:txbx><w:txbxContent>{p(words)}</w:txbxContent></wps:txbx>" if words else ""
    return f'<wps:wsp><wps:spPr><a:prstGeom prst="rightArrow"/>{look}</wps:spPr>{box}</wps:wsp>'


def old(xml: str) -> str:
    return run(f"<w:pict>{xml}</w:pict>")


def formula(xml: str) -> str:
    return f"<m:oMath>{xml}</m:oMath>"


def m(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


class TestShapes:
    @pytest.mark.parametrize(
        "art",
        [
            drawn(shape()),
            drawn(shape(words="取号"), shape()),
            old('<v:line from="0,0" to="9,0"/>'),
            old('<v:rect style="width:9pt"/>'),
            old("<v:group><v:oval/></v:group>"),
        ],
        ids=["arrow", "beside a box of words", "line", "old box", "group"],
    )
    def test_without_words_are_said(self, art):
        assert "1 处画的图形（线条、箭头、方框等）没有导入" in said(p("前", art, "后"))

    @pytest.mark.parametrize(
        "art",
        [
            drawn(shape(words="取号")),
            drawn(shape("<a:noFill/><a:ln><a:noFill/></a:ln>")),
            old('<v:shape filled="f" stroked="f"/>'),
            old('<v:shapetype id="t"/><v:shape><v:imagedata r:id="a.jpg"/></v:shape>'),
            old('<v:shape><v:textpath string="贺"/></v:shape>'),
            picture("a.jpg"),
        ],
        ids=["box of words", "unseen", "unseen of old", "old picture", "letters", "picture"],
    )
    def test_others_are_not(self, art):
        assert "画的图形" not in said(p("前", art, "后"))

    def test_a_line_across_is_a_line(self):
        rule = p(old('<v:rect o:hr="t" o:hrstd="t"/>'))
        assert shown(rule, p("请坐。")) == "<hr><p>请坐。</p>"

    @pytest.mark.parametrize(
        "art",
        [
            picture("a.jpg").replace("<wp:docPr", '<wp:docPr hidden="1"'),
            drawn(shape(words="不见的字"), more='hidden="true"'),
            old('<v:shape style="visibility:hidden"><v:imagedata r:id="a.jpg"/></v:shape>'),
        ],
        ids=["picture", "box", "old picture"],
    )
    def test_what_is_hidden_does_not_come_in(self, art):
        found = manuscript(p("前", art, "后"))
        assert found.body.endswith("<p>前后</p>")
        assert found.remarks[0].startswith("1 处隐藏的图片、图形没有导入。（在“前")
        assert len(found.remarks) == 1

    @pytest.mark.parametrize("effect", ["<a:grayscl/>", '<a:lum bright="70000"/>', "<a:duotone/>"])
    def test_a_picture_in_other_colours_is_said(self, effect):
        blip = f'<a:blip r:embed="a.jpg">{effect}<a:extLst/></a:blip>'
        art = picture("a.jpg").replace('<a:blip r:embed="a.jpg"/>', blip)
        assert "1 张图片在原稿里调过颜色" in said(p(art))

    def test_an_old_picture_in_other_colours_is_said(self):
        art = old('<v:shape><v:imagedata r:id="a.jpg" grayscale="t"/></v:shape>')
        assert "1 张图片在原稿里调过颜色" in said(p(art))


class TestTables:
    def test_numbers_stand_in_cells_without_words(self):
        """序号 that Word counts."""
        rows = [[p("", item=(1, 0)), each] for each in ("伞", "灯")]
        body = shown(table(["序号", "物"], *rows), numbers=DIGITS)
        assert "<td>1</td><td>伞</td>" in body
        assert "<td>2</td><td>灯</td>" in body

    def test_a_row_that_begins_late_keeps_its_column(self):
        late = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell("乙")}</w:tr>'
        rows = table(["甲", "乙", "丙"]).replace("</w:tbl>", f"{late}</w:tbl>")
        assert '<tr><td colspan="2"></td><td>乙</td></tr>' in shown(rows)

    def test_cells_that_are_joined_in_the_old_way(self):
        first = cell("合", properties='<w:hMerge w:val="restart"/>')
        second = cell("", properties="<w:hMerge/>")
        assert '<tr><td colspan="2">合</td></tr>' in shown(table([first, second], ["甲", "乙"]))

    def test_a_hidden_row_is_left_out_and_said(self):
        hidden = f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell('密')}{cell('密')}</w:tr>"
        rows = table(["甲", "乙"], ["丙", "丁"]).replace("</w:tbl>", f"{hidden}</w:tbl>")
        assert "密" not in shown(rows)
        assert "1 处隐藏的文字没有导入" in said(rows)


class TestWords:
    @pytest.mark.parametrize("day", ["dayLong", "monthShort", "yearLong", "pgNum"])
    def test_a_date_or_page_that_word_fills_in_is_said(self, day):
        assert "1 处由 Word 现算的内容（域）" in said(p("今天是", run(f"<w:{day}/>")))

    def test_what_was_moved_away_and_nowhere_else_is_a_deletion(self):
        away = f'<w:moveFrom w:id="1">{r("移走的字")}</w:moveFrom>'
        assert "1 处已删除的文字没有导入" in said(p("前", away))
        back = f'<w:moveTo w:id="2">{r("移走的字")}</w:moveTo>'
        assert "已删除" not in said(p("前", away), p(back))

    def test_a_frame_around_words_is_said(self):
        assert "去掉了 1 处文字边框。" in said(p("请", r("带伞", more='<w:bdr w:val="single"/>')))

    @pytest.mark.parametrize(
        ("inside", "expected"),
        [
            (
                f"<m:m><m:mr><m:e>{m('1')}</m:e><m:e>{m('2')}</m:e></m:mr>"
                f"<m:mr><m:e>{m('3')}</m:e><m:e>{m('4')}</m:e></m:mr></m:m>",
                "1 2；3 4",
            ),
            (f"<m:eqArr><m:e>{m('x=1')}</m:e><m:e>{m('y=2')}</m:e></m:eqArr>", "x=1；y=2"),
            (f"<m:acc><m:e>{m('x')}</m:e></m:acc>", "x\u0302"),
            (
                f'<m:acc><m:accPr><m:chr m:val="\u20d7"/></m:accPr><m:e>{m("v")}</m:e></m:acc>',
                "v\u20d7",
            ),
            (f"<m:bar><m:e>{m('x')}</m:e></m:bar>", "x\u0332"),
            (
                f'<m:bar><m:barPr><m:pos m:val="top"/></m:barPr><m:e>{m("x")}</m:e></m:bar>',
                "x\u0305",
            ),
            ('<m:r><w:sym w:font="Symbol" w:char="F061"/></m:r>' + m("=1"), "α=1"),
            (
                f"<m:func><m:fName><m:limLow><m:e>{m('lim')}</m:e><m:lim>{m('n→∞')}</m:lim>"
                f"</m:limLow></m:fName><m:e>{m('x')}</m:e></m:func>",
                "lim<sub>n→∞ </sub>x",
            ),
        ],
        ids=["matrix", "rows", "hat", "arrow", "line below", "line above", "sign", "limit"],
    )
    def test_a_formula_keeps_its_signs_apart(self, inside, expected):
        assert shown(p(formula(inside))) == f"<p>{expected}</p>"

    def test_a_space_of_another_look_ends_what_stands_out(self):
        """Bold, a space that is underlined, plain: three looks, of which one is bold."""
        space = r(" ", more='<w:u w:val="single"/>')
        assert shown(p(r("请", bold=True), space, "坐")) == "<p><strong>请 </strong>坐</p>"

    @pytest.mark.parametrize(
        "inside",
        [
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            formula(m("x")),
            '<w:r><w:sym w:char="4E"/></w:r>',
        ],
        ids=["note", "formula", "sign"],
    )
    def test_a_deletion_without_words_is_a_deletion(self, inside):
        gone = f'<w:del w:id="1">{inside}</w:del>'
        found = manuscript(p("前", gone, "后"), notes=note("旧注"))
        assert found.body.endswith("<p>前后</p>")
        assert found.remarks[0].startswith("原稿里有修订：1 处已删除的文字")

    @pytest.mark.parametrize(
        "prompt", ["单击或点击此处输入文字。", "选择一项。", "Click or tap here to enter text."]
    )
    def test_a_prompt_is_known_by_its_words(self, prompt):
        control = f"<w:sdt><w:sdtContent>{r(prompt)}</w:sdtContent></w:sdt>"
        found = manuscript(p("姓名：", control))
        assert found.body.endswith("<p>姓名：</p>")
        assert found.remarks[0].startswith("1 处没有填写的提示")

    @pytest.mark.parametrize(
        ("code", "address"),
        [
            ('HYPERLINK "https://example.com/a" \\t "_blank"', "https://example.com/a"),
            ('HYPERLINK "https://example.com/a" \\l "b" \\o "提示"', "https://example.com/a#b"),
            ('HYPERLINK \\o "提示" "https://example.com/a"', "https://example.com/a"),
            ("HYPERLINK https://example.com/a ", "https://example.com/a"),
        ],
    )
    def test_a_link_leads_where_it_did_whatever_stands_beside_it(self, code, address):
        link = "".join(
            [
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
                f"<w:r><w:instrText>{code}</w:instrText></w:r>",
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                r("网址"),
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            ]
        )
        assert f'<a href="{address}" rel="noopener nofollow">网址</a>' in shown(p(link))


class TestPictures:
    def test_a_video_is_said(self):
        video = '<a:blip r:embed="a.jpg"><a:extLst><x:webVideoPr xmlns:x="x"/></a:extLst></a:blip>'
        art = picture("a.jpg").replace('<a:blip r:embed="a.jpg"/>', video)
        assert "1 个视频没有导入，只留下它的画面" in said(p(art))

    def test_one_that_leans_in_space_is_said(self):
        camera = '<a:scene3d><a:camera prst="{}"/></a:scene3d>'
        for kind, count in (("perspectiveLeft", 1), ("orthographicFront", 0)):
            look = f"<pic:spPr>{camera.format(kind)}</pic:spPr></pic:pic>"
            words = said(p(picture("a.jpg").replace("</pic:pic>", look)))
            assert words.count("1 张图片在原稿里斜着放") == count

    def test_what_nobody_knows_is_said(self):
        art = drawn("<x/>").replace("<a:graphicData>", '<a:graphicData uri="http://x.example/odd">')
        assert "1 处画的图形" in said(p("前", art))


class TestWhoSigns:
    @pytest.mark.parametrize("align", ["center", "right"])
    @pytest.mark.parametrize(
        "lines", [("单位：南湖支行", "作者：卢青"), ("作者：卢青", "单位：南湖支行")]
    )
    def test_a_unit_on_a_line_of_its_own_is_that_of_the_names(self, lines, align):
        signed = [p(each, align=align) for each in lines]
        order = [*signed, p(TEXT)] if align == "center" else [p(TEXT), *signed]
        assert read(docx(title("雨天的伞"), *order)).bylines == (("南湖支行", "卢青"),)

    def test_a_unit_without_names_is_said(self):
        found = manuscript(p("南湖支行", align="right"))
        assert "只认出单位“南湖支行”，没有放进正文。请填“作者”一栏。" in found.remarks

    @pytest.mark.parametrize(
        "line",
        [
            "文/谷淳 图/卢青",
            "谷淳/文 卢青/图",
            "记者 谷淳/文 卢青/摄",
            "文：谷淳 图：卢青",
            "文字：谷淳 摄影：卢青",
            "撰稿：谷淳　摄影：卢青",
        ],
    )
    def test_who_took_the_pictures_signs_too_and_is_to_be_looked_at(self, line):
        found = read(docx(title("雨天的伞"), p(line, align="center"), p(TEXT)))
        assert found.bylines == (("", "谷淳"), ("", "卢青"))
        assert found.remarks == (f"署名“{line.replace('　', ' ')}”认得不全，请核对“作者”一栏。",)

    def test_one_who_did_both_is_known(self):
        found = read(docx(title("雨天的伞"), p("南湖支行 卢青 文/图", align="center"), p(TEXT)))
        assert (found.bylines, found.remarks) == ((("南湖支行", "卢青"),), ())


class TestTitles:
    def test_a_picture_above_it_stays_above_the_text(self):
        """A banner, or the journal's own sign."""
        head = [p(picture("a.jpg"), align="center"), title("雨天的伞"), p("◎南湖支行 卢青")]
        found = read(docx(*head, p(TEXT), media=MEDIA))
        assert found.title == "雨天的伞"
        assert found.bylines == (("南湖支行", "卢青"),)
        assert found.body.startswith("<figure>")
