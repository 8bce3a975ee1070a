"""Fonts of signs: what is typed as a letter is seen as a sign, and comes as that sign."""

import pytest

from articles.word import WordManuscript, read
from tests.articles.docx import docx, p, r, style, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3


def manuscript(*body: str, **more) -> WordManuscript:
    return read(docx(title("雨天的伞"), p(TEXT), *body, **more))


def shown(*content: str, **more) -> str:
    return manuscript(p(*content), **more).body.removeprefix(f"<p>{TEXT}</p>")


def fonts(ascii_: str, more: str = "") -> str:
    return f'<w:rFonts w:ascii="{ascii_}" w:hAnsi="{ascii_}" {more}/>'


SIGNS = [
    ("Wingdings", "\xfe", "☑"),
    ("Wingdings", "\uf0fe", "☑"),
    ("Wingdings", "\xfd", "☒"),
    ("Wingdings", "x", "☒"),
    ("Wingdings", "\xa8", "□"),
    ("Wingdings", "\xfc", "✓"),
    ("Wingdings", "\xe0", "→"),
    ("wingdings", "J", "☺"),
    ("Wingdings 2", "R", "☑"),
    ("Wingdings 2", "P", "✓"),
    ("Wingdings 3", "f", "←"),
    ("Webdings", "a", "✔"),
    ("Symbol", "a", "α"),
    ("Symbol", "\xb4", "×"),
]


@pytest.mark.parametrize(("font", "letter", "sign"), SIGNS)
def test_letters_of_a_font_of_signs(font, letter, sign):
    assert shown(r(letter, more=fonts(font)), r("已办")) == f"<p>{sign}已办</p>"


@pytest.mark.parametrize(("font", "letter", "sign"), SIGNS)
def test_signs_by_their_number(font, letter, sign):
    code = f"{ord(letter) | 0xF000:04X}"
    run = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert shown(run, r("已办")) == f"<p>{sign}已办</p>"


def test_chinese_characters_have_a_font_of_their_own():
    assert shown(r("已R办", more=fonts("Wingdings 2"))) == "<p>已☑办</p>"


def test_other_letters_may_have_another_font():
    mixed = '<w:rFonts w:ascii="Arial" w:hAnsi="Wingdings"/>'
    assert shown(r("R\xfe", more=mixed)) == "<p>R☑</p>"


def test_the_font_may_be_that_of_a_style_and_be_taken_back():
    styles = style("勾", "勾选", kind="character", more=f"<w:rPr>{fonts('Wingdings 2')}</w:rPr>")
    theme = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
    body = shown(r("R", style="勾"), r("R", style="勾", more=theme), styles=styles)
    assert body == "<p>☑R</p>"


def test_a_text_box_on_a_sign_keeps_its_letters():
    inside = f"<w:txbxContent>{p(r('R'))}</w:txbxContent>"
    box = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    run = f"<w:r><w:rPr>{fonts('Wingdings 2')}</w:rPr><w:t>R</w:t>{box}</w:r>"
    assert shown(run) == "<p>☑</p><p>R</p>"


def test_a_sign_of_another_font_is_the_character():
    assert shown('<w:r><w:sym w:font="宋体" w:char="9F98"/></w:r>') == "<p>龘</p>"


@pytest.mark.parametrize("code", ["F0FF", "zz", "D800", ""])
def test_what_nobody_knows_is_counted(code):
    found = manuscript(p("已办", f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>'))
    assert found.body.endswith("<p>已办</p>")
    assert found.remarks == ("1 个特殊符号认不出来，没有导入。请对照原稿看一遍。（在“已办”附近）",)


def test_letters_that_nobody_knows_are_counted():
    found = manuscript(p("已办", r("\uf0ff\uf0ff", more=fonts("Wingdings"))))
    assert found.remarks == ("2 个特殊符号认不出来，没有导入。请对照原稿看一遍。（在“已办”附近）",)


def test_characters_of_one_computer_stay_and_are_said():
    found = manuscript(p("李\ue000行长"))
    assert found.body.endswith("<p>李\ue000行长</p>")
    assert found.remarks[0].startswith("1 个字是自造字")


def test_a_family_stays_together():
    assert shown("一家👨\u200d👩\u200d👧来了") == "<p>一家👨\u200d👩\u200d👧来了</p>"


def east_asian(font: str) -> str:
    return f'<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="{font}" w:hint="eastAsia"/>'


def test_a_sign_may_have_the_font_of_chinese_characters():
    """As WPS writes it."""
    assert shown(r("\uf0fe已办", more=east_asian("Wingdings"))) == "<p>☑已办</p>"


def test_a_sign_whose_font_is_gone_is_said():
    found = manuscript(p("\uf0fe已办"))
    assert found.body.endswith("<p>已办</p>")
    assert found.remarks[0].startswith("1 个特殊符号认不出来")


@pytest.mark.parametrize("font", ["ZapfDingbats", "Zapf Dingbats", "Monotype Sorts"])
def test_dingbats_of_printers(font):
    assert shown(r("3", more=fonts(font)), r("已办")) == "<p>✓已办</p>"


@pytest.mark.parametrize("font", ["Marlett", "MT Extra", "Bank Icons"])
def test_letters_of_a_font_of_signs_that_nobody_knows_are_said(font):
    table = '<w:font w:name="Bank Icons"><w:charset w:val="02"/></w:font>'
    found = manuscript(p("请", r("Q", more=fonts(font)), "坐"), fonts=table)
    assert found.body.endswith("<p>请Q坐</p>")
    assert found.remarks == (
        f"1 处文字用了符号字体（{font}），认不出是什么符号，先照字母导入。请对照原稿改一遍。"
        "（在“请Q坐”附近）",
    )


def test_a_font_of_letters_is_none_of_signs():
    table = '<w:font w:name="Arial"><w:charset w:val="00"/></w:font>'
    assert manuscript(p(r("Q", more=fonts("Arial"))), fonts=table).remarks == ()
