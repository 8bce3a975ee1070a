"""Pictures and words in boxes, groups and shapes: each comes out, or is said to be lost."""

import pytest

from articles.word import WordManuscript, read
from tests.articles.docx import docx, p, photo, picture, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3
MEDIA = {"a.jpg": photo(), "b.jpg": photo(colour="#0a0")}
EMBEDDED = '<a:blip r:embed="{}"/>'


def manuscript(*body: str) -> WordManuscript:
    return read(docx(title("雨天的伞"), p(TEXT), *body, p(TEXT), media=MEDIA))


def run(*art: str) -> str:
    return f"<w:r>{''.join(art)}</w:r>"


def anchored(art: str) -> str:
    return f"<w:drawing><wp:anchor>{art}</wp:anchor></w:drawing>"


def new_box(*content: str) -> str:
    inside = f"<w:txbxContent>{''.join(content)}</w:txbxContent>"
    return anchored(f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp>")


def old_box(*content: str) -> str:
    inside = f"<w:txbxContent>{''.join(content)}</w:txbxContent>"
    return f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"


def old_picture(name: str) -> str:
    return f'<w:pict><v:shape><v:imagedata r:id="{name}"/></v:shape></w:pict>'


def either(new: str, old: str) -> str:
    choice, fallback = f"<mc:Choice>{new}</mc:Choice>", f"<mc:Fallback>{old}</mc:Fallback>"
    return f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"


def shape(look: str) -> str:
    return anchored(f"<wps:wsp><wps:spPr>{look}</wps:spPr></wps:wsp>")


class TestBoxes:
    @pytest.mark.parametrize(
        "box",
        [
            new_box(p(picture("a.jpg"))),
            old_box(p(picture("a.jpg"))),
            either(new_box(p(picture("a.jpg"))), old_box(p(picture("a.jpg")))),
            old_box(p(run(old_box(p(picture("a.jpg")))))),
        ],
        ids=["new", "old", "both", "box in a box"],
    )
    def test_without_words_show_their_picture_in_its_place(self, box):
        found = manuscript(p(run(box)))
        before, _, after = found.body.partition("<figure>")
        assert (before, after.count(TEXT)) == (f"<p>{TEXT}</p>", 1)
        assert (len(found.pictures), found.remarks) == (1, ())

    def test_a_picture_and_its_caption_stay_together(self):
        found = manuscript(p(run(new_box(p(picture("a.jpg")), p("图1 伞架")))))
        assert "<figcaption>图1 伞架</figcaption>" in found.body
        assert found.remarks == ("1 个文本框里的文字放到了它旁边的段落后面，请看看位置。",)

    def test_drawn_letters_in_a_box_are_words(self):
        letters = '<w:r><w:pict><v:shape><v:textpath string="迎新春"/></v:shape></w:pict></w:r>'
        assert "迎新春" in manuscript(p(run(old_box(p(letters))))).body

    def test_words_count_more_than_a_picture_of_them(self):
        found = manuscript(p(run(either(new_box(p("框里的话")), old_picture("a.jpg")))))
        assert "<p>框里的话</p>" in found.body
        assert found.pictures == ()

    def test_the_picture_counts_where_the_new_way_shows_nothing_we_read(self):
        chart = "<w:drawing><a:graphicData uri='http://x/chart'/></w:drawing>"
        found = manuscript(p(run(either(chart, old_picture("a.jpg")))))
        assert (len(found.pictures), found.remarks) == (1, ())

    def test_of_two_that_say_the_same_one_is_taken(self):
        found = manuscript(p(run(either(new_box(p("框里的话")), old_box(p("框里的话"))))))
        assert found.body.count("框里的话") == 1

    def test_a_chart_in_a_box_is_said(self):
        chart = "<w:drawing><a:graphicData uri='http://x/chart'/></w:drawing>"
        assert manuscript(p(run(old_box(p(run(chart)))))).remarks[0].startswith("1 个图表")

    def test_words_of_slides_are_words(self):
        said = "<a:txBody><a:p><a:r><a:t>锁住的画布</a:t></a:r></a:p></a:txBody>"
        found = manuscript(p(run(anchored(f"<a:txSp>{said}</a:txSp>"))))
        assert "<p>锁住的画布</p>" in found.body
        assert found.remarks[0].startswith("1 个文本框")


class TestShapes:
    @pytest.mark.parametrize(
        "art",
        [
            shape(f"<a:blipFill>{EMBEDDED.format('a.jpg')}</a:blipFill>"),
            '<w:pict><v:rect><v:fill r:id="a.jpg" type="frame"/></v:rect></w:pict>',
            '<w:pict><v:rect><v:fill o:relid="a.jpg" type="tile"/></v:rect></w:pict>',
        ],
        ids=["new", "old", "older"],
    )
    def test_filled_with_a_picture_show_it(self, art):
        assert len(manuscript(p(run(art))).pictures) == 1

    def test_filled_with_a_colour_show_none(self):
        art = '<w:pict><v:rect><v:fill color="red"/></v:rect></w:pict>'
        found = manuscript(p(run(art)))
        assert found.pictures == ()
        assert found.remarks[0].startswith("1 处画的图形")

    def test_all_of_a_group_are_shown_each_with_what_was_written_on_it(self):
        one = (
            '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x" descr="{1}"/></pic:nvPicPr>'
            '<pic:blipFill><a:blip r:embed="{0}"/></pic:blipFill></pic:pic>'
        )
        group = one.format("a.jpg", "红伞架") + one.format("b.jpg", "绿伞架")
        found = manuscript(p(run(anchored(group))))
        assert len(found.pictures) == 2
        assert 'alt="红伞架"' in found.body
        assert 'alt="绿伞架"' in found.body


class TestLosses:
    @pytest.mark.parametrize(
        ("blip", "words"),
        [
            ("<a:blip/>", "1 张图片在文件里找不到"),
            ('<a:blip r:embed="nobody"/>', "1 张图片在文件里找不到"),
            ('<a:blip r:link="nobody"/>', "1 张图片只是链接"),
            ('<a:blip><a:svgBlip r:embed="a.svg"/></a:blip>', "1 张图片不是照片格式"),
        ],
    )
    def test_a_picture_that_cannot_come_is_said(self, blip, words):
        art = anchored(f"<pic:pic><pic:blipFill>{blip}</pic:blipFill></pic:pic>")
        assert manuscript(p(run(art))).remarks[0].startswith(words)

    def test_a_deleted_picture_is_a_deletion(self):
        gone = f'<w:del w:id="1">{picture("a.jpg")}</w:del>'
        found = manuscript(p("今天下雨", gone))
        assert found.remarks == ("原稿里有修订：1 处已删除的文字没有导入。",)
