"""`manage.py export_issue YEAR NUMBER --format … -o PATH`: one issue as a file."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from issues import numbering
from issues.exports import book, outputs, pdf, wechat
from issues.exports.wechat import parcel
from issues.making.printer import orders
from issues.models import Issue
from servicejournal.certain import certain


class Command(BaseCommand):
    help = (
        "把一期做成一个文件，出没出刊都可以：pdf（可以带出血和裁切线，交给印厂）、"
        "epub（电子书）、wechat（公众号：每篇一个网页，图片、封面、标题和摘要在旁边）、"
        "archive（存档，一个 zip：网页、PDF、EPUB、原图和数据，可以再导入）。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="年，如 2026。")
        parser.add_argument("number", help="期号，如 4；合刊 7-8，增刊 s1，号外 x1。")
        parser.add_argument("--format", required=True, choices=list(_MAKERS), help="文件的种类。")
        parser.add_argument("-o", "--output", required=True, type=Path, help="写到哪个文件。")
        parser.add_argument(
            "--paper",
            choices=list(pdf.PAPERS),
            default="a4",
            help="PDF 的开本：a4，large-16k（大16开，210×285 毫米）或 16k（185×260 毫米）。",
        )
        parser.add_argument(
            "--print",
            action="store_true",
            dest="for_printer",
            help="PDF 交给印厂：PDF/X-4，四色，3 毫米出血、裁切线、页数凑成四的倍数。",
        )

        parser.add_argument(
            "--theme", choices=list(wechat.THEMES), default="cinnabar", help="公众号的样式。"
        )

    def handle(self, *args: Any, year: int, number: str, output: Path, **options: Any) -> None:
        issue = _found(year, number)
        try:
            data = _MAKERS[options["format"]](issue, options)
        except outputs.REFUSALS as reason:
            raise CommandError(str(reason)) from reason
        _write(output, data)
        self.stdout.write(f"{issue.full_label} → {output}（{len(data):,} 字节）")


def _found(year: int, number: str) -> Issue:
    try:
        which = numbering.read(number)
    except numbering.NotAnIssue as refusal:
        raise CommandError(str(refusal)) from refusal
    issue = Issue.objects.at(year, which).first()
    if issue is None:
        raise CommandError(f"没有{numbering.label_of(year, which)}。")
    return issue


def _write(output: Path, data: bytes) -> None:
    """Whole or not at all: a broken-off run leaves what was there."""
    beside = output.with_name(f"{output.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(output)
    except OSError as error:
        raise CommandError(f"写不了文件 {output}：{error.strerror}。") from error


def _pdf(issue: Issue, options: dict[str, Any]) -> bytes:
    plates = orders.told(orders.of(issue)).plates
    kind = {"paper": options["paper"], "for_printer": options["for_printer"], "plates": plates}
    return outputs.pdf_of(*book.held(issue), **kind).data


def _epub(issue: Issue, options: dict[str, Any]) -> bytes:
    whole, face = book.held(issue)
    if not whole.articles:
        return outputs.epub_of(whole, face)
    made = _everything(issue, archive_to=BytesIO())
    return certain(made.epub, "an issue with articles has an EPUB")


def _everything(issue: Issue, *, archive_to: BytesIO) -> outputs.Outputs:
    if issue.standing:
        made = book.once_more(issue.standing)
        face, told = book.face_in(issue.standing), issue.standing
    else:
        made, face, told = book.printing_of(issue), book.face_of(issue), None
    edition = book.edition_of(issue, made.rows, told)
    return outputs.of(made.book, face, edition, archive_to=archive_to)


def _archive(issue: Issue, options: dict[str, Any]) -> bytes:
    """Frozen once the issue is out: what is exported twice is the same, byte for byte."""
    edition = issue.standing
    if edition is None:
        _everything(issue, archive_to=(packed := BytesIO()))
        return packed.getvalue()
    try:
        return outputs.read(edition.archive.name)
    except OSError as error:
        raise CommandError(f"{edition}的存档文件读不出来，请从备份里恢复 media 文件夹。") from error


def _wechat(issue: Issue, options: dict[str, Any]) -> bytes:
    theme = options["theme"]
    cover = outputs.cover_of(issue)
    return parcel.whole(*book.held(issue), outputs.read, theme=theme, cover=cover)


_MAKERS = {"pdf": _pdf, "epub": _epub, "wechat": _wechat, "archive": _archive}
