"""What else a Word file holds: tables, notes, pictures, revisions; and what is said of it."""

import io

import pytest
from PIL import Image

from articles.bodies import html
from articles.pictures import pixels
from articles.word import WordManuscript, WordRefused, read
from tests.articles.docx import (
    cell,
    docx,
    link,
    note,
    note_mark,
    p,
    photo,
    picture,
    r,
    style,
    table,
    title,
)

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3
IMG = '<img src="/pictures/00000000-0000-4000-8000-{:012x}/" alt="{}">'


def manuscript(*body: str, **more) -> WordManuscript:
    return read(docx(title("雨天的伞"), p(TEXT), *body, **more))


def body_of(*body: str, **more) -> str:
    return manuscript(*body, **more).body.replace(f"<p>{TEXT}</p>", "", 1).replace(TEXT, "…")


def remarks(*body: str, **more) -> list[str]:
    return list(manuscript(*body, **more).remarks)


class TestWords:
    def test_layout_goes_and_words_stay(self):
        assert (
            body_of(p("　　\t缩进的一段　　", align="center", more='<w:ind w:firstLine="480"/>'))
            == "<p>缩进的一段</p>"
        )

    def test_emphasis_stays_over_torn_runs(self):
        assert (
            body_of(p("请", r("带", bold=True), r("伞", bold=True), "出门"))
            == "<p>请<strong>带伞</strong>出门</p>"
        )

    def test_raised_and_lowered(self):
        raised, lowered = ('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>')
        assert body_of(p("10", r("2", more=raised), "H", r("2", more=lowered), "O")) == (
            "<p>10<sup>2</sup>H<sub>2</sub>O</p>"
        )

    @pytest.mark.parametrize(
        ("look", "words"),
        [
            ('<w:color w:val="FF0000"/>', "去掉了 2 处文字颜色。"),
            ('<w:highlight w:val="yellow"/>', "去掉了 2 处底色。"),
            ('<w:u w:val="single"/>', "去掉了 2 处下划线。"),
            ('<w:em w:val="dot"/>', "去掉了 2 处着重号。"),
            ("<w:strike/>", "2 处删除线去掉了，文字还在。不要的文字请删掉。"),
        ],
    )
    def test_colour_and_lines_are_counted_as_they_are_seen(self, look, words):
        found = manuscript(p(r("红", more=look), r("字", more=look), "黑字", r("红字", more=look)))
        assert found.remarks == (words,)
        assert found.body.endswith("<p>红字黑字红字</p>")

    def test_what_is_set_in_capitals_is_seen_in_capitals(self):
        assert body_of(p("用", r("atm", more="<w:caps/>"), "取款")) == "<p>用ATM取款</p>"

    def test_black_is_no_colour(self):
        assert remarks(p(r("黑字", more='<w:color w:val="000000"/>'))) == []

    def test_a_soft_line_end_stays_in_its_paragraph(self):
        assert body_of(p("雨落在檐下\n伞立在门边")) == "<p>雨落在檐下<br>伞立在门边</p>"

    def test_paragraphs_that_were_pasted_as_lines_are_paragraphs(self):
        assert (
            body_of(p("头一段的话\n　　第二段的话\n　　第三段的话"))
            == "<p>头一段的话</p><p>第二段的话</p><p>第三段的话</p>"
        )

    def test_links_that_lead_out_stay(self):
        links = link("a", "https://example.com/") + link("b", "file:///C:/稿.docx")
        body = body_of(
            p(*(f'<w:hyperlink r:id="{key}">{r("这里")}</w:hyperlink>' for key in "abc")),
            links=links,
        )
        assert (
            body == '<p><a href="https://example.com/" rel="noopener nofollow">这里</a>这里这里</p>'
        )

    def test_links_that_are_fields_stay_beside_words_of_the_same_look(self):
        def mark(kind: str) -> str:
            return f'<w:r><w:rPr/><w:fldChar w:fldCharType="{kind}"/></w:r>'

        address = '<w:r><w:instrText>HYPERLINK "https://example.com/"</w:instrText></w:r>'
        field = (mark("begin"), address, mark("separate"), r("这"), r("里"), mark("end"))
        assert body_of(p(r("看"), *field, r("吧"))) == (
            '<p>看<a href="https://example.com/" rel="noopener nofollow">这里</a>吧</p>'
        )

    def test_scripts_in_links_go(self):
        body = body_of(
            p(f'<w:hyperlink r:id="a">{r("这里")}</w:hyperlink>'),
            links=link("a", "javascript:alert(1)"),
        )
        assert body == "<p>这里</p>"

    def test_markup_in_words_is_words(self):
        assert (
            body_of(p("<script>".replace("<", "＜") + " a < b & c"))
            == "<p>＜script&gt; a &lt; b &amp; c</p>"
        )

    @pytest.mark.parametrize("words", ["龑䶮", "😀", "\u202e反的", "\u200b零宽"])
    def test_rare_characters_stay_and_unseen_ones_go(self, words):
        assert body_of(p(words)) == f"<p>{html.visible(words)}</p>"

    def test_quotations_by_style(self):
        body = body_of(
            p("来的都是客。", style="q"), p("走的都是友。", style="q"), styles=style("q", "Quote")
        )
        assert body == "<blockquote><p>来的都是客。</p><p>走的都是友。</p></blockquote>"

    def test_a_row_of_stars_is_a_rule(self):
        assert body_of(p(TEXT), p("* * *"), p(TEXT)) == "<p>…</p><hr><p>…</p>"


class TestTables:
    def test_header_rows_and_merged_cells(self):
        wide, tall = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
        body = body_of(
            table(
                ["网点", cell("人数", properties=wide)],
                [cell("东岭", properties=tall), "上午", "12"],
                [cell("", properties="<w:vMerge/>"), "下午", "15"],
                header=True,
            )
        )
        assert body == (
            '<table><thead><tr><th>网点</th><th colspan="2">人数</th></tr></thead><tbody>'
            '<tr><td rowspan="2">东岭</td><td>上午</td><td>12</td></tr>'
            "<tr><td>下午</td><td>15</td></tr></tbody></table>"
        )

    def test_a_bold_first_row_heads_the_table(self):
        body = body_of(table([p("网点", bold=True), p("人数", bold=True)], ["东岭", "12"]))
        assert body.startswith("<table><thead><tr><th>网点</th><th>人数</th></tr></thead>")

    def test_the_caption_above_belongs_to_it(self):
        assert body_of(
            p("表1 人数", align="center"), table(["东岭", "12"], ["南湖", "9"])
        ).startswith("<table><caption>表1 人数</caption><tbody>")

    def test_a_frame_around_words_is_a_quotation(self):
        assert body_of(table(["来的都是客。"])) == "<blockquote><p>来的都是客。</p></blockquote>"

    def test_a_table_that_arranges_pictures_is_its_pictures(self):
        media = {"a.jpg": photo(), "b.jpg": photo(colour="#0a0")}
        body = body_of(
            table([p(picture("a.jpg")), p(picture("b.jpg"))], ["伞架", "茶水"]), media=media
        )
        assert body == (
            f"<figure>{IMG.format(0, '伞架')}<figcaption>伞架</figcaption></figure>"
            f"<figure>{IMG.format(1, '茶水')}<figcaption>茶水</figcaption></figure>"
        )

    @pytest.mark.parametrize("span", ["0", "-1", "x", "99999999999999999999", ""])
    def test_a_nonsense_span_is_none(self, span):
        assert "<td>东岭</td>" in body_of(
            table([cell("东岭", properties=f'<w:gridSpan w:val="{span}"/>'), "12"], ["a", "b"])
        )


class TestPictures:
    def test_the_line_below_is_the_caption(self):
        body = body_of(
            p(picture("a.jpg", alt="雨中的伞架")),
            p("图1 伞架", align="center", size=10.5),
            media={"a.jpg": photo()},
        )
        assert (
            body
            == f"<figure>{IMG.format(0, '雨中的伞架')}<figcaption>图1 伞架</figcaption></figure>"
        )

    @pytest.mark.parametrize(
        "below",
        [
            p("图1　伞架"),
            p("▲伞架"),
            p("伞架", size=9),
            p("伞架", align="center"),
            p("伞架", style="c"),
        ],
    )
    def test_captions_are_told_by_words_style_or_look(self, below):
        body = body_of(
            p(picture("a.jpg")),
            below,
            p(TEXT),
            media={"a.jpg": photo()},
            styles=style("c", "caption"),
        )
        assert "<figcaption>" in body
        assert body.endswith("</figure><p>…</p>")

    def test_text_below_is_no_caption(self):
        assert "<figcaption>" not in body_of(
            p(picture("a.jpg")), p("第二天又下雨了。"), media={"a.jpg": photo()}
        )

    @pytest.mark.parametrize(
        "alt",
        [
            "图片 3",
            "IMG_2033.jpg",
            "C:\\照片\\伞.png",
            "图片包含 室内 描述已自动生成",
            "微信图片_20260301",
        ],
    )
    def test_what_a_machine_wrote_is_no_alternative_text(self, alt):
        assert IMG.format(0, "") in body_of(p(picture("a.jpg", alt=alt)), media={"a.jpg": photo()})

    def test_one_within_a_paragraph_stands_behind_it(self):
        body = body_of(p("雨天", picture("a.jpg"), "的伞，立在门边。"), media={"a.jpg": photo()})
        assert body == f"<p>雨天的伞，立在门边。</p><figure>{IMG.format(0, '')}</figure>"

    def test_the_same_one_twice_is_stored_once(self):
        found = manuscript(
            p(picture("a.jpg")), p(TEXT), p(picture("a.jpg")), media={"a.jpg": photo()}
        )
        assert len(found.pictures) == 1
        assert found.body.count("<figure>") == 2

    def test_drawings_are_left_out_and_said(self):
        found = manuscript(
            p(picture("a.emf")), p("图1 流程"), media={"a.emf": b"\x01\0\0\0" + bytes(80)}
        )
        assert found.remarks[0].startswith("1 张图片不是照片格式")
        assert found.body.endswith("<p>图1 流程</p>")

    def test_one_that_is_not_there_is_said(self):
        links = link("x", "../gone.jpg", kind="image").replace(' TargetMode="External"', "")
        assert "找不到" in remarks(p(picture("x")), links=links)[0]

    @pytest.mark.parametrize("target", ["https://example.com/a.jpg", "file:///etc/passwd"])
    def test_one_that_is_only_linked_is_never_fetched(self, target):
        found = manuscript(p(picture("x")), links=link("x", target, kind="image"))
        assert found.pictures == ()
        assert found.remarks[0].startswith("1 张图片只是链接")

    @pytest.mark.parametrize("kind", ["BMP", "GIF", "TIFF", "AVIF", "WEBP"])
    def test_of_every_format_that_the_form_takes_are_taken(self, kind):
        crop = '<a:srcRect l="50000"/>'
        body = p(picture("a.bin")), p(picture("a.bin", crop=crop))
        found = manuscript(*body, media={"a.bin": photo(8, 8, kind=kind)})
        sizes = [pixels.decode(each.data).size for each in found.pictures]
        assert (sizes, found.remarks) == ([(8, 8), (4, 8)], ())

    def test_a_rare_format_is_said_to_be_rare(self):
        found = manuscript(p(picture("a.jp2")), media={"a.jp2": b"\0\0\0\x0cjP  " + bytes(80)})
        assert found.remarks[0].startswith("1 张图片的格式很少见，没有导入。请截图后另外上传。")

    def test_what_was_cut_away_in_word_is_cut_away(self):
        crop = '<a:srcRect l="25000" t="50000"/>'
        found = manuscript(p(picture("a.jpg", crop=crop)), media={"a.jpg": photo(400, 200)})
        assert Image.open(io.BytesIO(found.pictures[0].data)).size == (300, 100)

    def test_of_an_old_drawing(self):
        body = p('<w:r><w:pict><v:shape><v:imagedata r:id="a.jpg"/></v:shape></w:pict></w:r>')
        assert "<figure>" in body_of(body, media={"a.jpg": photo()})

    def test_where_they_are_stored_and_where_not(self):
        media = {"a.jpg": photo(), "b.jpg": photo(colour="#0a0")}
        found = manuscript(
            p(picture("a.jpg")), p("图1 伞"), p(picture("b.jpg")), p("图2 灯"), media=media
        )
        stored = {found.pictures[1].address: "/pictures/11111111-0000-4000-8000-000000000000/"}
        body = found.with_pictures(stored).replace(f"<p>{TEXT}</p>", "")
        assert body == (
            "<p>图1 伞</p><figure>"
            '<img src="/pictures/11111111-0000-4000-8000-000000000000/" alt="图2 灯">'
            "<figcaption>图2 灯</figcaption></figure>"
        )


class TestNotes:
    def test_become_a_list_at_the_end(self):
        notes = note("本行统计。", 2) + note("见前文。", 3)
        body = body_of(p("人数", note_mark(3), "和网点", note_mark(2)), notes=notes)
        assert body == (
            "<p>人数<sup>[1]</sup>和网点<sup>[2]</sup></p><p><strong>注释</strong></p>"
            "<ol><li>见前文。</li><li>本行统计。</li></ol>"
        )

    def test_of_a_title_have_no_number(self):
        found = read(
            docx(p(r("雨天的伞", size=22), note_mark()), p(TEXT), notes=note("获奖作品。"))
        )
        assert found.title == "雨天的伞"
        assert found.body.endswith("<p>题注：获奖作品。</p>")

    def test_that_are_missing_are_no_fault(self):
        assert body_of(p("人数", note_mark(9))).startswith("<p>人数<sup>[1]</sup></p>")


class TestWhatAnArticleCannotHold:
    def test_insertions_stay_and_deletions_go(self):
        found = manuscript(
            p(
                "今天",
                f'<w:ins w:id="1">{r("下雨")}</w:ins>',
                '<w:del w:id="2"><w:r><w:delText>下雪</w:delText></w:r></w:del>',
            )
        )
        assert found.body.endswith("<p>今天下雨</p>")
        assert found.remarks == (
            "原稿里有修订：1 处已删除的文字没有导入。",
            "原稿里有修订：1 处新加的文字已当作正文。",
        )

    def test_comments_go(self):
        assert remarks(p("今天", '<w:r><w:commentReference w:id="0"/></w:r>')) == [
            "1 条批注没有导入。"
        ]

    def test_hidden_words_go(self):
        found = manuscript(p("今天", r("保密", more="<w:vanish/>"), "下雨"))
        assert found.body.endswith("<p>今天下雨</p>")
        assert found.remarks == ("1 处隐藏的文字没有导入。",)

    def test_a_deleted_row_goes_and_is_said(self):
        first, second, third = (
            table(row) for row in (["网点", "人数"], ["东岭", "12"], ["南湖", "9"])
        )
        mark = '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>'
        rows = first + second.replace("<w:tr>", mark) + third
        found = manuscript(rows.replace("</w:tbl><w:tbl>", ""))
        assert "东岭" not in found.body
        assert "<tr><td>南湖</td><td>9</td></tr>" in found.body
        assert found.remarks == ("原稿里有修订：表格里已删除的 1 行没有导入。",)

    def test_a_deleted_table_goes(self):
        mark = '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>'
        found = manuscript(table(["网点", "人数"], ["东岭", "12"]).replace("<w:tr>", mark))
        assert "<table>" not in found.body
        assert found.remarks == ("原稿里有修订：表格里已删除的 2 行没有导入。",)

    def test_a_deleted_cell_goes(self):
        gone = cell("甲", properties='<w:cellDel w:id="1"/>')
        found = manuscript(table(["网点", gone], ["东岭", "12"]))
        assert "甲" not in found.body
        assert found.remarks == ("原稿里有修订：1 处已删除的文字没有导入。",)

    @pytest.mark.parametrize(
        "prompt",
        [
            lambda control: control.format(p("单击此处输入文字")),
            lambda control: p("今天下雨", control.format(r("单击此处输入文字"))),
            lambda control: p(control.format(f'<w:ins w:id="1">{r("单击此处输入文字")}</w:ins>')),
        ],
        ids=["a paragraph", "in a paragraph", "inserted"],
    )
    def test_what_only_prompts_is_no_text(self, prompt):
        properties = "<w:sdtPr><w:showingPlcHdr{}/></w:sdtPr>"
        control = f"<w:sdt>{properties}<w:sdtContent>{{}}</w:sdtContent></w:sdt>"
        found = manuscript(prompt(control.format("", "{}")))
        assert "单击" not in found.body
        assert found.remarks == ("1 处没有填写的提示（如“单击此处输入文字”）没有导入。",)
        filled = manuscript(prompt(control.format(' w:val="0"', "{}")))
        assert "单击此处输入文字" in filled.body

    def test_a_cell_that_only_prompts_is_an_empty_cell(self):
        content = f"<w:sdtContent>{cell('选择一项')}</w:sdtContent>"
        control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{content}</w:sdt>"
        body = body_of(table(["甲", "乙"], ["丙", "丁"]).replace(cell("丁"), control))
        assert "<tr><td>丙</td><td></td></tr>" in body

    def test_a_file_without_words_or_pictures_is_told_what_it_holds(self):
        chart = "<w:r><w:drawing><a:graphicData uri='http://x/chart'/></w:drawing></w:r>"
        emf = docx(p(picture("a.emf")), media={"a.emf": b"\x01\0\0\0" + bytes(80)})
        for data, words in ((docx(p(chart)), "1 个图表没有导入"), (emf, "1 张图片不是照片格式")):
            with pytest.raises(WordRefused) as refused:
                read(data)
            assert str(refused.value).startswith("这个文件里没有能导入的文字和图片。" + words)
        with pytest.raises(WordRefused, match="没有文字，也没有图片"):
            read(docx(p("")))

    def test_words_of_text_boxes_stay(self):
        words = f"<w:txbxContent>{p('框里的话')}</w:txbxContent>"
        new = f"<w:drawing><wps:txbx>{words}</wps:txbx></w:drawing>"
        old = f"<w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict>"
        either = f"<mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
        both = f"<mc:AlternateContent>{either}</mc:AlternateContent>"
        for box in (new, old, both):
            found = manuscript(p("今天下雨", f"<w:r>{box}</w:r>"))
            assert found.body.endswith("<p>今天下雨</p><p>框里的话</p>")
            assert "1 个文本框" in found.remarks[0]

    def test_formulas_become_a_line_of_text(self):
        t = "<m:r><m:t>{}</m:t></m:r>".format
        fraction = f"<m:f><m:num>{t('a+1')}</m:num><m:den>{t('b')}</m:den></m:f>"
        power = f"<m:sSup><m:e>{t('x')}</m:e><m:sup>{t('2')}</m:sup></m:sSup>"
        found = manuscript(p(f"<m:oMath>{power}{fraction}</m:oMath>"))
        assert found.body.endswith("<p>x<sup>2</sup>(a+1)/b</p>")
        assert found.remarks == ("1 个公式变成了普通文字，请核对。",)

    def test_ruby_leaves_its_characters(self):
        ruby = (
            f"<w:r><w:ruby><w:rt>{r('yǎn')}</w:rt><w:rubyBase>{r('龑')}</w:rubyBase></w:ruby></w:r>"
        )
        assert body_of(p("刘", ruby)) == "<p>刘龑</p>"

    def test_fields_leave_what_they_show(self):
        assert (
            body_of(p("图", f'<w:fldSimple w:instr="SEQ 图">{r("1")}</w:fldSimple>', "：伞"))
            == "<p>图1：伞</p>"
        )

    def test_drawn_letters_are_words(self):
        art = '<w:r><w:pict><v:shape><v:textpath string="迎新春"/></v:shape></w:pict></w:r>'
        assert "迎新春" in body_of(p(art))

    def test_charts_and_margins_are_said(self):
        chart = '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline></w:drawing></w:r>'
        header = link("h", "header1.xml", kind="header").replace(' TargetMode="External"', "")
        margin = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>某行</w:t></w:r></w:p></w:hdr>'
        assert remarks(p(chart), links=header, parts={"word/header1.xml": margin}) == [
            "1 个图表没有导入。请截图后另外上传。（在“柜台里外，听见的是同一件…”附近）",
            "页眉、页脚没有导入。",
        ]

    def test_a_table_of_contents_goes(self):
        body = body_of(
            p("一、来意\t1", style="t"), p("一、来意"), p(TEXT), styles=style("t", "toc 1")
        )
        assert body == "<h2>一、来意</h2><p>…</p>"


@pytest.mark.parametrize(
    ("size", "position", "expected"),
    [
        (7, "8", "10<sup>2</sup>"),
        (7, "-6", "10<sub>2</sub>"),
        (7, "2", "102"),
        (12, "8", "102"),
        (7, "x", "102"),
    ],
)
def test_a_small_number_that_stands_higher_is_raised(size, position, expected):
    small = r("2", size=size, more=f'<w:position w:val="{position}"/>')
    assert f"<p>{expected}倍</p>" in body_of(p("10", small, "倍"))


def test_a_form_whose_only_cell_holds_the_text_is_the_text():
    found = read(docx(p(), table([title("雨天的伞") + p(TEXT) + p(TEXT)])))
    assert (found.title, found.body.replace("\n", "")) == ("雨天的伞", f"<p>{TEXT}</p>" * 2)
