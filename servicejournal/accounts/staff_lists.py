"""Lists of staff as Excel files: read, and an empty one to fill in. Bytes in, rows out; it looks at
no database. Files are hostile until looked at, before the parser sees them.
"""

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from .. import spelling
from ..certain import certain
from ..papers.sheets import KEPT_DIGITS, Marks, is_cut, shown

if TYPE_CHECKING:
    from openpyxl import Workbook

#: The row's number, and its cells.
Cells = tuple[int, tuple[Any, ...]]

#: Bytes of the file, and of what is in it: a list of 2,000 people has 0.1 MB and 1 MB.
MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 6 * 1024 * 1024
#: Bytes of a part that the parser turns into many small objects: strings, styles.
MAX_PART = 1024 * 1024
MAX_PEOPLE = 2000
#: Rows above the headings, and empty rows after which nothing more is expected.
_ROWS_ABOVE = 20
_EMPTY_ROWS = 500
_COLUMNS = 40

_AGAIN = "请在 Excel 或 WPS 里打开名单，另存为 .xlsx 再传。"
_HEADINGS = {
    "name": ("姓名", "名字", "员工姓名", "职工姓名", "人员姓名", "投稿人", "投稿人姓名"),
    "branch": (
        *("单位", "支行", "部门", "机构", "网点", "分行"),
        *(f"{kind}名称" for kind in ("单位", "支行", "部门", "机构", "网点")),
        *(f"所在{kind}" for kind in ("单位", "支行", "部门", "机构", "网点")),
        *(f"所属{kind}" for kind in ("单位", "支行", "部门", "机构", "网点")),
        "工作单位",
    ),
    "staff_number": (
        *("工号", "员工号", "职工号", "人员编号", "柜员号", "工作证号"),
        *("员工编号", "员工工号", "职工编号", "职工工号"),
    ),
    "mobile": ("手机", "手机号", "手机号码", "电话", "联系电话", "移动电话", "电话号码"),
    "email": ("邮箱", "电子邮箱", "邮件", "电子邮件", "邮箱地址", "email", "e-mail"),
}
_FIELD_OF = {heading: field for field, names in _HEADINGS.items() for heading in names}
#: What stands beside the word in a heading: 姓名（必填）, *工号, 手机【选填】.
_NOTE = re.compile(r"[(（\[【〔《][^)）\]】〕》]*[)）\]】〕》]?|[\s*＊:：]|必填|选填")
#: 单位/部门: one of the two is what we look for.
_EITHER = re.compile("[/／、或]")
_MUST = {"name": "姓名", "branch": "单位", "staff_number": "工号"}
_WORDS = {**_MUST, "mobile": "手机", "email": "邮箱"}
_NO_RESULT = "：这一格是公式，没有算出结果。请复制这一列，再“选择性粘贴”成数值。"
_CUT = (
    f"{{}}超过 {KEPT_DIGITS} 位，Excel 已经把后面的数字变成了 0，这份文件里没有完整的号码。"
    "请把这一列的格式改成“文本”，再把号码重新填一遍。"
)
#: 1.23457E+17, as a long number looks after it was copied as text.
_IN_POWERS = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_CHECKS: dict[str, Callable[[str], str]] = {
    "name": spelling.name,
    "branch": spelling.branch,
    "staff_number": spelling.staff_number,
    "mobile": spelling.mobile,
    "email": spelling.email,
}


class Unreadable(ValueError):
    """The file is no list; the message (Chinese) says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # as Excel shows it
    name: str
    branch: str
    staff_number: str
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    number: int
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class StaffList:
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read(data: bytes) -> StaffList:
    """The people on the first sheet that has the headings. Raises `Unreadable`."""
    from openpyxl import load_workbook  # as in `papers.spreadsheets`

    _guard(data)
    try:
        with warnings.catch_warnings():  # about what it leaves out of decorated files
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(data), read_only=True, data_only=True)
            return _checked(_people(book))
    except Unreadable:
        raise
    except Exception as error:  # a broken file breaks the parser in any way that it likes
        raise Unreadable(f"这个文件读不出来，可能已经损坏。{_AGAIN}") from error


def _guard(data: bytes) -> None:
    """Looks at the file from outside."""
    if len(data) > MAX_BYTES:
        raise Unreadable("文件超过 2 MB，不像一份名单。请只留下姓名、单位、工号几列再传。")
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable(f"这是旧格式（.xls）或者加了密码的文件。{_AGAIN}不要加密码。")
    if data[:2] != b"PK":
        raise Unreadable(f"这不是 Excel 的 .xlsx 文件。{_AGAIN}")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _look_into(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"这个文件不完整，可能没有传完。{_AGAIN}") from error


def _look_into(archive: zipfile.ZipFile) -> None:
    """Sizes first: zipfile never unpacks more than a part says that it has."""
    parts = archive.infolist()
    if "xl/workbook.xml" not in archive.namelist():
        raise Unreadable(f"这不是 Excel 的 .xlsx 文件。{_AGAIN}")
    too_big = sum(part.file_size for part in parts) > MAX_UNPACKED or any(
        part.file_size > MAX_PART for part in parts if not part.filename.startswith(_BULKY)
    )
    if too_big or len(parts) > 500:
        raise Unreadable("文件里的内容太多，不像一份名单。请把几列名单复制到一个新的表格里再传。")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _has_dtd(archive, part):
            raise Unreadable(f"这个文件里有不该有的内容。{_AGAIN}")


def _has_dtd(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    return b"<!doctype" in archive.open(part).read(400).lower()


#: Parts that the parser reads row by row, or not at all.
_BULKY = ("xl/worksheets/", "xl/media/")


@dataclass(frozen=True, slots=True)
class _Person:
    """What stands in the columns we know, and why some of it is not there."""

    number: int
    texts: dict[str, str]
    cut: tuple[str, ...]  # fields of which Excel kept no more than the beginning
    formulas: tuple[str, ...]  # fields that are formulas without a result


def _people(book: "Workbook") -> Iterator[_Person]:
    """Each row with something in it."""
    for sheet in book.worksheets:
        rows = enumerate(sheet.iter_rows(max_col=_COLUMNS), start=1)
        columns = _columns(rows)
        if columns:
            reader: Any = sheet  # of the kind that streams, and says where from
            with reader._get_source() as source:
                marks = Marks.of(source.read(MAX_UNPACKED))
            return _filled(rows, columns, marks)
    raise Unreadable(
        "没有找到表头。名单要有“姓名”“单位”“工号”三列，表头写在同一行；可以先下载空白名单，照着填。"
    )


def _columns(rows: Iterator[Cells]) -> dict[str, int]:
    """Field → column, from the row that names all that must be there; {} where none does."""
    for number, cells in rows:
        named = [(at, _field_of(_text(cell))) for at, cell in enumerate(cells)]
        found = {field: at for at, field in reversed(named) if field}
        if found.keys() >= _MUST.keys():
            return found
        if number >= _ROWS_ABOVE:
            break
    return {}


def _field_of(heading: str) -> str:
    """The field that a heading names; "" where it names none."""
    word = _NOTE.sub("", heading).lower()
    return next((_FIELD_OF[part] for part in _EITHER.split(word) if part in _FIELD_OF), "")


def _filled(rows: Iterator[Cells], columns: dict[str, int], marks: Marks) -> Iterator[_Person]:
    """A branch that is written once, in a cell that goes over several rows, is that of each."""
    empty = people = 0
    merged = marks.column(columns["branch"] + 1)
    written: dict[tuple[int, int], str] = {}
    for number, cells in rows:
        inside = {field: cells[at] for field, at in columns.items() if at < len(cells)}
        texts = dict.fromkeys(columns, "") | {at: _text(cell) for at, cell in inside.items()}
        if place := merged.written_at(number):
            top, left = place
            if number == top:
                written = {place: _text(cells[left - 1]) if left <= len(cells) else ""}
            alone = any(texts[field] for field in columns if field != "branch")
            texts["branch"] = written.get(place, "") if alone else ""
        if any(texts.values()):
            empty, people = 0, people + 1
            cut = tuple(field for field, cell in inside.items() if is_cut(cell.value))
            formulas = tuple(
                field
                for field, cell in inside.items()
                if (number, columns[field] + 1) in marks.formulas or cell.data_type == "e"
            )
            yield _Person(number, texts, cut, formulas)
        else:
            empty += 1
        if people > MAX_PEOPLE:
            raise Unreadable(f"名单超过 {MAX_PEOPLE} 人，请分成几份再传。")
        if empty > _EMPTY_ROWS:
            return


def _text(cell: Any) -> str:
    """What a person sees in the cell. Numbers without a point; zeros in front where shown."""
    value = cell.value
    if value is None or isinstance(value, bool) or cell.data_type == "e":
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return shown(value, str(cell.number_format or ""))
    return spelling.line(str(value))


def _checked(people: Iterator[_Person]) -> StaffList:
    rows: dict[str, Row] = {}
    faults = []
    for person in people:
        try:
            row = _row(person)
        except ValidationError as error:
            who = person.texts["name"][:20]
            faults.append(Fault(person.number, who, "".join(error.messages)))
            continue
        first = rows.setdefault(row.staff_number, row)
        if first is not row:
            words = f"工号 {row.staff_number} 在第 {first.number} 行已经有了。"
            faults.append(Fault(person.number, row.name, words))
    return StaffList(tuple(rows.values()), tuple(faults))


def _row(person: _Person) -> Row:
    texts = person.texts
    for field, text in texts.items():
        if field in person.cut or (field != "name" and _IN_POWERS.fullmatch(text)):
            raise ValidationError(_CUT.format(_WORDS[field]))
    lacking = [field for field in _MUST if not texts[field]]
    if lacking:
        words = "、".join(_MUST[field] for field in lacking)
        is_formula = any(field in person.formulas for field in lacking)
        raise ValidationError(f"没有写{words}{_NO_RESULT if is_formula else '。'}")
    checked = {field: _CHECKS[field](text) for field, text in texts.items() if text}
    return Row(person.number, **checked)


def template() -> bytes:
    """An empty list to fill in; staff numbers are text, so that zeros in front stay."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = certain(book.active, "a new workbook has one sheet")
    sheet.title = "名单"
    sheet.append(["姓名", "单位", "工号", "手机", "邮箱"])
    for column, width in zip("ABCDE", (12, 24, 16, 16, 28), strict=True):
        sheet.column_dimensions[column].width = width
        sheet.column_dimensions[column].number_format = "@"
        sheet[f"{column}1"].font = Font(bold=True)
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
