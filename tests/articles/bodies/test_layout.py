"""A body made ready to be read on a page."""

import pytest

from articles.bodies import layout, tree


def lay_out(body: str) -> layout.Layout:
    return layout.lay_out(tree.parse(body))


@pytest.mark.parametrize(("length", "minutes"), [(0, 1), (1, 1), (450, 1), (451, 2), (9000, 20)])
def test_reading_time_is_450_characters_a_minute_and_never_nothing(length, minutes):
    assert layout.minutes(length) == minutes


def chapters(count: int, tag: str = "h2") -> str:
    return "".join(f"<{tag}>第{n}章</{tag}><p>文。</p>" for n in range(1, count + 1))


def test_headings_get_anchors_in_order():
    laid = lay_out("<h2>一、门</h2><p>文。</p><h3>（一）窗</h3><h4>锁</h4>")
    assert laid.body == ('<h2 id="s1">一、门</h2><p>文。</p><h3 id="s2">（一）窗</h3><h4>锁</h4>')


def test_a_long_text_lists_its_chapters_and_not_what_is_below_them():
    laid = lay_out(chapters(3) + "<h3>小节</h3>")
    assert [(h.anchor, h.text) for h in laid.headings] == [
        ("s1", "第1章"),
        ("s2", "第2章"),
        ("s3", "第3章"),
    ]


def test_a_text_with_few_chapters_lists_every_heading():
    laid = lay_out(chapters(1) + chapters(2, "h3"))
    assert [heading.level for heading in laid.headings] == [2, 3, 3]


def test_two_headings_are_no_list():
    assert lay_out(chapters(2)).headings == ()


def test_a_listed_heading_is_plain_text():
    laid = lay_out(chapters(2) + "<h2>问<strong>与</strong>答 &amp; <a>链</a></h2>")
    assert laid.headings[-1].text == "问与答 & 链"


def test_a_table_scrolls_inside_a_box_that_the_keyboard_reaches():
    body = lay_out("<table><tbody><tr><td>1</td></tr></tbody></table>").body
    assert body.startswith('<div class="table" role="group" aria-label="表格" tabindex="0"><table>')
    assert body.endswith("</table></div>")


@pytest.mark.parametrize("mark", ["√", "×", "◎"])
def test_a_list_whose_items_bring_their_marks_gets_no_bullets(mark):
    body = lay_out(f"<ul><li>{mark} 问一声</li></ul><ul><li>别的</li></ul>").body
    assert body == f'<ul class="marks"><li>{mark} 问一声</li></ul><ul><li>别的</li></ul>'


def test_a_mark_is_found_in_the_paragraph_of_an_item_too():
    body = lay_out("<ul><li><p>√ 问</p><p>答</p></li></ul>").body
    assert body == '<ul class="marks"><li><p>√ 问</p><p>答</p></li></ul>'


def test_without_an_editor_each_block_stands_on_its_own_line():
    body = "<h2>一</h2><hr><ul><li>二<ul><li>三</li></ul>四</li></ul><p>五</p>"
    assert layout.a_block_a_line(body) == (
        "<h2>一</h2>\n<hr>\n<ul><li>二<ul><li>三</li></ul>四</li></ul>\n<p>五</p>"
    )


@pytest.mark.parametrize(("width", "height", "upright"), [(800, 1100, True), (1600, 1067, False)])
def test_a_picture_higher_than_wide_is_marked(width, height, upright):
    body = f'<figure><img src="/p/" alt="" width="{width}" height="{height}"></figure>'
    assert ('class="upright"' in lay_out(body).body) == upright


def test_an_opening_is_whole_sentences():
    text = "门开了。" * 20 + "这一句太长" * 20
    assert layout.opening(text, 90) == "门开了。" * 20


def test_an_opening_without_an_early_stop_is_cut_with_an_ellipsis():
    assert layout.opening("一" * 200, 100) == "一" * 100 + "……"


def test_a_short_text_is_its_own_opening_and_line_breaks_are_no_spaces_in_chinese():
    assert layout.opening("第一段。\n第二段，Word 文档\nand more。") == (
        "第一段。第二段，Word文档and more。"
    )


FIGURE = '<figure><img src="/a.jpg" width="3" height="2" loading="lazy"></figure>'


def test_a_picture_that_a_text_begins_with_opens_the_page_and_is_not_put_off():
    laid = layout.lay_out(tree.parse(f"{FIGURE}<p>话。</p>{FIGURE}"))
    opener, behind = laid.body.split("<p>")
    assert opener.startswith('<figure class="opener">')
    assert 'fetchpriority="high"' in opener
    assert "lazy" not in opener
    assert behind.count("lazy") == 1
    assert "opener" not in layout.lay_out(tree.parse(f"<p>话。</p>{FIGURE}")).body


def test_many_pictures_and_little_text_are_hung_side_by_side():
    row = "<p>一句。</p>"
    laid = layout.lay_out(tree.parse(FIGURE + row + 2 * FIGURE + row + 3 * FIGURE))
    assert laid.is_story
    assert laid.body.count('<div class="pair"><figure>') == 1
    assert laid.body.count('<div class="hung"><figure>') == 1
    assert laid.body.count("<figure") == laid.body.count("</figure>") == 6
    read = layout.lay_out(tree.parse(FIGURE + "<p>" + "很长的话。" * 200 + "</p>" + 5 * FIGURE))
    assert not read.is_story
    assert "<div" not in read.body


def test_a_list_shows_how_a_text_begins_and_not_the_caption_above_it():
    captioned = FIGURE.replace("</figure>", "<figcaption>图里的人</figcaption></figure>")
    assert layout.opening_of("", f"{captioned}<p>开头。</p>") == "开头。"
    assert layout.opening_of("", captioned) == "图里的人"
    assert layout.opening_of("导语。", "<p>开头。</p>") == "导语。"


def test_a_web_address_may_be_parted_behind_what_joins_its_pieces():
    text = "<p>请到 https://www.example.com/help/?a=1&amp;b=2 看，第 3.14 条、2024-01 不变。</p>"
    assert lay_out(text).body == (
        "<p>请到 https://<wbr>www.<wbr>example.<wbr>com/<wbr>help/?<wbr>a=<wbr>1&amp;<wbr>b=<wbr>2"
        " 看，第 3.14 条、2024-01 不变。</p>"
    )
