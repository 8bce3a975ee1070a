"""The archive: whole, the same bytes every time, and readable without this program."""

import dataclasses
import hashlib
import json
import re
import types
import typing
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from issues.exports import archive
from issues.exports.shape import (
    Book,
    BookArticle,
    BookAuthor,
    BookCorrection,
    BookEdition,
    BookSection,
)
from tests.environment import ROOT
from tests.issues.exports import samples
from tests.pages import plain_words

EDITION = BookEdition(
    number=2,
    made_at=datetime(2026, 8, 22, 9, 30, tzinfo=UTC),
    corrections=(BookCorrection(2, datetime(2026, 8, 22, 9, 30, tzinfo=UTC), "伞是八把。<b>"),),
)


def rendered() -> bytes:
    articles = [*samples.everything().articles, samples.hostile()]
    articles.sort(
        key=lambda article: [part.slug for part in samples.SECTIONS].index(article.section)
    )
    book = samples.a_book(*articles)
    files = {"epub": b"PK an e-book", "pdf": b"%PDF-1.7"}
    return samples.an_archive(book, EDITION, **files)


@pytest.fixture(scope="module")
def data() -> bytes:
    return rendered()


@pytest.fixture(scope="module")
def file(data) -> ZipFile:
    return ZipFile(BytesIO(data))


def page(file: ZipFile, name: str) -> str:
    return file.read(name).decode()


def pages(file: ZipFile) -> list[str]:
    return [name for name in file.namelist() if name.endswith(".html")]


def test_the_same_issue_gives_the_same_bytes(data):
    assert rendered() == data


def test_the_manifest_knows_every_other_file(file):
    told = dict(reversed(row.split("  ")) for row in page(file, "sha256.txt").splitlines())
    assert told == {
        name: hashlib.sha256(file.read(name)).hexdigest()
        for name in file.namelist()
        if name != "sha256.txt"
    }


def test_every_page_of_the_static_copy_is_valid(file, html_valid):
    assert len(pages(file)) == 11
    for name in pages(file):
        # Cells that reach too far and a character that is none are the writer's; browsers bear it.
        shown = re.sub(r' (?:col|row)span="(?:24|200)"', "", page(file, name))
        html_valid(shown.replace("\U0010ffff", ""))


def test_every_address_leads_to_a_file_beside_it(file):
    names = set(file.namelist())
    for name in pages(file):
        for to in re.findall(r'(?:href|src)="([^"#]+)"', page(file, name)):
            if to == "https://example.com/" or to.startswith("mailto:"):  # a writer's, and ours
                continue
            folder = "articles/" if name.startswith("articles/") else ""
            assert to.startswith("../") or not to.startswith(("/", "http")), to
            target = to.removeprefix("../") if to.startswith("../") else folder + to
            assert target in names, (name, to)


def test_no_page_runs_or_asks_for_anything(file):
    for name in pages(file):
        assert not re.search(r"<script|<iframe|\son\w+=|\sstyle=", page(file, name))
    assert not re.search(r"@import|url\(", page(file, "style.css"))


def test_the_front_page_says_what_it_is_and_leads_to_every_article(file):
    front = page(file, "index.html")
    words = plain_words(front)
    for said in ("2026年第4期（总第64期）", "听见柜台外的声音", "示范农商银行党群工作部", "卷首语"):
        assert said in words
    preamble, contents = front.split('class="preamble"')[1].split('class="contents"')
    contents = contents.split('class="colophon"')[0]
    assert set(re.findall(r'href="(articles/\d\d\.html)"', preamble)) == {"articles/01.html"}
    assert re.findall(r'href="(articles/\d\d\.html)"', contents) == [
        f"articles/{n:02d}.html" for n in range(2, 11)
    ]
    assert 'href="issue.pdf"' in front
    assert 'href="issue.epub"' in front


def test_an_article_has_its_opening_pictures_notes_and_neighbours(file):
    second = page(file, "articles/02.html")
    for said in ("服务管理", "厅堂笔记", "数到第七把伞", "东岭支行 高志远", "意见簿挂了半年"):
        assert said in plain_words(second)
    assert 'rel="prev" href="01.html"' in second
    assert " ".join(plain_words(second).split()).count("上一篇 门口的那把伞") == 1
    assert 'rel="next" href="03.html"' in second
    assert 'src="../pictures/00000000-0000-0000-0000-000000000001.jpg"' in page(
        file, "articles/01.html"
    )
    assert "《柜台日记》，1986年自印本。" in plain_words(page(file, "articles/03.html"))


def test_corrections_are_told_on_both_pages(file):
    for name in ("index.html", "articles/02.html"):
        assert '<time datetime="2026-08-22">2026年8月22日</time>' in page(file, name)
        assert "：伞是八把。&lt;b&gt;" in page(file, name)
    assert "更正" not in page(file, "articles/03.html")


def test_hostile_texts_stay_texts(file):
    name = next(n for n in pages(file) if "点我" in page(file, n))
    words = plain_words(page(file, name))
    for text in samples.HOSTILE:
        assert text in words
    assert "javascript:" not in page(file, name)
    assert "别人的图" not in page(file, name).replace("别人的图注", "")


def test_without_a_pdf_none_is_offered():
    book = samples.a_book(samples.an_article())
    made = samples.an_archive(book, epub=b"PK", pdf=None)
    file = ZipFile(BytesIO(made))
    assert "issue.pdf" not in file.namelist()
    assert "issue.pdf" not in page(file, "index.html") + page(file, "README.txt")


def test_what_explains_it_lies_inside(file):
    """In ten years there may be no repository to look it up in."""
    assert json.loads(file.read("issue.schema.json")) == SCHEMA
    assert "| `running_number` |" in file.read("format.txt").decode()
    assert "format.txt" in page(file, "README.txt")


# The schema


SCHEMA = json.loads((ROOT / "docs" / "issue.schema.json").read_text())


def schema_type(kind: object) -> dict:
    """What the schema has to say of a field of that type."""
    origin, given = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return {"type": "array", "items": schema_type(given[0])}
    if origin in (typing.Union, types.UnionType):
        (kind,) = (each for each in given if each is not type(None))
        told = schema_type(kind)
        return {**told, "type": [told["type"], "null"]}
    if dataclasses.is_dataclass(kind):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if kind is date:
        return {"type": "string", "format": "date"}
    return {"type": {str: "string", int: "integer", bool: "boolean"}[kind]}


def shapes(shape: type, found: dict | None = None) -> dict[str, type]:
    """The shape and all that it is made of, by name."""
    found = {} if found is None else found
    found[shape.__name__] = shape
    for kind in typing.get_type_hints(shape).values():
        for part in (kind, *typing.get_args(kind)):
            if dataclasses.is_dataclass(part) and part.__name__ not in found:
                shapes(part, found)
    return found


def test_the_schema_names_each_field_of_the_book_and_no_other():
    defined = {"Book": SCHEMA, **SCHEMA["$defs"]}
    assert set(defined) == set(shapes(Book))
    for name, shape in shapes(Book).items():
        told = defined[name]
        hints = typing.get_type_hints(shape)
        format_ = {"format": {}} if shape is Book else {}
        assert set(told["properties"]) == {*hints, *format_}, name
        needed = {f.name for f in dataclasses.fields(shape) if f.default is dataclasses.MISSING}
        assert set(told["required"]) == {*needed, *format_}, name
        assert told["additionalProperties"] is False
        for field, kind in hints.items():
            said = told["properties"][field]
            expected = schema_type(kind)
            assert {key: said[key] for key in expected if key != "items"} == {
                key: value for key, value in expected.items() if key != "items"
            }, (name, field)
            assert all(
                said["items"].get(key) == value for key, value in expected.get("items", {}).items()
            )


def test_what_was_signed_off_before_keeps_its_digest():
    """A field that is added to a shape has a default, and says nothing where it holds that."""
    author = BookAuthor("高志远", "东岭支行")
    article = BookArticle("a", "", "伞", "", (author,), "<p>一把。</p>", (samples.a_picture(1),))
    section = BookSection("a", "服务管理", "", False)
    facts = (2026, 4, 64, date(2026, 8, 21), "伞", "", ("伞",), "", "", "", "", "")
    digest = "1b03f298a4101e766398e84952f550fad495e2ddf1a3115418cdfd49f2812b21"
    assert archive.digest(Book(*facts, (section,), (article,))) == digest


@pytest.mark.parametrize(
    ("facts", "format_"),
    [({}, 1), ({"last_number": 5}, 2), ({"kind": "supplement", "after": 4}, 2)],
)
def test_a_program_that_knows_plain_numbers_alone_refuses_the_others(facts, format_):
    """It would take 增刊1 for 第1期."""
    book = dataclasses.replace(samples.a_book(), **facts)
    whole = json.loads(archive.to_json(book))
    assert whole["format"] == format_
    assert {name: whole[name] for name in facts} == facts


def test_an_exported_issue_is_what_the_schema_says(file):
    whole = json.loads(file.read("issue.json"))
    assert whole["format"] in SCHEMA["properties"]["format"]["enum"]
    assert set(whole) == set(SCHEMA["required"])
    (article, *_) = whole["articles"]
    assert set(article) == set(SCHEMA["$defs"]["BookArticle"]["required"])
