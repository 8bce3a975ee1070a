"""The one cleaning place: nothing hostile passes, nothing written is lost."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.bodies import html

PICTURE = "/pictures/00000000-0000-4000-8000-000000000000/"

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x0b>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    '<img src=x onerror="alert(1)">',
    "<img src=x onerror=alert(1)//",
    f'<img src="{PICTURE}" onload=alert(1)>',
    f'<img src="{PICTURE}" data-cke-pa-onerror="alert(1)">',
    f'<img src="{PICTURE}?x=1" alt=x>',
    f'<img src="{PICTURE}\n" alt=x>',
    '<img src="https://evil.example/pixel.gif">',
    '<img src="//evil.example/pixel.gif">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<img srcset="https://evil.example/x.png 1x">',
    '<img """><script>alert(1)</script>">',
    "<img src=`x`onerror=alert(1)>",
    "<image src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href=" &#14; javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="//evil.example/">x</a>',
    '<a href="\\\\evil.example/">x</a>',
    '<a href="/\\evil.example/">x</a>',
    '<a href="/\t/evil.example/">x</a>',
    '<a href="http://good.example/" onclick="alert(1)" target=_blank ping=//e>x</a>',
    '<a href="data-cke-saved-href" data-cke-saved-href="javascript:alert(1)">x</a>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><!--</style><img src onerror=alert(1)>",
    '<math href="javascript:alert(1)">x</math>',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=//evil.example><input name=p><button>x</button></form>",
    '<meta http-equiv=refresh content="0;url=//evil.example">',
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{background:url(//evil.example)}</style>",
    '<p style="background:url(//evil.example);position:fixed">x</p>',
    "<p onmouseover=alert(1) id=main class=masthead>x</p>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><script>alert(1)</script></title>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<p><![CDATA[</p><img src=x onerror=alert(1)>]]></p>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<select><option><img src=x onerror=alert(1)></select>",
    "<table background=javascript:alert(1)><tr><td onclick=alert(1)>x</table>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{% load x %}{{ request.user.password }}<b>x",
]


def parsed(body: str) -> list[tuple[str, dict[str, str]]]:
    """Every tag of the body with its attributes."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, dict(attrs)))

    reader = Reader()
    reader.feed(body)
    reader.close()
    return found


PLAIN = frozenset(
    "p h2 h3 h4 ul li blockquote table thead tbody tr caption figure figcaption strong em br hr "
    "sup sub".split()
)
ATTRIBUTES = {
    "ol": {"start"},
    "a": {"href", "title", "rel"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_hostile_is_left(payload):
    cleaned = html.clean(f"<p>前</p>{payload}<p>后</p>")
    for tag, attributes in parsed(cleaned):
        assert tag in PLAIN | set(ATTRIBUTES)
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        if tag == "img":
            assert attributes["src"] == PICTURE
        if "href" in attributes:
            assert re.fullmatch(r"https?://good\.example/|data-cke-saved-href", attributes["href"])
    assert "<script" not in cleaned.lower()


@pytest.mark.parametrize("payload", HOSTILE)
def test_what_stands_before_hostile_markup_stays(payload):
    assert "<p>前</p>" in html.clean(f"<p>前</p>{payload}<p>后</p>")


@pytest.mark.parametrize(
    "href",
    [
        "https://example.com/a?b=1&amp;c=2",
        "http://example.com/",
        "mailto:a@example.com",
        "/issues/",
    ],
)
def test_honest_links_stay(href):
    assert f'href="{href}"' in html.clean(f'<p><a href="{href}">看</a></p>')


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("第一段\n第二段\r\n\r\n第三段", "<p>第一段</p><p>第二段</p><p>第三段</p>"),
        ("　　顶格", "<p>顶格</p>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("<p>前</p>\n散落\n两行", "<p>前</p><p>散落</p><p>两行</p>"),
        ("", ""),
        (" \n　<p>&nbsp;</p><p><br></p>", ""),
    ],
)
def test_plain_text_becomes_paragraphs(raw, cleaned):
    assert html.clean(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("<h1>题</h1><h5>小</h5>", "<h2>题</h2><h4>小</h4>"),
        ("<p><b>粗</b><i>斜</i><u>线</u></p>", "<p><strong>粗</strong><em>斜</em>线</p>"),
        ("<div><div>甲</div><p>乙</p>丙</div>", "<p>甲</p><p>乙</p><p>丙</p>"),
        ("<center>甲</center><center>乙</center>", "<p>甲</p><p>乙</p>"),
        ("<p>甲<br><br>乙<br>丙<br></p>", "<p>甲</p><p>乙<br>丙</p>"),
        ("<p>换行的\n中文 and\nLatin</p>", "<p>换行的中文 and Latin</p>"),
        ("<p>甲<br />\n乙</p>", "<p>甲<br>乙</p>"),
        ("<h2><p>一、标题</p></h2>", "<h2>一、标题</h2>"),
        ("<strong><p>甲</p><p>乙</p></strong>", "<p>甲</p><p>乙</p>"),
        ("<blockquote>引文</blockquote>", "<blockquote><p>引文</p></blockquote>"),
        ("<p><strong>　　甲</strong>乙 </p>", "<p><strong>甲</strong>乙</p>"),
        ("<p>甲<strong></strong><em> </em>乙</p>", "<p>甲乙</p>"),
        ("<hr><p>未关的段落", "<hr><p>未关的段落</p>"),
        ("<dl><dt>词</dt><dd>解释</dd></dl>", "<p>词</p><p>解释</p>"),
    ],
)
def test_every_word_stands_in_a_block(raw, cleaned):
    assert html.clean(raw) == cleaned


def test_word_paste_keeps_its_paragraphs_and_nothing_else():
    raw = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
    <style>p.MsoNormal{margin:0}</style><xml><o:p></o:p></xml></head><body lang=ZH-CN>
    <!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->
    <p class=MsoNormal style='text-indent:21.0pt'><span lang=EN-US style='font-size:
    10.5pt'>三月的<o:p></o:p></span><span
    style='font-family:宋体'>雨。</span></p>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p>
    <p class=MsoListParagraph><![if !supportLists]><span>1.</span><![endif]>第一条</p>
    </body></html>"""
    assert html.clean(raw) == "<p>三月的雨。</p><p>1.第一条</p>"


def test_many_sections_of_wechat_become_paragraphs():
    raw = (
        '<section style="margin:0" data-role="outer"><section><section><section>'
        '<p style="line-height:1.75em"><span style="color:red">第一段</span></p></section>'
        '<section><strong style="x">小标题</strong></section></section></section>'
        '<p><br></p><section powered-by="x">第二段</section></section>'
    )
    assert html.clean(raw) == "<p>第一段</p><p><strong>小标题</strong></p><p>第二段</p>"


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        (
            "<ul><li>甲<ul><li>乙</li></ul></li></ul>",
            "<ul><li>甲<ul><li>乙</li></ul></li></ul>",
        ),
        (
            "<ul><li>甲</li><ol><li>乙</li></ol></ul>",
            "<ul><li>甲<ol><li>乙</li></ol></li></ul>",
        ),
        ("<ul><li><p>甲</p></li><li> </li></ul>", "<ul><li>甲</li></ul>"),
        ("<ul><li>甲<li>乙</ul>", "<ul><li>甲</li><li>乙</li></ul>"),
        ('<ol start="3" type="a"><li>丙</ol>', '<ol start="3"><li>丙</li></ol>'),
        ("<li>甲</li><li>乙</li>", "<p>甲</p><p>乙</p>"),
        ("<ul>甲</ul>", "<ul><li>甲</li></ul>"),
    ],
)
def test_lists_keep_their_nesting(raw, cleaned):
    assert html.clean(raw) == cleaned


def test_tables_keep_cells_and_spans_and_empty_cells():
    raw = (
        '<table border=1 style="w"><caption>表一</caption><tr><th rowspan="2">甲</th>'
        "<td colspan=2 width=9><p>乙</p></td></tr>"
        "<tr><td></td><td><p>丙</p><p>丁</p></td></tr></table>"
    )
    assert html.clean(raw) == (
        '<table><caption>表一</caption><tbody><tr><th rowspan="2">甲</th>'
        '<td colspan="2">乙</td></tr>'
        "<tr><td></td><td><p>丙</p><p>丁</p></td></tr></tbody></table>"
    )


def test_a_table_without_a_word_is_dropped():
    assert html.clean("<p>甲</p><table><tr><td> </td><td></td></tr></table>") == "<p>甲</p>"


IMG = f'<img src="{PICTURE}" alt="柜台">'


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        (
            f'<figure class="image">{IMG}<figcaption>柜台前</figcaption></figure>',
            f"<figure>{IMG}<figcaption>柜台前</figcaption></figure>",
        ),
        (f"<p>{IMG}</p>", f"<figure>{IMG}</figure>"),
        (f"<p>前。{IMG}后</p>", f"<p>前。</p><figure>{IMG}</figure><p>后</p>"),
        (f"<p>前{IMG}</p>", f"<p>前</p><figure>{IMG}</figure>"),
        (f"<h2>前{IMG}后</h2>", f"<h2>前</h2><figure>{IMG}</figure><h2>后</h2>"),
        # A formula: its sentence goes on behind it.
        (f"<p>前{IMG}，后</p>", f"<p>前{IMG}，后</p>"),
        (f'<p><a href="https://example.com/">{IMG}</a></p>', f"<figure>{IMG}</figure>"),
        (f"<figure>{IMG}<figcaption><br></figcaption></figure>", f"<figure>{IMG}</figure>"),
        (
            f"<figure>{IMG}{IMG}<figcaption><p>两张</p></figcaption></figure>",
            f"<figure>{IMG}</figure><figure>{IMG}<figcaption>两张</figcaption></figure>",
        ),
        ("<figure><figcaption>图没了</figcaption></figure>", "<p>图没了</p>"),
        ('<figure><img src="x.png"><figcaption>图没了</figcaption></figure>', "<p>图没了</p>"),
        (f'<p><img src="{PICTURE}"></p>', f'<figure><img src="{PICTURE}" alt=""></figure>'),
        ('<p>字<img src="https://example.com/x.png" alt="外">字</p>', "<p>字字</p>"),
    ],
)
def test_each_picture_has_a_figure_of_its_own(raw, cleaned):
    assert html.clean(raw) == cleaned


@pytest.mark.parametrize("hidden", ["\x00", "\x08", "\u200b", "\u202e", "\u2066", "\ufeff", "\x9f"])
def test_what_nobody_sees_is_taken_out_even_when_it_comes_as_an_entity(hidden):
    assert html.clean(f"<p>存{hidden}款</p>") == "<p>存款</p>"
    entity = html.clean(f"<p>存&#{ord(hidden)};款</p>")
    assert hidden not in entity


@pytest.mark.parametrize("text", ["龑䶮㐂𠮷", "😀👍🏽", "①Ⅳ〇㎡", "·—……“‘《〈"])
def test_rare_characters_and_emoji_stay(text):
    assert html.clean(text) == f"<p>{text}</p>"


def test_a_text_at_the_limit_is_taken_and_one_beyond_it_is_refused():
    tags = len("<p></p>")
    assert html.length(html.clean("字" * (html.MAX_LENGTH - tags))) == html.MAX_LENGTH - tags
    with pytest.raises(html.Refused, match="太长"):
        html.clean("字" * (html.MAX_LENGTH + 1))


def test_what_grows_beyond_the_limit_is_refused_now_and_not_when_it_is_saved():
    with pytest.raises(html.Refused, match="太长"):
        html.clean("<" * (html.MAX_LENGTH - 10))


def test_nesting_that_nobody_writes_is_refused():
    assert "字" in html.clean("<blockquote>" * 20 + "字")
    with pytest.raises(html.Refused, match="嵌套"):
        html.clean("<blockquote>" * (html.MAX_DEPTH + 1) + "字")


def test_formatting_left_open_is_not_repeated_in_every_paragraph():
    opened = "".join(f"<strong x={n}>" for n in range(50))
    cleaned = html.clean(f"<p>{opened}前</p>" + "<p>字</p>" * 1000)
    assert cleaned == "<p><strong>前</strong></p>" + "<p>字</p>" * 1000


def test_a_refused_text_still_gives_its_words_as_paragraphs():
    words = html.plain("<div>" * 99 + "一<script>\n二 & 三" + "</div>" * 99)
    assert words == "<p>一</p><p>二 &amp; 三</p>"
    assert html.clean(words) == words


TAGS = (
    "p h1 h2 h4 ul ol li blockquote table thead tbody tr td th caption figure figcaption strong b "
    "em i a sup sub br hr img div section span script style svg math title x:y"
).split()
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS]),
    st.sampled_from([f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        [IMG, '<a href="http://a/">', "<ol start=2>", "<td colspan=2>", "<", ">", "<!--", "-->"]
    ),
    st.sampled_from(['<a href="', "'", '"', "&nbsp;", "&lt;", "&amp;", "&", "&#13;", "&#8232;"]),
    st.sampled_from(["字", "a", "\n", " ", "　", "\xa0", "文\n", "x y"]),
    st.text(max_size=3),
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_cleaning_twice_changes_nothing(raw):
    cleaned = html.clean(raw)
    assert html.clean(str(cleaned)) == cleaned


def test_what_was_cleaned_is_given_back_as_it_is():
    cleaned = html.clean("一行\n又一行")
    assert html.clean(cleaned) is cleaned


@pytest.mark.parametrize(
    "changed",
    [
        lambda body: body + "<script>alert(1)</script>",
        lambda body: f"{body}<script>alert(1)</script>",
        lambda body: body.replace("好", "<script>alert(1)</script>"),
        lambda body: re.sub("好", "<script>alert(1)</script>", body),
        lambda body: "".join([body, "<script>", "alert(1)", "</script>"]),
        lambda body: (body + "%s") % "<script>alert(1)</script>",
        lambda body: body.join(["<script>", "alert(1)</script>"]),
        lambda body: body[:3] + "<script>alert(1)</script>" + body[3:],
    ],
)
def test_what_was_changed_after_cleaning_is_cleaned_again(changed):
    assert "script" not in html.clean(changed(html.clean("<p>好</p>")))


@given(st.lists(st.text(alphabet="字文，。a1 <>&\"'", max_size=20), max_size=8))
def test_no_word_of_plain_text_is_lost(lines):
    raw = "\n".join(line.replace("&", "&amp;").replace("<", "&lt;") for line in lines)
    assert html.text(html.clean(raw)).split() == "\n".join(lines).split()


def test_text_gives_a_line_for_each_block_and_length_leaves_spaces_out():
    body = html.clean(
        "<h2>题</h2><p>甲 乙<br>丙 &amp; 丁</p><table><tr><td>一</td><td>二</td></tr></table>"
    )
    assert html.text(body) == "题\n甲 乙\n丙 & 丁\n一 二"
    assert html.length(body) == 8


def test_a_list_inside_of_an_item_has_lines_of_its_own():
    body = html.clean("<ol><li>甲<ul><li>乙</li><li>丙</li></ul></li><li>丁</li></ol>")
    assert html.text(body) == "甲\n乙\n丙\n丁"


def test_picture_tokens_come_in_order_each_once():
    other = PICTURE.replace("0000-4", "1111-4")
    body = (
        f'<figure>{IMG}</figure><figure><img src="{other}" alt=""></figure><figure>{IMG}</figure>'
    )
    assert html.picture_tokens(body) == [PICTURE[10:-1], other[10:-1]]


@pytest.mark.parametrize(("alt", "silent"), [("柜台", False), ("", True), (" ", True)])
def test_a_picture_without_words_is_silent(alt, silent):
    assert html.has_silent_picture(f'<figure><img src="{PICTURE}" alt="{alt}"></figure>') is silent


class TestJoiners:
    """What joins pictographs to one is seen by its effect; anywhere else it hides."""

    FAMILY = "👨\u200d👩\u200d👧"

    @pytest.mark.parametrize("words", [FAMILY, "🏳\ufe0f\u200d🌈", "❤\ufe0f\u200d🔥"])
    def test_between_pictographs_stay(self, words):
        assert html.clean(words) == f"<p>{words}</p>"

    @pytest.mark.parametrize(
        "words",
        ["字\u200d字", "\u200d👩", "👩\u200d", "👩\u200d字", "👩\u200d\u200d👧", "a\u200d👩"],
    )
    def test_elsewhere_go(self, words):
        assert html.clean(words) == f"<p>{words.replace(chr(0x200D), '')}</p>"

    def test_are_not_counted(self):
        assert html.length(html.clean(self.FAMILY)) == 3
