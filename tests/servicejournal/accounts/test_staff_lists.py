"""Lists of staff as Excel files: what people send, and what is sent to do harm."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from servicejournal.accounts import staff_lists
from servicejournal.accounts.staff_lists import Row, Unreadable
from servicejournal.papers import sheets

HEADINGS = ["姓名", "单位", "工号"]
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def an_xlsx(*rows: Iterable[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return bytes_of(book)


def bytes_of(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    """The same file with another part of that name."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def faults_of(*rows: Iterable[Any]) -> list[tuple[int, str]]:
    found = staff_lists.read(an_xlsx(HEADINGS, *rows)).faults
    return [(fault.number, fault.words) for fault in found]


def test_columns_are_found_by_name_in_any_order_below_a_title():
    data = an_xlsx(
        ["东岭片区投稿人名单"],
        [],
        ["序号", "工 号", "姓名：", "所属机构", "手机号码", "电子邮箱"],
        [1, "０００１２", " 龑䶮 ", "东岭支行", "138 0013-8000", "yan@example.com"],
        [],
        [2, "a7", "高 志远", "南湖支行"],
    )
    assert staff_lists.read(data).rows == (
        Row(4, "龑䶮", "东岭支行", "00012", "13800138000", "yan@example.com"),
        Row(6, "高志远", "南湖支行", "a7"),
    )


def test_numbers_are_read_as_they_are_shown():
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(["沈一鸣", "南湖支行", 1234])
    book.active.append(["何静", "南湖支行", 2.0e5])
    book.active["C2"].number_format = "000000"
    assert [row.staff_number for row in staff_lists.read(bytes_of(book)).rows] == [
        "001234",
        "200000",
    ]


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("000000;@", "020417"),
        ("[$-804]000000", "020417"),
        ("[$-804]000000;@", "020417"),
        ("000000_ ;[Red]\\-000000\\ ", "020417"),
        ("000000_);(000000)", "020417"),
        ("[DBNum1]0000000", "0020417"),
        ('"A"000000', "A020417"),
        ("\\A000000", "A020417"),
        ("General", "20417"),
        ("@", "20417"),
        ("#,##0", "20417"),
        ("0", "20417"),
        ("yyyy/m/d", "20417"),
        ("0%", "20417"),
        ("0.00", "20417"),
        ("0E+00", "20417"),
    ],
)
def test_zeros_in_front_are_read_by_whatever_format_shows_them(number_format, shown):
    assert sheets.shown(20417, number_format) == shown


@pytest.mark.parametrize(
    "headings",
    [
        ["姓名（必填）", "部门名称", "工号(8位)"],
        ["*姓名", "所在支行（全称", "员工编号\n（照工牌）"],
        ["（必填）姓名", "单位/部门", "【必填】工号"],
        ["姓名 必填", "所属 网点", "工号：必填"],
    ],
)
def test_headings_are_known_with_what_is_noted_beside_them(headings):
    data = an_xlsx(headings, ["沈一鸣", "南湖支行", "1234"])
    assert staff_lists.read(data).rows == (Row(2, "沈一鸣", "南湖支行", "1234"),)


def test_a_heading_that_only_begins_alike_is_another():
    data = an_xlsx(["姓名", "单位负责人", "单位", "工号"], ["沈一鸣", "方圆", "南湖支行", "1234"])
    assert staff_lists.read(data).rows[0].branch == "南湖支行"


def test_a_branch_that_is_merged_over_several_rows_is_that_of_each():
    book = Workbook()
    for row in (
        ["姓名", "单位", "工号"],
        ["沈一鸣", "南湖支行", "1"],
        ["何静", None, "12"],
        [],
        ["方圆", None, "13"],
        ["卢青", "东岭支行", "14"],
        ["高志远", None, "15"],
    ):
        book.active.append(row)
    book.active["C2"] = "11"
    book.active.merge_cells("B2:B5")
    found = staff_lists.read(bytes_of(book))
    assert [(row.number, row.branch) for row in found.rows] == [
        (2, "南湖支行"),
        (3, "南湖支行"),
        (5, "南湖支行"),
        (6, "东岭支行"),
    ]
    assert [(fault.number, fault.words) for fault in found.faults] == [(7, "没有写单位。")]


def test_a_formula_without_a_result_and_an_error_are_told_from_an_empty_cell():
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(["沈一鸣", "=A1", "11"])
    book.active.append(["何静", "#N/A", "12"])
    book.active.append(["方圆", None, "13"])
    words = [fault.words for fault in staff_lists.read(bytes_of(book)).faults]
    assert [("公式" in each) for each in words] == [True, True, False]


@pytest.mark.parametrize("number", [123456789012345678, 1.23456789012345e17, "1.23457E+17"])
def test_a_number_that_excel_has_cut_is_refused_with_the_reason(number):
    ((row, words),) = faults_of(["沈一鸣", "南湖支行", number])
    assert row == 2
    assert words.startswith("工号超过 15 位，Excel 已经把后面的数字变成了 0")
    assert faults_of(["沈一鸣", "南湖支行", "123456789012345678"]) == []
    assert faults_of(["沈一鸣", "南湖支行", 123456789012345]) == []


def test_nothing_of_a_name_is_dropped_from_a_list():
    data = an_xlsx(HEADINGS, ["李𱖎", "南湖支行", "11"], ["张　三", "南湖支行", "12"])
    assert [row.name for row in staff_lists.read(data).rows] == ["李𱖎", "张三"]
    ((number, words),) = faults_of(["刘\ue123明", "南湖支行", "13"])
    assert number == 2
    assert words.startswith("姓名的第 2 个字（U+E123）")


def test_a_list_on_the_second_sheet_is_found():
    book = Workbook()
    sheet = book.create_sheet("名单")
    sheet.append(HEADINGS)
    sheet.append(["沈一鸣", "南湖支行", "1234"])
    assert len(staff_lists.read(bytes_of(book)).rows) == 1


def test_each_wrong_row_is_named_with_its_number_and_reason():
    assert faults_of(
        ["沈一鸣", "南湖支行", "1234"],
        ["何静", "", ""],
        ["王五", "南湖支行", "无"],
        ["另一个", "南湖支行", "１２３４"],
        ["名" * 41, "南湖支行", "1235"],
        ["罗七", "支" * 41, "1236"],
        ["名" * 40, "支" * 40, "1237"],
    ) == [
        (3, "没有写单位、工号。"),
        (4, "工号由数字和字母组成，至少两位，其中要有数字。请照工牌填写。"),
        (5, "工号 1234 在第 2 行已经有了。"),
        (6, "姓名有 41 个字，最多 40 个字，请检查。"),
        (7, "单位名称有 41 个字，最多 40 个字，请用简称。"),
    ]


def test_a_formula_is_never_run_and_an_error_is_no_name():
    assert faults_of(['=HYPERLINK("http://x.example","甲")', "南湖支行", "1234"])[0][0] == 2


def test_the_empty_list_is_a_list_of_nobody_with_room_for_zeros_in_front():
    data = staff_lists.template()
    assert staff_lists.read(data) == staff_lists.StaffList((), ())
    book = load_workbook(BytesIO(data))
    assert [cell.value for cell in book.active[1]] == ["姓名", "单位", "工号", "手机", "邮箱"]
    assert book.active.column_dimensions["C"].number_format == "@"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "这不是 Excel 的 .xlsx 文件。"),
        ("姓名,单位,工号".encode(), "这不是 Excel 的 .xlsx 文件。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式（.xls）或者加了密码"),
        (b"PK\x03\x04" + bytes(100), "这个文件不完整"),
        (b"x" * (staff_lists.MAX_BYTES + 1), "文件超过 2 MB"),
        (an_xlsx(["名字不对", "单位"]), "没有找到表头。"),
        (an_xlsx(), "没有找到表头。"),
        (an_xlsx(HEADINGS)[:-200], "这个文件不完整"),
        (with_part(an_xlsx(HEADINGS), "xl/media/a.bin", bytes(7_000_000)), "文件里的内容太多"),
        (with_part(an_xlsx(HEADINGS), "xl/sharedStrings.xml", " " * 1_100_000), "文件里的内容太多"),
        (
            with_part(
                an_xlsx(HEADINGS),
                "xl/workbook.xml",
                '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            ),
            "不该有的内容",
        ),
        (with_part(an_xlsx(HEADINGS), "xl/workbook.xml", "<open>"), "这个文件读不出来"),
        (with_part(an_xlsx(HEADINGS), "xl/worksheets/sheet1.xml", "<open>"), "这个文件读不出来"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_in_a_sentence(data, sentence):
    with pytest.raises(Unreadable) as refused:
        staff_lists.read(data)
    assert sentence in str(refused.value)


def test_a_zip_of_another_kind_is_no_excel_file():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(Unreadable, match="不是 Excel"):
        staff_lists.read(out.getvalue())


def test_too_many_people_are_asked_for_in_parts():
    rows = [["员工", "支行", f"n{n}"] for n in range(2001)]
    assert len(staff_lists.read(an_xlsx(HEADINGS, *rows[:-1])).rows) == 2000
    with pytest.raises(Unreadable, match="2000 人"):
        staff_lists.read(an_xlsx(HEADINGS, *rows))


@pytest.mark.parametrize(
    "row",
    ['<row r="99999999999"><c r="A99999999999"/></row>', "<row/>" * 30_000, "<row><c/></row>"],
)
def test_rows_without_end_come_to_an_end(row):
    sheet = f"<worksheet {MAIN}><sheetData>{row}</sheetData></worksheet>"
    with pytest.raises(Unreadable, match="没有找到表头"):
        staff_lists.read(with_part(an_xlsx(HEADINGS), "xl/worksheets/sheet1.xml", sheet))
