"""Word files that other programs wrote: what went in comes out. Sources: `tests/files/word`."""

import pytest

from articles.word import WordRefused, read
from tests.environment import ROOT

FILES = ROOT / "tests" / "files" / "word"

BODIES = {
    "mammoth-simple-list": "<ul><li>Apple</li><li>Banana</li></ul>",
    "mammoth-text-box": "<p>Datum plane</p>",
    "mammoth-utf8-bom": "<p>This XML has a byte order mark.</p>",
    "mammoth-comments": "<p>Ouch.</p>",
    "mammoth-footnotes": "<p>Ouch<sup>[1]</sup>.<sup>[2]</sup></p><p><strong>注释</strong></p>"
    "<ol><li>A tachyon walks into a bar.</li><li>Fin.</li></ol>",
    "mammoth-footnote-hyperlink": "<p><sup>[1]</sup></p><p><strong>注释</strong></p><ol><li>"
    '<a href="http://www.example.com" rel="noopener nofollow">Example</a></li></ol>',
    "python-docx-hyperlinks": '<p>One <a href="http://yahoo.com/" rel="noopener nofollow">'
    "awesome hyperlink</a>.</p><p>Three hyperlinks: "
    '<a href="http://google.com/" rel="noopener nofollow">the first one</a> here, the '
    '<a href="http://python.org/" rel="noopener nofollow">second one</a>, and the '
    '<a href="http://yahoo.com/" rel="noopener nofollow">third</a>.</p>',
}


def of(name: str):
    return read((FILES / name).read_bytes(), name)


@pytest.mark.parametrize("name", BODIES)
def test_the_body_is_what_the_file_shows(name):
    assert of(f"{name}.docx").body == BODIES[name]


def test_merged_cells_in_both_directions():
    tables = of("python-docx-merged-cells.docx").body.split("</table>")
    assert tables[1].endswith(
        "<tbody><tr><td>1</td><td>2</td><td>3</td></tr>"
        '<tr><td colspan="2">4</td><td>6</td></tr>'
        "<tr><td>7</td><td>8</td><td>9</td></tr></tbody>"
    )
    assert tables[3].endswith(
        "<tbody><tr><td>1</td><td>2</td><td>3</td></tr>"
        '<tr><td colspan="2" rowspan="2">4</td><td>6</td></tr>'
        "<tr><td>9</td></tr></tbody>"
    )


def test_a_picture_that_is_only_linked_leaves_nothing_to_import():
    with pytest.raises(WordRefused, match="只是链接，没有存在文件里"):
        of("mammoth-external-picture.docx")


def test_libreoffice_with_styles():
    found = of("libreoffice-styles.docx")
    assert found.title == "灯火可亲的网点——记东岭支行的延时服务"
    assert found.bylines == (("东岭支行", "何静"), ("东岭支行", "方圆"))
    assert found.remarks == ("去掉了 1 处文字颜色。",)
    for part in (
        "<h2>一、从一盏灯说起</h2>",
        "<strong>早一点开门</strong>，<em>晚一点关灯</em>，不多不少。",
        "<h3>（一）早一点开门</h3>",
        "<ul><li>先开灯<ul><li>门口一盏</li><li>柜台一盏</li></ul></li><li>再烧水</li></ul>",
        "<ol><li>先问好</li><li>再递水</li></ol>",
        '<ol start="3"><li>送到门口</li></ol>',
        '<thead><tr><th>网点</th><th colspan="2">人数</th></tr></thead>',
        '<tr><td rowspan="2">东岭</td><td>上午</td><td>12</td></tr>',
        "（龑、䶮两位也在）",
    ):
        assert part in found.body


def test_what_wps_lays_out_by_hand_after_a_way_through_the_old_format():
    found = of("libreoffice-from-doc.docx")
    assert (found.above, found.title) == (("服务掠影",), "雨天的伞")
    assert found.bylines == (("南湖支行", "沈一鸣"), ("南湖支行", "高志远"))
    assert found.remarks[1:] == ("去掉了 1 处文字颜色。",)
    assert len(found.pictures) == 1
    for part in (
        "<h2>一、先问来意</h2>",
        "<h3>（一）听完再答</h3>",
        "<strong>听完</strong>再答。",
        "<ol><li>伞架</li><li>雨衣</li></ol><ul><li>一杯水</li><li>一把伞</li></ul>",
        "<figcaption>图1 柜台前的伞架</figcaption>",
        "人数见本行统计<sup>[1]</sup>。",
        "<p><strong>注释</strong></p><ol><li>二〇二六年三月。</li></ol>",
    ):
        assert part in found.body
    assert "　" not in found.body


def test_the_old_format_itself_is_refused():
    with pytest.raises(WordRefused, match=r"旧版 \.doc"):
        of("libreoffice-old.doc")
