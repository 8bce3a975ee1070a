"""Lists of staff as Excel files: read, and an empty one to fill in. Bytes in, rows out; it looks at
no database. Files are hostile until looked at, before the parser sees them.
"""

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from .. import spelling
from ..certain import certain

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
    "name": ("姓名", "名字", "员工姓名"),
    "branch": ("单位", "支行", "部门", "机构", "所在单位", "所属机构", "单位名称", "机构名称"),
    "staff_number": ("工号", "员工号", "员工编号", "员工工号", "柜员号"),
    "mobile": ("手机", "手机号", "手机号码", "电话", "联系电话"),
    "email": ("邮箱", "电子邮箱", "邮件", "电子邮件", "email", "e-mail"),
}
_FIELD_OF = {heading: field for field, names in _HEADINGS.items() for heading in names}
_MUST = {"name": "姓名", "branch": "单位", "staff_number": "工号"}
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


def _people(book: Workbook) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number, what stands in the columns we know) for each row with something in it."""
    for sheet in book.worksheets:
        rows = enumerate(sheet.iter_rows(max_col=_COLUMNS), start=1)
        columns = _columns(rows)
        if columns:
            return _filled(rows, columns)
    raise Unreadable(
        "没有找到表头。名单要有“姓名”“单位”“工号”三列，表头写在同一行；可以先下载空白名单，照着填。"
    )


def _columns(rows: Iterator[Cells]) -> dict[str, int]:
    """Field → column, from the row that names all that must be there; {} where none does."""
    for number, cells in rows:
        words = [re.sub(r"[\s*＊:：]", "", _text(cell)).lower() for cell in cells]
        found = {
            _FIELD_OF[word]: at for at, word in reversed([*enumerate(words)]) if word in _FIELD_OF
        }
        if found.keys() >= _MUST.keys():
            return found
        if number >= _ROWS_ABOVE:
            break
    return {}


def _filled(rows: Iterator[Cells], columns: dict[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    empty = people = 0
    for number, cells in rows:
        texts = {
            field: _text(cells[at]) if at < len(cells) else "" for field, at in columns.items()
        }
        if any(texts.values()):
            empty, people = 0, people + 1
            yield number, texts
        else:
            empty += 1
        if people > MAX_PEOPLE:
            raise Unreadable(f"名单超过 {MAX_PEOPLE} 人，请分成几份再传。")
        if empty > _EMPTY_ROWS:
            return


def _text(cell: Any) -> str:
    """What a person sees in the cell. Numbers without a point; zeros in front where shown."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = spelling.line(str(value))
    shown = str(cell.number_format or "") if isinstance(value, int) else ""
    return text.zfill(len(shown)) if re.fullmatch("0{2,30}", shown) else text


def _checked(people: Iterator[tuple[int, dict[str, str]]]) -> StaffList:
    rows: dict[str, Row] = {}
    faults = []
    for number, texts in people:
        try:
            row = _row(number, texts)
        except ValidationError as error:
            faults.append(Fault(number, texts["name"][:20], "".join(error.messages)))
            continue
        first = rows.setdefault(row.staff_number, row)
        if first is not row:
            words = f"工号 {row.staff_number} 在第 {first.number} 行已经有了。"
            faults.append(Fault(number, row.name, words))
    return StaffList(tuple(rows.values()), tuple(faults))


def _row(number: int, texts: dict[str, str]) -> Row:
    lacking = [word for field, word in _MUST.items() if not texts[field]]
    if lacking:
        raise ValidationError(f"没有写{'、'.join(lacking)}；如果这一格是公式，请改成文字。")
    return Row(number, **{field: _CHECKS[field](text) for field, text in texts.items() if text})


def template() -> bytes:
    """An empty list to fill in; staff numbers are text, so that zeros in front stay."""
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
