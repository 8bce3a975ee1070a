"""What an issue says of itself: its cover and its colophon (版权页). `issues.facts` names each."""

import secrets
from pathlib import PurePosixPath

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from .. import facts


def cover_path(issue: models.Model, filename: str) -> str:
    """A name of its own: of two that come in at once neither takes the place of the other."""
    return f"covers/{secrets.token_hex(8)}{PurePosixPath(filename).suffix.lower()}"


class Stated(models.Model):
    theme = models.CharField(
        "本期主题", max_length=40, blank=True, help_text="印在首页的大标题，如：把服务做到家门口"
    )
    standfirst = models.TextField("本期导语", max_length=300, blank=True)
    cover_lines = models.TextField(
        "要目", max_length=600, blank=True, help_text="封面上的题目，一行一个，三行为宜。"
    )
    slogan = models.CharField("口号", max_length=60, blank=True)
    cover = models.ImageField(
        "封面图片",
        upload_to=cover_path,
        blank=True,
        max_length=200,
        help_text="竖版，210×285 毫米的比例。留空就用自动画出的封面。",
    )
    cover_layout = models.CharField(
        "封面版式", max_length=20, blank=True, default="", db_default=""
    )
    cover_motif = models.CharField("封面图案", max_length=20, blank=True, default="", db_default="")
    cover_colours = models.CharField(
        "封面配色", max_length=20, blank=True, default="", db_default=""
    )
    cover_picture = models.ImageField(
        "封面上的图", upload_to=cover_path, blank=True, max_length=200, default="", db_default=""
    )
    cover_crop = models.CharField(
        "取图的哪一块",
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="左 上 宽 高，图的百分之几；空的，就是整张。",
    )
    followed_titles = models.JSONField(
        "跟着标题走的要目",
        default=dict,
        blank=True,
        db_default={},
        editable=False,
        help_text="要目 → 文章编号：文章改了标题，封面上的也跟着改。",
    )
    compiled_by = models.CharField("编印单位", max_length=60, blank=True)
    editors = models.CharField(
        "责任编辑",
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="留空就按记录写：本期各篇是谁初审通过的。",
    )
    proofreaders = models.CharField(
        "校对",
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="留空就按记录写：三校是谁做的。",
    )
    telephone = models.CharField("电话", max_length=40, blank=True)
    website = models.CharField("网址", max_length=100, blank=True)
    submissions_to = models.CharField("投稿邮箱", max_length=100, blank=True)
    permit = models.CharField("准印证号", max_length=60, blank=True, default="", db_default="")
    notice = models.CharField(
        "声明",
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text=f"如：{facts.NOTICE}",
    )
    distributed_to = models.CharField(
        "发送对象", max_length=100, blank=True, default="", db_default=""
    )
    printed_by = models.CharField("印刷单位", max_length=60, blank=True, default="", db_default="")
    printed_on = models.DateField("印刷日期", null=True, blank=True)
    copies = models.PositiveIntegerField(
        "印数",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text="多少册。",
    )

    class Meta:
        abstract = True
