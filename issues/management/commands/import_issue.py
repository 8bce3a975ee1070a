"""`manage.py import_issue FILE [--publish]`: a back issue, from a flipbook host's text, a
PDF, or an archive that `export_issue` made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, cast

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.functional import SimpleLazyObject

from issues import numbering
from issues.backissues import arrival, load, scanned
from issues.exports.pages import NotReadable
from issues.making import publication
from issues.models import BackIssueImport, Edition, Issue
from servicejournal.models import User

REFUSALS = (
    *arrival.REFUSALS,
    NotReadable,
    scanned.NotAdmitted,
    publication.NotAllowed,
    numbering.NotAnIssue,
)
AGAIN = "处理好以后请再运行一次，已经导入的不会重复。"


class Command(BaseCommand):
    help = (
        "导入一期过刊（翻页网站的文字 .txt、整期的 .pdf，或本系统的存档 .zip），"
        "说出读懂了什么、拿不准什么。"
        "同一个文件再导入一次什么也不改。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="文字（UTF-8、UTF-16 或 GBK 编码）、PDF 或存档。"
        )
        parser.add_argument(
            "--publish", action="store_true", help="导入后直接发布，存疑之处留在后台备查。"
        )
        asked = parser.add_argument_group("PDF 是哪一期", "不写就从文件名和第一页上看。")
        asked.add_argument("--year", type=int, help="年份，如 2019。")
        asked.add_argument("--number", help="期号，如 3；合刊 7-8，增刊 s1，号外 x1。")
        asked.add_argument("--running-number", type=int, help="总期号。")
        asked.add_argument("--date", type=date.fromisoformat, help="出刊日期，如 2019-09-20。")

    def handle(self, *args: Any, file: Path, publish: bool, **options: Any) -> None:
        try:
            opened = file.open("rb")
        except OSError as error:
            raise CommandError(f"读不了文件 {file}：{error.strerror}。") from error
        with opened, _said():
            issue, edition = self._import(File(opened), file.name, options, _check(publish))
            if publish and not issue.published_at:
                if intake := getattr(issue, "intake", None):
                    self._refuse_what_is_lost(intake)
                self._publish(issue, edition)

    def _refuse_what_is_lost(self, intake: BackIssueImport) -> None:
        try:
            load.refuse_what_is_lost(intake)
        except load.Lost as lost:
            refused = f"{intake.issue.full_label}已导入，没有发布：{lost}"
            raise CommandError(refused) from lost

    def _import(
        self,
        file: "File[bytes]",
        file_name: str,
        options: dict[str, Any],
        check: load.Check | None,
    ) -> tuple[Issue, Edition | None]:
        """The issue, and the edition that came with it and still says what stands."""
        by, edition = _system(), None
        if arrival.is_pdf(file):
            issue, is_new = self._scanned(file.read(), file_name, options, check)
        else:
            arrived = arrival.take_in(file, file_name=file_name, by=by, check=check)
            issue, is_new, edition = arrived.intake.issue, arrived.is_new, arrived.edition
            self.stdout.write("\n".join(load.summary(arrived.intake)))
        if not is_new:
            if check and not issue.published_at:
                check(issue)
            self.stdout.write("这个文件已经导入过，什么也没有改。")
        return issue, edition

    def _publish(self, issue: Issue, edition: Edition | None) -> None:
        """After the import, which stands whatever comes of it: making files takes some seconds."""
        by = User.objects.system()
        try:
            edition = publication.publish_back_issue(issue, by=by, edition=edition)
        except publication.NotAllowed as refusal:
            raise CommandError(f"{issue.full_label}已导入，没有发布：{refusal}") from refusal
        self.stdout.write(f"已发布：{issue.get_absolute_url()}（第{edition.number}版）")

    def _scanned(
        self, data: bytes, file_name: str, options: dict[str, Any], check: load.Check | None
    ) -> tuple[Issue, bool]:
        if issue := scanned.known(data):
            return issue, False
        kept = scanned.keep(data, file_name=file_name)
        issue, is_new = scanned.admit(
            kept, _facts(kept, options), by=User.objects.system(), check=check
        )
        self.stdout.write(
            f"{issue.full_label}，PDF {kept.pages} 页，书签 {len(kept.titles)} 条"
            f"{'' if kept.has_words else '，没有文字'}"
        )
        return issue, is_new


@contextmanager
def _said() -> Iterator[None]:
    """In a sentence, what keeps an issue from being taken in or from coming out."""
    try:
        yield
    except REFUSALS as refusal:
        raise CommandError(str(refusal)) from refusal
    except OSError as error:
        raise CommandError(f"没有做完，文件：{error.strerror or error}。{AGAIN}") from error
    except DatabaseError as error:
        raise CommandError(f"没有做完，数据库答：{error}。{AGAIN}") from error


def _check(publish: bool) -> load.Check | None:
    """What cannot come out is not taken in either, where it was to come out at once."""
    return partial(publication.check_back_issue, by=_system()) if publish else None


def _system() -> User:
    """Made when something is stored in its name: a file that is refused leaves no account."""
    return cast(User, SimpleLazyObject(User.objects.system))


def _facts(kept: scanned.Kept, options: dict[str, Any]) -> scanned.Facts:
    """What was said; a guess where nothing was."""
    names = ("year", "running_number", "date")
    guess, said = scanned.guess(kept), {name: options[name] for name in names}
    said["which"] = numbering.read(options["number"]) if options["number"] else None
    if said["year"] and said["which"]:  # the guess may be of another issue
        return scanned.Facts(**said)
    return scanned.Facts(**{name: said[name] or getattr(guess, name) for name in said})
