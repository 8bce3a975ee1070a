"""The e-book: valid, whole, the same bytes every time."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest

from issues.exports import epub
from tests import epub_checker
from tests.issues.exports import samples
from tests.issues.exports.samples import a_book, a_picture, an_article, figure
from tests.pages import plain_words

JPEG = samples.read("cover-600x840.jpg")


@pytest.fixture(scope="module")
def file() -> ZipFile:
    articles = list(samples.everything().articles)
    articles.insert(3, samples.hostile())
    return opened(*articles, starts=(5, 7, 11, 11, 12, 14, 19, 22, 27, 31)[: len(articles)])


def opened(*articles, starts=(), **facts) -> ZipFile:
    book = a_book(*articles, **facts)
    made = epub.render(book, samples.FACE, samples.read, JPEG, starts=starts)
    return ZipFile(BytesIO(made))


def page(file: ZipFile, name: str) -> str:
    return file.read(f"EPUB/{name}").decode()


def test_the_checker_has_nothing_to_say(file, tmp_path):
    path = tmp_path / "issue.epub"
    path.write_bytes(file.fp.getvalue())
    assert epub_checker.messages(path) == []


def test_what_a_page_is_for_it_tells_readers_aloud_too(file):
    """DAISY Ace's rule: a type of books has the role of the same name beside it."""
    for name in file.namelist():
        if name.endswith(".xhtml") and "nav" not in name:
            for kind, rest in re.findall(r'epub:type="([\w-]+)"([^>]*)', page(file, name[5:])):
                assert kind == "cover" or f'role="doc-{kind}"' in rest, (name, kind)
    assert "schema:accessibilitySummary" in page(file, "package.opf")


def test_it_begins_with_its_kind_as_readers_expect(file):
    first = file.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert file.read("mimetype") == b"application/epub+zip"


def test_the_contents_lead_through_sections_to_articles(file):
    nav = page(file, "nav.xhtml")
    assert '<a href="section-1.xhtml">卷首语</a><ol><li><a href="article-1.xhtml">' in nav
    assert '<a epub:type="bodymatter" href="section-1.xhtml">' in nav
    assert 'lang="zh-Hans"' in nav


def test_contents_and_the_page_of_a_section_name_the_authors():
    book = opened(
        an_article(title="第七把伞", standfirst="数到第七把。"),
        an_article(title="空伞架", authors=()),
    )
    signed = '第七把伞 <span class="by">东岭支行 高志远</span></a>'
    assert f'<a href="article-1.xhtml">{signed}' in page(book, "nav.xhtml")
    opening = page(book, "section-1.xhtml")
    assert f'<a href="article-1.xhtml">{signed}<p class="summary">数到第七把。</p>' in opening
    assert '<a href="article-2.xhtml">空伞架</a></li>' in opening


def test_a_web_address_is_parted_at_its_joints_so_that_no_line_is_pulled_apart():
    book = opened(an_article(body="<p>请到 https://www.example.com/help?a=1 看。</p>"))
    assert "https://<wbr/>www.<wbr/>example.<wbr/>com/<wbr/>help?<wbr/>a=<wbr/>1 看。" in page(
        book, "article-1.xhtml"
    ).replace("&amp;", "&")


def test_pages_are_read_in_print_order(file):
    package = page(file, "package.opf")
    spine = re.findall(r'idref="f-([\w-]+)-xhtml"', package)
    assert spine[:5] == ["cover", "imprint", "nav", "section-1", "article-1"]
    assert spine.index("section-3") < spine.index("article-7")


def test_pages_of_print_lead_to_the_articles_that_begin_on_them(file):
    """Two readers of one issue, one of them on paper, find the same page."""
    nav = page(file, "nav.xhtml")
    pages = re.findall(r'<a href="(article-\d+\.xhtml)#(page-\d+)">(\d+)</a>', nav)
    assert pages[:4] == [
        ("article-1.xhtml", "page-5", "5"),
        ("article-2.xhtml", "page-7", "7"),
        ("article-3.xhtml", "page-11", "11"),
        ("article-5.xhtml", "page-12", "12"),
    ]
    for name, mark, number in pages:
        assert f'id="{mark}" aria-label="第 {number} 页"></span>' in page(file, name)
    assert "page-11" not in page(file, "article-4.xhtml")
    assert "印刷版</dc:source>" in page(file, "package.opf")
    assert "page-list" not in page(opened(an_article()), "nav.xhtml")


def test_it_says_what_it_belongs_to_and_whose_it_is(file):
    package = page(file, "package.opf")
    assert '<meta property="belongs-to-collection" id="journal">服务文化专刊</meta>' in package
    assert '<meta refines="#journal" property="group-position">64</meta>' in package
    assert "<dc:rights>© 2026 示范农商银行党群工作部。" in package
    assert "group-position" not in page(opened(an_article(), running_number=None), "package.opf")


def test_a_table_wider_than_a_phone_scrolls_by_itself():
    shown = page(opened(an_article(body=samples.a_table(3, 8, "各月"))), "article-1.xhtml")
    frame = '<div class="table" role="group" aria-label="表格：各月" tabindex="0">'
    assert f'{frame}<table style="min-width: 40em">' in shown
    narrow = page(opened(an_article(body=samples.a_table(3, 3))), "article-1.xhtml")
    assert 'class="table"' not in narrow


def test_notes_pop_up(file):
    words = page(file, "article-3.xhtml")
    assert '<a epub:type="noteref" role="doc-noteref" href="#n1">1</a>' in words
    assert (
        '<aside epub:type="footnote" role="doc-footnote" id="n1">'
        '<p class="plain">1. 《柜台日记》，1986年自印本。</p></aside>'
    ) in words
    assert "注释" not in words


def test_pictures_have_their_words_and_a_size_for_a_tablet():
    picture = a_picture(1, 3600, 2400)
    file = opened(an_article(body=figure(picture, "图注", alt="三个人"), pictures=(picture,)))
    assert (
        '<figure><img src="picture-1.jpg" alt="三个人"/><figcaption>图注</figcaption></figure>'
    ) in page(file, "article-1.xhtml")
    assert len(file.read("EPUB/picture-1.jpg")) < len(samples.read(picture.file))


def test_hostile_texts_stay_texts(file):
    shown = page(file, "article-4.xhtml")
    for hostile in samples.HOSTILE:
        assert hostile in plain_words(shown.replace("<wbr/>", ""))
    assert "<script" not in shown
    assert "javascript:" not in shown
    assert "别人的图注" in shown
    assert "别人的图”" not in shown


def test_the_cover_is_a_picture_that_every_reader_can_show(file):
    assert 'href="cover.jpg" media-type="image/jpeg" properties="cover-image"' in page(
        file, "package.opf"
    )
    assert file.read("EPUB/cover.jpg") == JPEG


def test_without_the_pdf_the_drawing_is_the_cover():
    data = epub.render(a_book(an_article()), samples.FACE, samples.read)
    assert "EPUB/cover.svg" in ZipFile(BytesIO(data)).namelist()


def test_the_same_issue_gives_the_same_bytes():
    book = a_book(an_article())
    first, second = (epub.render(book, samples.FACE, samples.read, JPEG) for _ in range(2))
    assert first == second


def test_one_changed_sentence_is_changed():
    file = opened(an_article(body="<p>二十年以前。</p>"))
    assert "二十年以前。" in page(file, "article-1.xhtml")


def test_headings_never_leave_out_a_level():
    shown = page(opened(an_article(body="<h4>一</h4><h3>二</h3><h4>三</h4>")), "article-1.xhtml")
    assert re.findall(r"<h(\d)>", shown) == ["1", "2", "3", "4"]


def test_a_mark_that_is_no_character_closes_no_page():
    """Of an issue that was signed when forms still took it."""
    file = opened(an_article("断\x0b行的题"), theme="主\ufffe题")
    for name in file.namelist():
        if name.endswith((".xhtml", ".opf")):
            ElementTree.fromstring(file.read(name))  # noqa: S314  # our own
