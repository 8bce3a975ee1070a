"""Papers of the statistics as PDF: charts, the payment sheet, the certificate, the bound volume's
lists. Pure: plain rows in, bytes out; the templates stand beside.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servicejournal.papers import typesetting
from servicejournal.papers.fonts import Faces

from .. import charts as drawn
from ..tables import Table, words

if TYPE_CHECKING:
    from ..gallery import Chart

_HERE = Path(__file__).parent


def charts(period: str, shown: Iterable["Chart"], faces: Faces) -> bytes:
    listed = list(shown)
    files = {f"{at}.svg": drawn.on_paper(each.svg) for at, each in enumerate(listed)}
    told = {
        "period": period,
        "charts": [
            {"title": each.title, "file": f"{at}.svg", "table": as_words(each.table)}
            for at, each in enumerate(listed)
        ],
    }
    return typesetting.pdf(_HERE / "charts.typ", told, faces, name="图表", files=files)


def as_words(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [{"label": each.label, "number": each.is_number} for each in table.columns],
        "rows": [words(table, row.cells) for row in table.rows],
        "total": words(table, table.total) if table.total else [],
        "note": table.note,
    }


@dataclass(frozen=True, slots=True)
class Payment:
    """稿酬发放表. All as words; `groups` are (branch, rows, sums), a row for each person."""

    journal: str
    heading: str
    state: str
    groups: tuple[tuple[str, tuple[tuple[str, ...], ...], tuple[str, ...]], ...]
    total: tuple[str, ...]
    capitals: str
    net_capitals: str
    entries: tuple[tuple[str, ...], ...]
    after: str
    tax: str
    checked: str
    closed: str
    printed_on: str


def payment(sheet: Payment, faces: Faces) -> bytes:
    return typesetting.pdf(_HERE / "payment.typ", asdict(sheet), faces, name="稿酬发放表")


@dataclass(frozen=True, slots=True)
class Certificate:
    """用稿证明."""

    journal: str
    number: str
    names: str
    title: str
    section: str
    issue: str
    day: str
    address: str
    compiled_by: str
    printed_on: str
    grade: str


def certificate(told: Certificate, qr: bytes, faces: Faces) -> bytes:
    return typesetting.pdf(
        _HERE / "certificate.typ", asdict(told), faces, name="用稿证明", files={"qr.svg": qr}
    )


def volume(told: dict[str, Any], faces: Faces) -> bytes:
    """Title page, contents, indexes of a bound volume; `volume.typ` says what is told."""
    return typesetting.pdf(_HERE / "volume.typ", told, faces, name="合订本目录")
