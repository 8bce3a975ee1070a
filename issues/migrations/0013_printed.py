"""What editions print, row by row; which edition stands for an issue."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_section_and_call"),
        ("issues", "0012_tasks_under_their_new_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintedArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        help_text="全刊从 1 数起。", verbose_name="次序"
                    ),
                ),
                ("section_slug", models.CharField(max_length=60, verbose_name="栏目网址名")),
                ("section_name", models.CharField(max_length=20, verbose_name="栏目名")),
                (
                    "section_name_en",
                    models.CharField(blank=True, max_length=60, verbose_name="栏目英文名"),
                ),
                ("is_preamble", models.BooleanField(default=False, verbose_name="卷首")),
                ("kicker", models.CharField(blank=True, max_length=60, verbose_name="肩题")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("standfirst", models.TextField(blank=True, verbose_name="导语")),
                ("body", models.TextField(blank=True, verbose_name="正文")),
                ("length", models.PositiveIntegerField(default=0, verbose_name="字数")),
                ("summary", models.CharField(blank=True, max_length=200, verbose_name="提要")),
                ("byline", models.TextField(blank=True, verbose_name="署名")),
                (
                    "authors",
                    models.JSONField(
                        default=list,
                        help_text="[{name, branch, author, branch_slug}]，按署名次序。",
                        verbose_name="作者",
                    ),
                ),
                (
                    "pictures",
                    models.JSONField(
                        default=list,
                        help_text="[{token, file, sha256, width, height}]，按正文次序。",
                        verbose_name="图片",
                    ),
                ),
            ],
            options={
                "verbose_name": "刊出的文章",
                "verbose_name_plural": "刊出的文章",
                "ordering": ["edition", "place"],
            },
        ),
        migrations.CreateModel(
            name="PrintedAuthor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "刊出的署名",
                "verbose_name_plural": "刊出的署名",
            },
        ),
        migrations.CreateModel(
            name="PrintedPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "刊出的图片",
                "verbose_name_plural": "刊出的图片",
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="cover_svg",
            field=models.TextField(blank=True, verbose_name="画出的封面"),
        ),
        migrations.AddField(
            model_name="edition",
            name="face",
            field=models.JSONField(
                default=dict, help_text="与存档里的 face.json 一样。", verbose_name="刊头与封面"
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="contents",
            field=models.JSONField(
                default=list,
                help_text="[{section, count, article, title}]：每个栏目几篇、头一篇是哪篇，按印刷次序。",
                verbose_name="目录",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="out_since",
            field=models.DateTimeField(
                blank=True,
                help_text="签发后又撤回的版次，读者没有看到过。",
                null=True,
                verbose_name="读者看到的时间",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="facts",
            field=models.JSONField(
                default=dict,
                help_text="封面和版权页上的事实，与存档里 issue.json 的同名项一样。",
                verbose_name="本期信息",
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="standing",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="issues.edition",
                verbose_name="签发的版次",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="standing",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="standing_for",
                to="issues.edition",
                verbose_name="签发的版次",
            ),
        ),
        migrations.AddField(
            model_name="printedarticle",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="printings",
                to="articles.article",
                verbose_name="文章",
            ),
        ),
        migrations.AddField(
            model_name="printedarticle",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="printed",
                to="issues.edition",
                verbose_name="版次",
            ),
        ),
        migrations.AddField(
            model_name="printedarticle",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.section",
                verbose_name="栏目",
            ),
        ),
        migrations.AddField(
            model_name="printedauthor",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="printings",
                to="articles.author",
                verbose_name="作者",
            ),
        ),
        migrations.AddField(
            model_name="printedauthor",
            name="branch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="printings",
                to="articles.branch",
                verbose_name="署名单位",
            ),
        ),
        migrations.AddField(
            model_name="printedauthor",
            name="printed",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signed_by",
                to="issues.printedarticle",
                verbose_name="文章",
            ),
        ),
        migrations.AddField(
            model_name="printedpicture",
            name="picture",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="printings",
                to="articles.picture",
                verbose_name="图片",
            ),
        ),
        migrations.AddField(
            model_name="printedpicture",
            name="printed",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="shows",
                to="issues.printedarticle",
                verbose_name="文章",
            ),
        ),
        migrations.AddConstraint(
            model_name="printedarticle",
            constraint=models.UniqueConstraint(
                fields=("edition", "place"), name="printed_one_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="printedarticle",
            constraint=models.UniqueConstraint(
                fields=("edition", "article"), name="printed_once_an_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="printedarticle",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__gte", 1)), name="printed_places_begin_with_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="printedauthor",
            constraint=models.UniqueConstraint(
                fields=("printed", "author"), name="printed_author_once_in_an_article"
            ),
        ),
        migrations.AddConstraint(
            model_name="printedpicture",
            constraint=models.UniqueConstraint(
                fields=("printed", "picture"), name="printed_picture_once_in_an_article"
            ),
        ),
    ]
