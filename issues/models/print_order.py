"""印制要求: what the desk agreed on with the printer about one issue."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q


class PrintOrder(models.Model):
    """At most one an issue. An issue without one is printed as the last one that has one. How many
    are printed is a fact of the issue (`copies`): readers see it too.
    """

    class Paper(models.TextChoices):
        A4 = "a4", "A4（210×297 毫米）"
        LARGE_16K = "large-16k", "大16开（210×285 毫米）"
        SMALL_16K = "16k", "16开（185×260 毫米）"

    class Stock(models.TextChoices):
        COATED = "coated", "铜版纸、哑粉纸（有涂层）"
        UNCOATED = "uncoated", "胶版纸、轻型纸（没有涂层）"

    class Pictures(models.TextChoices):
        CMYK = "cmyk", "转成四色（CMYK），印厂直接用"
        RGB = "rgb", "保留 RGB，带特性文件，由印厂转"

    class Binding(models.TextChoices):
        SADDLE = "saddle", "骑马订"
        GLUED = "glued", "胶装"

    issue = models.OneToOneField(
        "issues.Issue", on_delete=models.CASCADE, related_name="print_order", verbose_name="期"
    )
    paper = models.CharField("开本", max_length=10, choices=Paper, default=Paper.A4)
    stock = models.CharField(
        "纸的种类",
        max_length=10,
        choices=Stock,
        default=Stock.COATED,
        help_text="颜色按它换算：同样的墨，没有涂层的纸上发暗。",
    )
    pictures = models.CharField("图片", max_length=10, choices=Pictures, default=Pictures.CMYK)
    binding = models.CharField("装订", max_length=10, choices=Binding, default=Binding.SADDLE)
    cover_paper = models.CharField(
        "封面用纸", max_length=60, blank=True, help_text="如：200 克铜版纸"
    )
    text_paper = models.CharField(
        "内文用纸", max_length=60, blank=True, help_text="如：105 克哑粉纸"
    )
    leaf = models.PositiveSmallIntegerField(
        "内文一张纸厚（微米）",
        default=100,
        validators=[MinValueValidator(30), MaxValueValidator(500)],
        help_text="胶装的书脊按它算，请问印厂。105 克铜版纸约 85，哑粉纸约 95，80 克胶版纸约 100。",
    )
    words = models.TextField("别的要求", max_length=500, blank=True, help_text="如：封面覆哑膜。")

    class Meta:
        verbose_name = verbose_name_plural = "印制要求"
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__in=["a4", "large-16k", "16k"])
                & Q(stock__in=["coated", "uncoated"])
                & Q(pictures__in=["cmyk", "rgb"])
                & Q(binding__in=["saddle", "glued"]),
                name="print_order_is_known",
            ),
            models.CheckConstraint(
                condition=Q(leaf__gte=30, leaf__lte=500), name="print_order_leaf_is_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue}的印制要求"
