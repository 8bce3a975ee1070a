"""What is read, as sums of a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0033_outlined_cover"),
    ]

    operations = [
        migrations.CreateModel(
            name="DailyCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "文章"),
                            ("issue", "期"),
                            ("page", "翻页的一页"),
                            ("helpful", "文章有帮助"),
                            ("echo", "来信有帮助"),
                        ],
                        max_length=10,
                        verbose_name="对象",
                    ),
                ),
                (
                    "key",
                    models.PositiveBigIntegerField(
                        help_text="文章、期或来信的编号。", verbose_name="编号"
                    ),
                ),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="翻页的第几页；别的是 0。", verbose_name="页"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("number", models.PositiveIntegerField(verbose_name="次数")),
            ],
            options={
                "verbose_name": "每日次数",
                "verbose_name_plural": "每日次数",
                "ordering": ["day", "kind", "key", "part"],
            },
        ),
        migrations.CreateModel(
            name="DailySalt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="日期")),
                ("salt", models.CharField(max_length=64, verbose_name="盐")),
            ],
            options={
                "verbose_name": "当天的盐",
                "verbose_name_plural": "当天的盐",
            },
        ),
        migrations.CreateModel(
            name="HelpfulToday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(db_index=True, verbose_name="日期")),
                ("mark", models.CharField(max_length=64, unique=True, verbose_name="散列")),
            ],
            options={
                "verbose_name": "今天说过有帮助",
                "verbose_name_plural": "今天说过有帮助",
            },
        ),
        migrations.CreateModel(
            name="SearchedInVain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("words", models.CharField(max_length=40, verbose_name="查的词")),
                ("number", models.PositiveIntegerField(verbose_name="次数")),
            ],
            options={
                "verbose_name": "没有查到的词",
                "verbose_name_plural": "没有查到的词",
                "ordering": ["-day", "-number", "words"],
            },
        ),
        migrations.AddIndex(
            model_name="dailycount",
            index=models.Index(fields=["kind", "day", "key"], name="count_by_kind_and_day"),
        ),
        migrations.AddConstraint(
            model_name="dailycount",
            constraint=models.UniqueConstraint(
                fields=("kind", "key", "part", "day"), name="count_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="dailycount",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="count_counts_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="dailycount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "page"), ("part__gte", 1)),
                    models.Q(models.Q(("kind", "page"), _negated=True), ("part", 0)),
                    _connector="OR",
                ),
                name="count_part_is_of_a_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="searchedinvain",
            constraint=models.UniqueConstraint(fields=("day", "words"), name="in_vain_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="searchedinvain",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), models.Q(("words", ""), _negated=True)),
                name="in_vain_says_something",
            ),
        ),
    ]
