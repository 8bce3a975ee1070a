"""What is no honest .docx is refused before it is parsed, in a sentence that says what to do."""

import contextlib
import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.word import WordRefused, read
from articles.word.parts import guard, kinds
from tests.articles.docx import TYPES, docx, link, p, photo, style, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
WHOLE = docx(p("柜台里外"))


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(500)


def with_part(name: str, content: str | bytes) -> bytes:
    return docx(p("柜台里外"), parts={name: content})


def refusal(data: bytes, name: str = "稿件.docx") -> str:
    with pytest.raises(WordRefused) as refused:
        guard.check(data, name)
    return str(refused.value)


KINDS = [
    ("稿件.doc", stream("WordDocument"), "旧版 .doc"),
    ("renamed.docx", stream("WordDocument"), "旧版 .doc"),
    ("稿件.wps", stream("WordDocument"), ".wps"),
    ("稿件.docx", stream("EncryptedPackage"), "设了密码"),
    ("稿件.xls", stream("Workbook"), "表格"),
    ("稿件.ppt", stream("PowerPoint Document"), "演示文稿"),
    ("稿件.rtf", b"{\\rtf1\\ansi }", ".rtf"),
    ("稿件.pdf", b"%PDF-1.7\n", "PDF"),
    ("稿件.doc", b"<html><body>", "网页文件"),
    ("稿件.doc", b'\xef\xbb\xbf<?xml version="1.0"?><w:wordDocument/>', ".xml 文件"),
    ("照片.docx", photo(8, 8), "图片"),
    ("稿件.rar", b"Rar!\x1a\x07", "压缩包"),
    ("稿件.txt", "柜台里外".encode(), "纯文字"),
    ("记事本.txt", ("柜台里外" * 2_000).encode("gb18030"), "纯文字文件"),
    ("稿件.ofd", zipped({"OFD.xml": "<a/>"}), "OFD"),
    ("稿件.caj", b"CAJ\0\xff", "这不是 Word"),
    ("空.docx", b"", "空的"),
    ("稿件.odt", zipped({"mimetype": "x", "content.xml": "<a/>"}), ".odt"),
    ("稿件.pages", zipped({"Index/Document.iwa": "x"}), "Pages"),
    ("稿件.xlsx", zipped({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<a/>"}), "表格"),
    ("稿件.pptx", zipped({"ppt/presentation.xml": "<a/>"}), "演示文稿"),
    ("书.epub", zipped({"META-INF/container.xml": "<a/>"}), "电子书"),
    ("几篇.zip", zipped({"第一篇.docx": WHOLE}), "先解压缩"),
    ("~$雨天的伞.docx", b"\x06Shen Y" + bytes(155), "名字以“~$”"),
    ("雨天的伞.docx", b"\x06Shen Y" + bytes(155), "临时文件"),
    ("C:\\稿\\.~雨天的伞.docx", b"Shen", "请选同一个文件夹里"),
    ("._雨天的伞.docx", b"\0\x05\x16\x07" + bytes(4_000), "苹果电脑"),
    ("别的.zip", zipped({"a.txt": "x"}), "不是 Word 文件"),
]


@pytest.mark.parametrize(("name", "data", "words"), KINDS, ids=[row[2] for row in KINDS])
def test_other_files_are_told_by_their_content(name, data, words):
    sentence = refusal(data, name)
    assert words in sentence
    assert "请" in sentence


def test_a_whole_file_passes_whatever_it_is_called():
    for name in ("稿件.docx", "稿件.doc", "", "a.exe"):
        guard.check(WHOLE, name)


@pytest.mark.parametrize("part", [2, 3, 10])
def test_a_torn_file_is_told_to_be_incomplete(part):
    assert "不完整" in refusal(WHOLE[: len(WHOLE) - len(WHOLE) // part])


def test_a_file_whose_content_is_damaged_is_refused():
    data = bytearray(WHOLE)
    at = data.index(b"word/document.xml") + len("word/document.xml")
    data[at + 5 : at + 40] = bytes(35)
    assert "请" in refusal(bytes(data))


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "word/../../evil.txt", "/etc/cron.d/x", "..\\evil.txt", "C:evil", "a\x01b"],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(name):
    """The original is kept as it was sent and handed to editors, who may unpack it."""
    assert refusal(with_part(name, b"x")) == kinds.UNREADABLE
    assert read(with_part("word/media/a..b.txt", b"x"), "稿件.docx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused():
    assert refusal(with_part("WORD/document.xml", b"<x/>")) == kinds.UNREADABLE


def test_one_part_that_is_far_larger_than_any_picture_is_refused(monkeypatch):
    monkeypatch.setattr(guard, "MAX_PART", 1000)
    assert refusal(with_part("word/media/image1.bin", bytes(1001))) == guard.TOO_MUCH


def test_controls_that_run_code_are_refused_like_macros():
    assert "宏" in refusal(with_part("word/activeX/activeX1.bin", b"x"))


def test_too_many_bytes_are_refused_unread():
    assert "20 MB" in refusal(b"PK\x03\x04" + bytes(guard.MAX_BYTES))


@pytest.mark.parametrize(
    "data",
    [
        with_part("word/vbaProject.bin", b"x"),
        with_part("word/VBAPROJECT.BIN", b"x"),
        with_part(
            "[Content_Types].xml",
            TYPES.replace("wordprocessingml.document.main", "macroEnabled.main"),
        ),
        docx(p("字"), links=link("m", "macros.bin", kind="vbaProject")),
    ],
    ids=["part", "shouted", "type", "relationship"],
)
def test_macros_are_refused(data):
    assert "宏" in refusal(data)


ENTITIES = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/theme.xml", "customXml/item1.xml", "word/media/a.png"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused_in_every_part(name, encoding):
    assert "格式不对" in refusal(with_part(name, ENTITIES.encode(encoding)))


def xml(content: str) -> bytes:
    return with_part("word/document.xml", f"<a>{content}</a>")


BOMBS = {
    "a part of one byte over and over": lambda: xml("x" * 5_000_000),
    "elements without end": lambda: xml(
        "<b/>x1z" * 40 + "".join(f"<b{n}/>" for n in range(125_000))
    ),
    "far too much XML": lambda: xml("".join(f"{n:x}" for n in range(5_000_000))),
    "deep nesting": lambda: xml("<b>" * 200 + "</b>" * 200),
    "thousands of files": lambda: docx(p("字"), parts={f"word/{n}.bin": b"" for n in range(3_001)}),
    "XML under a picture's name": lambda: with_part(
        "word/media/a.png", "  <a>" + "".join(f"<b{n}/>" for n in range(125_000)) + "</a>"
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused(bomb):
    assert re.search("太大|格式不对|太长", refusal(BOMBS[bomb]()))


def test_what_is_too_much_to_read_is_refused():
    with pytest.raises(WordRefused) as refused:
        read(docx(*(p(f"第{number:04}句") for number in range(6_000))))
    for words in ("有 36,000 个字、6,000 段", "最多约 4,000 段", "请分成几个 .docx 文件"):
        assert words in str(refused.value)


def test_what_is_said_to_be_the_most_is_read():
    assert read(docx(*(p("字") for _ in range(4_000)))).body.count("<p>字</p>") == 4_000


def test_styles_that_are_based_on_each_other_without_end_are_read():
    styles = "".join(style(f"s{at}", "x", based=f"s{(at + 1) % 1000}") for at in range(1_000))
    body = read(docx(*(p("字", style=f"s{at}") for at in range(1_000)), styles=styles)).body
    assert body.count("<p>字</p>") == 1_000


def test_a_directory_that_promises_gigabytes_is_refused_without_unpacking():
    out = io.BytesIO(WHOLE)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        for number in range(8):
            file.writestr(f"word/media/{number}.bmp", bytes(50 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    assert "太大" in refusal(out.getvalue())


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compression_is_refused(way):
    out = io.BytesIO(WHOLE)
    with zipfile.ZipFile(out, "a", way) as file:
        file.writestr("word/a.bin", b"x" * 100)
    assert "损坏" in refusal(out.getvalue())


def test_a_file_that_word_would_complete_from_the_net_is_refused():
    template = link("t", "https://example.com/a.dotm", kind="attachedTemplate")
    assert "网上" in refusal(docx(p("字"), links=template))
    guard.check(docx(p("字"), links=link("t", "file:///C:/Normal.dotm", kind="attachedTemplate")))


def test_broken_xml_is_refused():
    assert "损坏" in refusal(with_part("word/document.xml", "<a><b></a>"))


def test_what_passes_and_still_cannot_be_read_is_a_sentence_and_is_logged(caplog):
    with pytest.raises(WordRefused, match="损坏"):
        read(with_part("word/document.xml", "<a/>"))
    assert "could not be read" in caplog.text


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(data):
    for prefix in (b"", b"PK\x03\x04", OLE[:8]):
        refusal(prefix + data)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=12))
def test_no_damage_makes_it_stumble(at, damage):
    data = WHOLE[:at] + damage + WHOLE[at + len(damage) :]
    with contextlib.suppress(WordRefused):
        assert read(data).body
