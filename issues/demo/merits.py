"""Rules of 稿酬 and 积分, quotas, a praised piece, and the first sheets closed by two people."""

from datetime import date

from articles.models import Article, Branch, Section
from issues.models import FeeRule, FeeSheet, PointRule, Quota, TaxRule
from issues.statistics import fees, merits
from servicejournal.models import User

from . import texts

_SINCE = date(2020, 1, 1)
_QUOTAS = (4, 3, 3, 2, 4, 2, 3)
_WHY = "细节写得准，一件小事里看得见服务的分寸。"


def make_rules() -> None:
    """Before the first issue comes out: its writers are paid by them."""
    text = {"basis": "thousand", "at_least_fen": 3_000, "at_most_fen": 30_000}
    FeeRule.objects.create(since=_SINCE, fen=8_000, **text)
    vanguard = Section.objects.get(slug="service-vanguard")
    FeeRule.objects.create(since=_SINCE, fen=10_000, section=vanguard, **text)
    FeeRule.objects.create(since=_SINCE, basis="picture", fen=1_000, at_most_fen=5_000)
    FeeRule.objects.create(since=_SINCE, basis="bonus", grade="excellent", fen=10_000)
    TaxRule.objects.create(since=_SINCE)
    for what, hundredths, at_least, grade in (
        ("handed", 100, 0, ""),
        ("printed", 200, 0, ""),
        ("grade", 300, 0, "excellent"),
        ("length", 100, 2_000, ""),
        ("pictures", 50, 1, ""),
        ("late", 50, 0, ""),
    ):
        PointRule.objects.create(
            since=_SINCE, what=what, hundredths=hundredths, at_least=at_least, grade=grade
        )


def praise_and_pay() -> None:
    """One piece of each issue is praised; all sheets but the last are closed, one is set right."""
    editor, chief, administrator = (
        User.objects.get(username=name) for name in ("bianji", "zhubian", "guanli")
    )
    year = max(texts.facts_of(folder)["date"].year for folder in texts.issue_folders())
    for branch, pieces in zip(Branch.objects.order_by("slug"), _QUOTAS, strict=False):
        Quota.objects.create(branch=branch, year=year, pieces=pieces)
    sheets = list(FeeSheet.objects.order_by("issue__date", "pk"))
    for sheet in sheets:
        fee = sheet.fees.exclude(branch=None).order_by("-fen", "pk").first()
        if fee:
            article = Article.objects.get(pk=fee.article_id)
            merits.praise(article, grade="excellent", reason=_WHY, by=editor)
            fees.reckon(sheet.edition, by=chief)
    for sheet in sheets[:-1]:
        fees.check(sheet, by=chief)
        fees.close(sheet, by=administrator)
    if sheets[:-1]:
        fee = sheets[0].fees.order_by("place").first()
        if fee:
            fees.counter(fee, fen=-500, why="图片多计了一幅，照实冲减。", by=chief)
