"""`manage.py proofread FILE|ARTICLE_ID [--format text|json]`: what the proofreading aid finds."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Article
from articles.proofreading import Finding, proofread, report
from articles.proofreading.files import NotReadable, read
from articles.proofreading.texts import Text, of_manuscript
from articles.reviewing import checking, likeness


class Command(BaseCommand):
    help = (
        "校对一个文件（.txt、.html）或一篇稿件（稿件编号），列出标点、数字、结构、用词的问题，"
        "不得刊出的内容，以及和其他稿件相同的段落。什么也不改。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", metavar="FILE|ARTICLE_ID", help="文件，或者稿件的编号。")
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="给人看，或者给程序读。"
        )
        parser.add_argument("--all", action="store_true", help="同类的问题全部列出。")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what.isdecimal() and not Path(what).exists():
            name, findings = _of_article(what)
        else:
            name, findings = Path(what).name, proofread(_of_file(Path(what)))
        if options["format"] == "json":
            self.stdout.write(report.as_json(findings, name=name))
        else:
            self.stdout.write(report.as_text(findings, name=name, show_all=options["all"]))


def _of_file(path: Path) -> Text:
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "文件名不对"
        raise CommandError(f"读不了文件 {path}：{reason}。") from error
    try:
        return read(data, is_html=path.suffix.lower() in (".html", ".htm"))
    except NotReadable as reason:
        raise CommandError(str(reason)) from reason


def _of_article(number: str) -> tuple[str, list[Finding]]:
    # Longer numbers are no key that a database could hold.
    articles = Article.objects.with_bylines().filter(pk=int(number)) if len(number) < 18 else ()
    article = next(iter(articles), None)
    if article is None:
        raise CommandError(f"没有编号为 {number} 的稿件，也没有这个名字的文件。")
    text = of_manuscript(checking.manuscript_of(article))
    found = proofread(text, checking.house_terms())
    return f"《{article.title}》", [*found, *likeness.shared_with_others(article, text)]
