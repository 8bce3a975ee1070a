"""The file that a manuscript came in."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.models.attachment


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_article_call"),
        ("servicejournal", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=150, verbose_name="文件名")),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        upload_to=articles.models.attachment.attachment_path,
                        verbose_name="文件",
                    ),
                ),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="字节")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="校验值")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="上传时间")),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="articles.article",
                        verbose_name="稿件",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "原稿文件",
                "verbose_name_plural": "原稿文件",
                "ordering": ["uploaded_at", "pk"],
            },
        ),
    ]
