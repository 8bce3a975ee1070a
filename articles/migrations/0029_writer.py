"""Which accounts ever wrote a manuscript is remembered with it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import servicejournal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0028_deputy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Writer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "noted_at",
                    models.DateTimeField(
                        default=servicejournal.clock.now, verbose_name="记下的时间"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="writers",
                        to="articles.article",
                        verbose_name="稿件",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "写稿的账号",
                "verbose_name_plural": "写稿的账号",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="writer",
            constraint=models.UniqueConstraint(
                fields=("article", "user"), name="writer_once_of_an_article"
            ),
        ),
    ]
