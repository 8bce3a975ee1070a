"""`manage.py doctor`: what is missing before this installation can be trusted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from servicejournal import version
from servicejournal.standing import doctor


class Command(BaseCommand):
    help = "体检：放心用之前还缺什么，一条一句，怎么补也写明。全好时退出码是 0，缺什么是 1。"
    requires_system_checks: list[str] = []  # it looks at them itself, and goes on

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"版本 {version.NUMBER}")
        found = list(doctor.examine())
        for finding in found:
            mark = "✗" if finding.problem else "✓"
            self.stdout.write(f"{mark} {finding.what}　{finding.problem or '正常'}")
        problems = sum(1 for finding in found if finding.problem)
        if problems:
            raise CommandError(f"有 {problems} 处要处理，处理好之前请不要正式使用。")
        self.stdout.write("都好，可以放心使用。")
