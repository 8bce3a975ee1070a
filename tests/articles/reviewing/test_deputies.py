"""指定代行: by name, for some days, by somebody else; recorded, told, never edited."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Deputy, Notice
from articles.reviewing import deputies, staffing, workflow
from articles.reviewing.deputies import NotAllowed
from servicejournal import record
from servicejournal.roles import Role
from tests.factories import a_user, an_article

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def chief():
    return a_user(Role.CHIEF_EDITOR, name="秦望")


def grant(user, by, **facts) -> Deputy:
    days = {"starts": TODAY(), "ends": TODAY() + timedelta(days=13)}
    return deputies.grant(user, **{"stage": "final", "why": "出差两周", **days, **facts}, by=by)


def notices(user) -> list[str]:
    return [each.subject for each in Notice.objects.filter(recipient=user)]


class TestGranting:
    def test_gives_the_stage_for_these_days_and_is_in_the_record(self, chief):
        senior = a_user(Role.SENIOR_EDITOR, name="周以宁")
        deputy = grant(senior, chief)
        assert staffing.may_decide(senior, "final")
        row = record.of(deputy).get()
        assert (row.verb, row.actor, row.why) == ("指定代行", "秦望", "出差两周")
        assert row.subject.startswith("周以宁代行终审")
        assert (row.what["starts"], row.what["stage"]) == (f"{TODAY():%Y-%m-%d}", "final")

    def test_is_told_to_the_deputy_and_to_whom_they_stand_in_for(self, chief):
        administrator, senior = a_user(Role.ADMINISTRATOR), a_user(Role.SENIOR_EDITOR)
        bystander = a_user(Role.EDITOR)
        grant(senior, administrator)
        assert [words[:6] for words in notices(senior)] == ["请您代行终审"]
        assert len(notices(chief)) == 1
        assert notices(bystander) == notices(administrator) == []
        notice = Notice.objects.get(recipient=chief)
        assert "代行终审" in notice.words
        assert "出差两周" not in notice.words  # letters leave the bank
        assert notice.path == "/admin/articles/deputy/"

    def test_an_administrators_is_told_to_the_chief_whatever_the_stage(self, chief):
        grant(a_user(Role.EDITOR), a_user(Role.ADMINISTRATOR), stage="second")
        assert len(notices(chief)) == 1

    @pytest.mark.parametrize("unseen", ["", "  ", "\u202e", "\u200b\ufeff"])
    def test_a_reason_can_be_seen(self, chief, unseen):
        senior = a_user(Role.SENIOR_EDITOR)
        with pytest.raises(NotAllowed, match="请写明理由"):
            grant(senior, chief, why=unseen)
        deputy = grant(senior, chief)
        with pytest.raises(NotAllowed, match="请写明收回的理由"):
            deputies.revoke(deputy, by=chief, why=unseen)

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.CHIEF_EDITOR, Role.ADMINISTRATOR}))
    def test_only_the_chief_or_an_administrator_appoints(self, role):
        with pytest.raises(NotAllowed, match="由主编或管理员指定"):
            grant(a_user(Role.EDITOR), a_user(role))

    def test_nobody_appoints_themselves(self):
        both = a_user(Role.ADMINISTRATOR, Role.EDITOR)
        with pytest.raises(NotAllowed, match="不能指定自己"):
            grant(both, both)
        assert not Deputy.objects.exists()

    @pytest.mark.parametrize(
        ("roles", "told"),
        [
            ([], "没有编辑的角色"),
            ([Role.AUDITOR], "没有编辑的角色"),
            ([Role.CHIEF_EDITOR], "本来就能终审"),
        ],
    )
    def test_whom_it_would_give_nothing_is_not_appointed(self, chief, roles, told):
        with pytest.raises(NotAllowed, match=told):
            grant(a_user(*roles), chief)

    def test_the_first_review_needs_no_deputy(self, chief):
        with pytest.raises(NotAllowed, match="初审每位编辑都能做"):
            grant(a_user(Role.EDITOR), chief, stage="first")

    @pytest.mark.parametrize(
        ("first", "last", "told"),
        [
            (3, 2, "“到”在“从”之前"),
            (-9, -1, "已经过去了"),
            (-1, 3, "“从”最早是今天"),
            (91, 92, "“从”最晚是今天起 90 天以内"),
            (0, 90, "一次最多指定 90 天"),
        ],
    )
    def test_the_days_are_in_order_not_over_and_not_for_ever(self, chief, first, last, told):
        days = {
            "starts": TODAY() + timedelta(days=first),
            "ends": TODAY() + timedelta(days=last),
        }
        with pytest.raises(NotAllowed, match=told):
            grant(a_user(Role.EDITOR), chief, **days)

    def test_ninety_days_are_the_longest(self, chief):
        assert grant(a_user(Role.EDITOR), chief, ends=TODAY() + timedelta(days=89)).holds

    @pytest.mark.parametrize(("first", "last"), [(0, 90), (3000, 3001), (-3, 1), (2, 1)])
    def test_the_database_holds_no_other_days(self, chief, first, last):
        starts, ends = (TODAY() + timedelta(days=each) for each in (first, last))
        editor = a_user(Role.EDITOR)
        facts = {"user": editor, "granted_by": chief, "why": "出差", "stage": "final"}
        with pytest.raises(IntegrityError, match="deputy_days"):
            Deputy.objects.create(starts=starts, ends=ends, **facts)

    def test_for_the_chief_stands_a_senior_editor(self, chief):
        with pytest.raises(NotAllowed, match="请管理员先给程砚副主编的角色"):
            grant(a_user(Role.EDITOR, name="程砚"), chief, stage="chief")
        with pytest.raises(NotAllowed, match="本来就是主编"):
            grant(a_user(Role.CHIEF_EDITOR), chief, stage="chief")
        assert grant(a_user(Role.SENIOR_EDITOR), chief, stage="chief").holds

    def test_a_reason_is_asked_for(self, chief):
        with pytest.raises(NotAllowed, match="请写明理由"):
            grant(a_user(Role.EDITOR), chief, why="  ")

    def test_the_second_of_two_clicks_is_told_that_it_is_done(self, chief):
        editor = a_user(Role.EDITOR)
        grant(editor, chief)
        with pytest.raises(NotAllowed, match="已经指定过"):
            grant(editor, chief)
        grant(editor, chief, stage="second")
        assert Deputy.objects.count() == 2


class TestRevoking:
    @pytest.fixture
    def deputy(self, chief):
        return grant(a_user(Role.EDITOR, name="程砚"), chief)

    def test_ends_it_at_once_is_recorded_and_told_and_what_was_decided_stands(self, deputy, chief):
        article = an_article(status="final_review")
        workflow.decide(article, "pass", by=deputy.user)
        Notice.objects.all().delete()
        other = a_user(Role.CHIEF_EDITOR)
        deputies.revoke(deputy, by=other, why="提前回来")
        assert not staffing.may_decide(deputy.user, "final")
        assert article.reviews.get().decision == "pass"
        row = record.of(deputy).first()
        assert (row.verb, row.why) == ("收回代行", "提前回来")
        assert notices(deputy.user) == ["代行收回了：您不再代行终审"]
        assert notices(chief) == ["代行收回了：程砚不再代行终审"]
        assert notices(other) == []

    def test_by_the_deputy_too_and_by_nobody_else(self, deputy):
        with pytest.raises(NotAllowed, match="由主编或管理员收回"):
            deputies.revoke(deputy, by=a_user(Role.SENIOR_EDITOR), why="不合适")
        deputies.revoke(deputy, by=deputy.user, why="也要出差")
        assert not Deputy.objects.standing().exists()

    def test_needs_a_reason_and_is_done_once(self, deputy, chief):
        with pytest.raises(NotAllowed, match="收回的理由"):
            deputies.revoke(deputy, by=chief, why=" ")
        deputies.revoke(deputy, by=chief, why="回来了")
        with pytest.raises(NotAllowed, match="已经结束"):
            deputies.revoke(deputy, by=chief, why="再一次")
        assert Deputy.objects.get().revoked_why == "回来了"


class TestTheDatabase:
    @pytest.mark.parametrize(
        ("rule", "facts"),
        [
            ("deputy_stage_is_known", {"stage": "first"}),
            ("deputy_days", {"starts": TODAY() + timedelta(days=2)}),
            ("deputy_is_granted_by_somebody_else", {"granted_by": "user"}),
            ("deputy_says_why", {"why": ""}),
            ("deputy_revocation_is_whole", {"revoked_at": timezone.now()}),
            ("deputy_revocation_is_whole", {"revoked_why": "无人"}),
        ],
    )
    def test_holds_no_other(self, chief, rule, facts):
        editor = a_user(Role.EDITOR)
        whole = {"user": editor, "stage": "final", "granted_by": chief, "why": "出差"}
        whole |= {"starts": TODAY(), "ends": TODAY(), **facts}
        if whole["granted_by"] == "user":
            whole["granted_by"] = editor
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            Deputy.objects.create(**whole)
