"""What the desk agreed on with the printer about an issue."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0045_looking"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("a4", "A4（210×297 毫米）"),
                            ("large-16k", "大16开（210×285 毫米）"),
                            ("16k", "16开（185×260 毫米）"),
                        ],
                        default="a4",
                        max_length=10,
                        verbose_name="开本",
                    ),
                ),
                (
                    "stock",
                    models.CharField(
                        choices=[
                            ("coated", "铜版纸、哑粉纸（有涂层）"),
                            ("uncoated", "胶版纸、轻型纸（没有涂层）"),
                        ],
                        default="coated",
                        help_text="颜色按它换算：同样的墨，没有涂层的纸上发暗。",
                        max_length=10,
                        verbose_name="纸的种类",
                    ),
                ),
                (
                    "pictures",
                    models.CharField(
                        choices=[
                            ("cmyk", "转成四色（CMYK），印厂直接用"),
                            ("rgb", "保留 RGB，带特性文件，由印厂转"),
                        ],
                        default="cmyk",
                        max_length=10,
                        verbose_name="图片",
                    ),
                ),
                (
                    "binding",
                    models.CharField(
                        choices=[("saddle", "骑马订"), ("glued", "胶装")],
                        default="saddle",
                        max_length=10,
                        verbose_name="装订",
                    ),
                ),
                (
                    "cover_paper",
                    models.CharField(
                        blank=True,
                        help_text="如：200 克铜版纸",
                        max_length=60,
                        verbose_name="封面用纸",
                    ),
                ),
                (
                    "text_paper",
                    models.CharField(
                        blank=True,
                        help_text="如：105 克哑粉纸",
                        max_length=60,
                        verbose_name="内文用纸",
                    ),
                ),
                (
                    "leaf",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="胶装的书脊按它算，请问印厂。105 克铜版纸约 85，哑粉纸约 95，80 克胶版纸约 100。",
                        validators=[
                            django.core.validators.MinValueValidator(30),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="内文一张纸厚（微米）",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        help_text="如：封面覆哑膜。",
                        max_length=500,
                        verbose_name="别的要求",
                    ),
                ),
                (
                    "issue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="print_order",
                        to="issues.issue",
                        verbose_name="期",
                    ),
                ),
            ],
            options={
                "verbose_name": "印制要求",
                "verbose_name_plural": "印制要求",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paper__in", ["a4", "large-16k", "16k"]),
                            ("stock__in", ["coated", "uncoated"]),
                            ("pictures__in", ["cmyk", "rgb"]),
                            ("binding__in", ["saddle", "glued"]),
                        ),
                        name="print_order_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leaf__gte", 30), ("leaf__lte", 500)),
                        name="print_order_leaf_is_paper",
                    ),
                ],
            },
        ),
    ]
