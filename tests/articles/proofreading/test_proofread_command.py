"""`manage.py proofread`: a file or a manuscript, for a person or a program."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import an_article

SENTENCE = "下雨那天，门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们，谁也没有先开口说话。"


def run(*args) -> str:
    out = StringIO()
    call_command("proofread", *map(str, args), stdout=out)
    return out.getvalue()


def test_a_file_is_told_in_groups_with_places(tmp_path):
    file = tmp_path / "稿件.txt"
    file.write_text("电话13912345678。\n先看,再问。\n", encoding="utf-8")
    assert run(file).splitlines() == [
        "稿件.txt：2 处（不得刊出 1，可一键订正 1）",
        "",
        "[不得刊出] I02 手机号码 · 1 处",
        "  出现了手机号码，请删去或隐去中间四位。"
        "（《个人信息保护法》第二十八条（敏感个人信息）、第二十五条（不得公开））",
        "  1:3         电话【13912345678】。",
        "",
        "[可一键订正] P01 半角逗号 · 1 处",
        "  中文里的逗号用全角的“，”。（GB/T 15834—2011《标点符号用法》 4.4）",
        "  2:3         先看【,】再问。  → ，",
    ]


def test_a_file_without_a_fault_says_so(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("先看，再问。", encoding="utf-8")
    assert run(file) == "a.txt：没有发现问题。\n"


def test_many_of_one_kind_are_counted_unless_all_are_wanted(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("先看,再问。\n" * 9, encoding="utf-8")
    assert "……还有 4 处" in run(file)
    assert "……还有" not in run(file, "--all")


def test_json_says_the_same_to_a_program(tmp_path):
    file = tmp_path / "a.html"
    file.write_text("<h2>看见</h2><p>先看<b>客户,</b>再问。</p>", encoding="utf-8")
    answer = json.loads(run(file, "--format", "json"))
    assert (answer["version"], answer["text"]) == (1, "a.html")
    (finding,) = answer["findings"]
    assert finding.pop("anchor")
    assert finding == {
        "rule": "P01",
        "name": "半角逗号",
        "level": "fix",
        "place": {"part": "body", "line": 2, "column": 5, "offset": 4, "length": 1},
        "quote": ",",
        "before": "先看客户",
        "after": "再问。",
        "why": "中文里的逗号用全角的“，”。",
        "source": "GB/T 15834—2011《标点符号用法》 4.4",
        "suggestion": "，",
        "others": [],
    }


def test_nothing_that_a_terminal_obeys_is_printed(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("\x1b[31m先看,\u202e再问。", encoding="utf-8")
    assert not set(run(file)) & {"\x1b", "\u202e"}


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.docx", b"PK\x03\x04", "Word 文档"),
        ("a.txt", b"\x81", "文字编码"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_one_line(tmp_path, name, data, says):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(CommandError, match=says) as refusal:
        run(file)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("what", ["nowhere.txt", "a\0b", "."])
def test_what_cannot_be_opened_is_refused(what):
    with pytest.raises(CommandError, match="读不了文件"):
        run(what)


@pytest.mark.django_db
def test_a_manuscript_is_read_by_its_number_and_stays_as_it_is():
    article = an_article(title="先看,再问", body="<p>查帐户。</p>")
    answer = json.loads(run(article.pk, "--format", "json"))
    assert answer["text"] == "《先看,再问》"
    assert [(each["place"]["part"], each["quote"]) for each in answer["findings"]] == [
        ("title", ","),
        ("body", "查帐"),
    ]
    article.refresh_from_db()
    assert article.body == "<p>查帐户。</p>"


@pytest.mark.django_db
def test_a_passage_that_stands_in_another_manuscript_is_named():
    an_article(title="雨天的门垫", body=f"<p>{SENTENCE}</p>", status="submitted")
    copied = an_article(title="晴天", body=f"<p>天晴了。</p><p>{SENTENCE}</p>")
    told = run(copied.pk)
    assert "R01 文字重复 · 1 处" in told
    assert "《雨天的门垫》" in told


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "123456", "99999999999999999999", "٣"])
def test_a_manuscript_that_is_not_there_is_said(number):
    with pytest.raises(CommandError, match="没有编号为"):
        run(number)
