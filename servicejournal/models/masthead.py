"""The masthead: what is printed on every issue of the journal."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Masthead(models.Model):
    """Exactly one row, which a migration makes and the editors fill in."""

    name = models.CharField("刊名", max_length=30, default="服务文化专刊")
    name_en = models.CharField("英文刊名", max_length=60, default="Service culture special issue")
    slogan = models.CharField(
        "口号", max_length=60, default="传播服务文化价值　展示服务品牌形象", blank=True
    )
    about = models.TextField("办刊说明", blank=True, help_text="一两句话，用作网站首页的简介。")
    compiled_by = models.CharField(
        "编印单位", max_length=60, blank=True, help_text="如：某某银行党群工作部"
    )
    telephone = models.CharField("电话", max_length=40, blank=True)
    website = models.CharField("网址", max_length=100, blank=True)
    submissions_to = models.CharField(
        "投稿邮箱", max_length=100, blank=True, help_text="印在版权页上；网上投稿不需要它。"
    )
    permit = models.CharField(
        "准印证号",
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="写全：省、年份和编号。",
    )
    notice = models.CharField(
        "声明",
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="内部资料性出版物写：内部资料　免费交流",
    )
    distributed_to = models.CharField(
        "发送对象", max_length=100, blank=True, default="", db_default="", help_text="如：全行员工"
    )
    printed_by = models.CharField("印刷单位", max_length=60, blank=True, default="", db_default="")
    copies = models.PositiveIntegerField(
        "印数", null=True, blank=True, validators=[MinValueValidator(1)], help_text="多少册。"
    )
    is_internal = models.BooleanField(
        "内部资料性出版物",
        default=False,
        db_default=False,
        help_text="凭准印证印刷的，请打开：封面和版权页上缺了《内部资料性出版物管理办法》要的"
        "任何一项，就不能签发。",
    )
    issues_per_year = models.PositiveSmallIntegerField(
        "一年几期",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(53)],
        help_text="双月刊 6，季刊 4，月刊 12。新建一期时按它接着排期号，排满就到下一年第1期。",
    )
    small_office = models.BooleanField(
        "编辑部人手少",
        default=False,
        help_text="打开以后，同一个人可以审三审中的两级、接连做两次校对；稿签和记录会写明。"
        "自己的稿件仍然不能审。",
    )
    leader_agrees = models.BooleanField(
        "付印要领导同意",
        default=False,
        db_default=False,
        help_text="打开以后，每一期要有领导“同意付印”（送看链接里点，或在纸上签、由主编登记），"
        "才能签发。",
    )

    class Meta:
        verbose_name = verbose_name_plural = "刊头与版权页"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="masthead_there_is_only_one"),
            models.CheckConstraint(
                condition=models.Q(issues_per_year__gte=1, issues_per_year__lte=53),
                name="masthead_issues_per_year_are_plausible",
            ),
        ]

    def __str__(self) -> str:
        return self.name
