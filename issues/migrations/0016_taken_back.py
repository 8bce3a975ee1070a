"""Withdrawals, corrections that wait, corrections of no article; the sums of an edition's files."""

import hashlib
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import migrations, models


def count(apps: Any, schema_editor: Any) -> None:
    """The sums of files that are there; one that cannot be read has none."""
    for edition in apps.get_model("issues", "Edition").objects.all():
        edition.pdf_sha256 = _sum(edition.pdf.name)
        edition.epub_sha256 = _sum(edition.epub.name)
        edition.save(update_fields=["pdf_sha256", "epub_sha256"])


def _sum(name: str) -> str:
    try:
        with default_storage.open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_notices_after_publication"),
        ("issues", "0015_signed_is_printed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="epub_sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="EPUB 校验值"),
        ),
        migrations.AddField(
            model_name="edition",
            name="pdf_sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="PDF 校验值"),
        ),
        migrations.AlterField(
            model_name="correction",
            name="article",
            field=models.ForeignKey(
                blank=True,
                help_text="空的，就是封面或版权页的更正。",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="articles.article",
                verbose_name="文章",
            ),
        ),
        migrations.CreateModel(
            name="ProposedCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("base", models.CharField(max_length=100, verbose_name="打开时的样子")),
                ("changes", models.JSONField(default=dict, verbose_name="改动")),
                ("reason", models.CharField(max_length=300, verbose_name="更正说明")),
                (
                    "proposed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="提出时间"
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="决定时间"),
                ),
                (
                    "why_not",
                    models.CharField(blank=True, max_length=300, verbose_name="不同意的理由"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed_corrections",
                        to="articles.article",
                        verbose_name="文章",
                    ),
                ),
                (
                    "correction",
                    models.OneToOneField(
                        blank=True,
                        help_text="空的，就是没有同意。",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="issues.correction",
                        verbose_name="更正",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "待确认的更正",
                "verbose_name_plural": "待确认的更正",
                "ordering": ["proposed_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="proposal_gives_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("correction__isnull", True),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("why_not", ""),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(
                                    models.Q(("correction__isnull", False), ("why_not", "")),
                                    models.Q(
                                        ("correction__isnull", True),
                                        models.Q(("why_not", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_decision_is_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("article",),
                        name="proposal_one_waits_for_an_article",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="原题")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间"),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("is_told", models.BooleanField(default=False, verbose_name="理由给读者看")),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        help_text="空的，就是撤下整期。",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="articles.article",
                        verbose_name="文章",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经手人",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="issues.edition",
                        verbose_name="版次",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="issues.issue",
                        verbose_name="期",
                    ),
                ),
            ],
            options={
                "verbose_name": "撤稿与撤刊",
                "verbose_name_plural": "撤稿与撤刊",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="withdrawal_gives_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("article__isnull", True), ("edition__isnull", True)),
                            models.Q(("article__isnull", False), ("edition__isnull", False)),
                            _connector="OR",
                        ),
                        name="withdrawal_of_an_article_is_an_edition",
                    ),
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
