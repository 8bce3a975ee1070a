"""稿酬 of an issue: reckoned, changed with a reason, closed by two, then only countered."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from issues.making import withdrawals
from issues.models import Edition, Fee, FeeEntry, FeeRule, FeeSheet
from issues.statistics import fees, payments
from servicejournal import record
from servicejournal.models.append_only import Unchangeable
from servicejournal.roles import Role
from tests.factories import a_user, an_author

pytestmark = pytest.mark.django_db


def amounts(sheet) -> dict[str, int]:
    return {each.author_name: each.fen for each in sheet.fees.all()}


def test_what_is_due_is_shared_among_those_who_signed_to_the_fen(sheet):
    assert amounts(sheet) == {"卢青": 10001, "高志远": 5001, "方圆": 5000}
    assert {each.how for each in sheet.fees.all()} == {"每篇 100.01 元", "每篇 100.01 元；2 人平分"}


def test_before_there_is_a_rule_there_is_no_sheet(issue, chief):
    FeeRule.objects.all().delete()
    assert fees.reckon(Edition.objects.get(standing_for=issue), by=chief) is None
    assert not FeeSheet.objects.exists()


def test_back_issues_earn_nothing(issue, chief):
    issue.articles.update(origin="back_issue")
    assert fees.reckon(Edition.objects.get(standing_for=issue), by=chief) is None


def test_an_amount_is_changed_with_a_reason_and_the_check_falls(sheet, chief, administrator):
    fees.check(sheet, by=administrator)
    fee = sheet.fees.get(author_name="卢青")
    with pytest.raises(fees.NotAllowed, match="理由"):
        fees.change(fee, fen=12000, why=" ", by=chief)
    fees.change(fee, fen=12000, why="配图另算", by=chief)
    fee.refresh_from_db()
    sheet.refresh_from_db()
    assert (fee.fen, fee.reckoned_fen, fee.why, fee.changed_by) == (12000, 10001, "配图另算", chief)
    assert sheet.checked_by is None
    assert record.of(sheet).filter(verb="改动稿酬", why="配图另算").exists()
    fees.change(fee, fen=10001, why="改回去", by=chief)
    fee.refresh_from_db()
    assert (fee.why, fee.changed_by) == ("", None)


def test_nobody_changes_or_counters_their_own(sheet, chief, administrator):
    fee = sheet.fees.get(author_name="卢青")
    author = an_author("卢青", "南湖支行")
    author.user = chief
    author.save()
    with pytest.raises(fees.NotAllowed, match="自己"):
        fees.change(fee, fen=1, why="多给", by=chief)
    fees.check(sheet, by=chief)
    fees.close(sheet, by=administrator)
    with pytest.raises(fees.NotAllowed, match="自己"):
        fees.counter(fee, fen=1, why="多给", by=chief)


def test_a_second_person_closes_and_then_only_a_counter_entry_sets_right(
    sheet, chief, administrator
):
    with pytest.raises(fees.NotAllowed, match="核对"):
        fees.close(sheet, by=chief)
    fees.check(sheet, by=chief)
    with pytest.raises(fees.NotAllowed, match="另一个人"):
        fees.close(sheet, by=chief)
    fees.close(sheet, by=administrator)
    fee = sheet.fees.get(author_name="卢青")
    for act in (
        lambda: fees.change(fee, fen=1, why="改", by=chief),
        lambda: fees.uncheck(sheet, why="改", by=chief),
        lambda: fees.close(sheet, by=chief),
    ):
        with pytest.raises(fees.NotAllowed, match="关账"):
            act()
    with pytest.raises(fees.NotAllowed, match="不能少于 0"):
        fees.counter(fee, fen=-10002, why="误计", by=chief)
    entry = fees.counter(fee, fen=-10001, why="误计", by=chief)
    with pytest.raises(fees.NotAllowed, match="不能少于 0"):
        fees.counter(fee, fen=-1, why="再减", by=chief)
    assert amounts(sheet)["卢青"] == 10001
    with pytest.raises(Unchangeable):
        entry.delete()
    with pytest.raises(Unchangeable):
        FeeEntry.objects.update(fen=1)


def test_the_database_itself_wants_the_second_person_and_a_reason(sheet, chief):
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeSheet.objects.filter(pk=sheet.pk).update(
            checked_at=now, checked_by=chief, closed_at=now, closed_by=chief
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeSheet.objects.filter(pk=sheet.pk).update(closed_at=now, closed_by=chief)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fee.objects.filter(sheet=sheet).update(fen=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeEntry.objects.create(fee=sheet.fees.first(), fen=0, why="无", by=chief)


def test_a_page_of_what_is_not_there_any_more_is_refused(sheet, chief, administrator):
    seen = sheet.version
    fees.change(sheet.fees.first(), fen=1, why="改", by=administrator, seen=seen)
    with pytest.raises(fees.Stale):
        fees.check(sheet, by=chief, seen=seen)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.SENIOR_EDITOR, Role.AUDITOR, Role.BRANCH_HEAD])
def test_the_chief_and_administrators_alone_act(sheet, role):
    with pytest.raises(fees.NotAllowed, match="主编和管理员"):
        fees.check(sheet, by=a_user(role))


def test_the_next_edition_reckons_an_open_sheet_anew_and_keeps_what_people_changed(sheet, chief):
    fees.change(sheet.fees.get(author_name="方圆"), fen=7000, why="执笔", by=chief)
    FeeRule.objects.update(fen=20000)
    fees.reckon(sheet.edition, by=chief)
    assert amounts(sheet) == {"卢青": 20000, "高志远": 10000, "方圆": 7000}


def test_a_closed_sheet_stays_whatever_comes_out(sheet, chief, administrator):
    fees.check(sheet, by=chief)
    fees.close(sheet, by=administrator)
    FeeRule.objects.update(fen=20000)
    fees.reckon(sheet.edition, by=chief)
    fees.drop(sheet.issue, by=chief)
    assert amounts(sheet) == {"卢青": 10001, "高志远": 5001, "方圆": 5000}


def test_an_issue_that_is_taken_back_takes_its_open_sheet_with_it(sheet, chief):
    withdrawals.withdraw(sheet.issue, by=chief, why="印错了封面")
    assert not FeeSheet.objects.exists()


def test_what_is_held_back_stays_as_it_was_at_closing(sheet, chief, administrator):
    from issues.models import TaxRule

    rule = TaxRule.objects.create(since=date(2020, 1, 1))
    sheet.fees.filter(author_name="卢青").update(fen=500_000, reckoned_fen=500_000)
    fees.check(sheet, by=chief)
    fees.close(sheet, by=administrator)
    rule.rate_permille = 100
    rule.save()
    TaxRule.objects.create(since=date(2025, 1, 1), rate_permille=0, name="免税")
    now = FeeSheet.objects.get(pk=sheet.pk)
    assert payments.of(now).tax == 56_000
    assert payments.of(now).rule.name == rule.name


def test_one_person_is_taxed_once_over_all_that_the_sheet_has_of_them(sheet, chief):
    from issues.models import TaxRule

    TaxRule.objects.create(since=date(2020, 1, 1))
    sheet.fees.filter(author_name="卢青").update(fen=500_000, reckoned_fen=500_000)
    paid = payments.of(sheet)
    assert {each.name: each.tax for each in paid.people} == {"卢青": 56_000, "高志远": 0, "方圆": 0}
    assert paid.net == paid.fen - 56_000


def test_a_counter_entry_carries_its_tax_of_all_that_the_author_has(sheet, chief, administrator):
    """To 6,000 yuan 672.00 are held back where 560.00 were; back to nothing, all of it returns."""
    from issues.models import TaxRule

    TaxRule.objects.create(since=date(2020, 1, 1))
    fee = sheet.fees.get(author_name="卢青")
    sheet.fees.filter(pk=fee.pk).update(fen=500_000, reckoned_fen=500_000)
    fees.check(sheet, by=chief)
    fees.close(sheet, by=administrator)
    more = fees.counter(fee, fen=100_000, why="少算一篇", by=chief)
    assert (more.fen, more.tax_fen, more.net_fen) == (100_000, 11_200, 88_800)
    less = fees.counter(fee, fen=-600_000, why="不是这个人", by=chief)
    assert less.tax_fen == -67_200
    paid = payments.of(FeeSheet.objects.get(pk=sheet.pk))
    assert paid.net + paid.countered_net == paid.paid_out == 10_001
    assert payments.entry_table(paid).total[4:7] == (-500_000, -56_000, -444_000)
    assert "冲账以后实发合计 100.01 元" in " ".join(payments.foot(paid))


def test_an_entry_of_before_is_made_good_by_the_next(sheet, chief, administrator):
    from issues.models import TaxRule

    TaxRule.objects.create(since=date(2020, 1, 1))
    fee = sheet.fees.get(author_name="卢青")
    fees.check(sheet, by=chief)
    fees.close(sheet, by=administrator)
    FeeEntry.objects.create(fee=fee, fen=489_999, why="从前的", by=chief)
    assert fees.counter(fee, fen=100_000, why="少算", by=chief).tax_fen == 67_200
