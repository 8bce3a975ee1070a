"""`manage.py import_issue FILE [--publish]`: a back issue, from a flipbook host's text dump, or an
archive that `export_issue` made.
"""

from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from issues import publication
from issues.backissues import arrival, load
from servicejournal.models import User


class Command(BaseCommand):
    help = (
        "导入一期过刊（翻页网站的文字 .txt，或本系统的存档 .zip），说出读懂了什么、拿不准什么。"
        "同一个文件再导入一次什么也不改。"
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="文字（UTF-8、UTF-16 或 GBK 编码）或存档。")
        parser.add_argument(
            "--publish", action="store_true", help="导入后直接发布，存疑之处留在后台备查。"
        )

    def handle(self, *args, file: Path, publish: bool, **options) -> None:
        try:
            with file.open("rb") as opened, transaction.atomic():
                self._import(File(opened), file.name, publish)
        except OSError as error:
            raise CommandError(f"读不了文件 {file}：{error.strerror}。") from error
        except (*arrival.REFUSALS, publication.NotAllowed) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, file: File, file_name: str, publish: bool) -> None:
        by = User.objects.system()
        arrived = arrival.take_in(file, file_name=file_name, by=by)
        intake = arrived.intake
        self.stdout.write("\n".join(load.summary(intake)))
        if not arrived.is_new:
            self.stdout.write("这个文件已经导入过，什么也没有改。")
        if publish and not intake.issue.published_at:
            edition = arrival.publish(arrived, by=by)
            self.stdout.write(f"已发布：{intake.issue.get_absolute_url()}（第{edition.number}版）")
