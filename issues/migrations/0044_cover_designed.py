"""An editor designs the cover; whatever is not chosen, is its turn as before."""

from django.db import migrations, models

import issues.models.stated


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0043_colophon_whole"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalissue",
            name="cover_colours",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=20, verbose_name="封面配色"
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="cover_crop",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="左 上 宽 高，图的百分之几；空的，就是整张。",
                max_length=40,
                verbose_name="取图的哪一块",
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="cover_layout",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=20, verbose_name="封面版式"
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="cover_motif",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=20, verbose_name="封面图案"
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="cover_picture",
            field=models.TextField(
                blank=True, default="", db_default="", max_length=200, verbose_name="封面上的图"
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="followed_titles",
            field=models.JSONField(
                blank=True,
                db_default={},
                default=dict,
                editable=False,
                help_text="要目 → 文章编号：文章改了标题，封面上的也跟着改。",
                verbose_name="跟着标题走的要目",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="cover_colours",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=20, verbose_name="封面配色"
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="cover_crop",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="左 上 宽 高，图的百分之几；空的，就是整张。",
                max_length=40,
                verbose_name="取图的哪一块",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="cover_layout",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=20, verbose_name="封面版式"
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="cover_motif",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=20, verbose_name="封面图案"
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="cover_picture",
            field=models.ImageField(
                blank=True,
                default="",
                db_default="",
                max_length=200,
                upload_to=issues.models.stated.cover_path,
                verbose_name="封面上的图",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="followed_titles",
            field=models.JSONField(
                blank=True,
                db_default={},
                default=dict,
                editable=False,
                help_text="要目 → 文章编号：文章改了标题，封面上的也跟着改。",
                verbose_name="跟着标题走的要目",
            ),
        ),
    ]
