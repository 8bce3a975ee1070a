"""Where a branch went when it closed, and what branches and authors were before."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

SLUG: Any = models.SlugField(blank=True, max_length=60, verbose_name="从前的网址名")
KINDS: tuple[tuple[str, str, list[Any]], ...] = (
    ("author", "作者", []),
    ("branch", "单位", [("slug", SLUG)]),
)


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_printed_names_are_whole")]

    operations = [
        migrations.AddField(
            model_name="branch",
            name="moved_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved_in",
                to="articles.branch",
                verbose_name="并入",
            ),
        ),
        migrations.AddConstraint(
            model_name="branch",
            constraint=models.CheckConstraint(
                condition=models.Q(moved_into__isnull=True)
                | (models.Q(retired=True) & ~models.Q(moved_into=models.F("pk"))),
                name="branch_that_moved_is_retired",
            ),
        ),
        *(
            migrations.CreateModel(
                name=f"Former{kind.title()}",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True,
                            primary_key=True,
                            serialize=False,
                            verbose_name="ID",
                        ),
                    ),
                    ("name", models.CharField(max_length=40, verbose_name="从前的名称")),
                    (
                        "number",
                        models.BigIntegerField(null=True, unique=True, verbose_name="从前的编号"),
                    ),
                    *own,
                    (
                        kind,
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="former",
                            to=f"articles.{kind}",
                            verbose_name=word,
                        ),
                    ),
                ],
                options={
                    "verbose_name": f"{word}曾用名",
                    "verbose_name_plural": f"{word}曾用名",
                    "ordering": ["pk"],
                    "abstract": False,
                },
            )
            for kind, word, own in KINDS
        ),
    ]
