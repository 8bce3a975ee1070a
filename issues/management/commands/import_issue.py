"""`manage.py import_issue FILE [--publish]`: a back issue, from a flipbook host's text dump."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from issues import publication
from issues.backissues import load
from issues.backissues.dump import NotADump
from servicejournal.models import User


class Command(BaseCommand):
    help = (
        "导入一期过刊（翻页网站的文字 .txt），说出读懂了什么、拿不准什么。"
        "同一个文件再导入一次什么也不改。"
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="文字文件；UTF-8、UTF-16 或 GBK 编码。")
        parser.add_argument(
            "--publish", action="store_true", help="导入后直接发布，存疑之处留在后台备查。"
        )

    def handle(self, *args, file: Path, publish: bool, **options) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"读不了文件 {file}：{error.strerror}。") from error
        try:
            with transaction.atomic():
                self._import(data, file.name, publish)
        except (NotADump, load.AlreadyThere, publication.NotAllowed) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, data: bytes, file_name: str, publish: bool) -> None:
        by = User.objects.system()
        intake, is_new = load.load(data, file_name=file_name, by=by)
        self.stdout.write("\n".join(load.summary(intake)))
        if not is_new:
            self.stdout.write("这个文件已经导入过，什么也没有改。")
        if publish and not intake.issue.published_at:
            publication.publish_back_issue(intake.issue, by=by)
            self.stdout.write(f"已发布：{intake.issue.get_absolute_url()}")
