"""Who may sign, publish, correct and take back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from issues import contents
from issues.making import corrections, make_up, publication, withdrawals
from issues.making.publication import NotAllowed
from issues.models import BackIssueImport, Issue
from servicejournal.roles import Role
from tests.factories import a_user, accepted, an_issue, proofread
from tests.issues.making.written import everything

pytestmark = pytest.mark.django_db


class TestWhoMayDoWhat:
    """Each verb by each role, where nothing but the role stands in the way."""

    EDITORS = frozenset({Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR})
    CORRECTORS = frozenset({Role.SENIOR_EDITOR, Role.CHIEF_EDITOR})
    CHIEF = frozenset({Role.CHIEF_EDITOR})

    def place(self):
        issue, article = an_issue(), accepted()
        return lambda by: make_up.place([article], issue, by=by)

    def take_out(self):
        article = an_issue(articles=1).articles.get()
        return lambda by: make_up.take_out(article, by=by)

    def arrange(self):
        issue = an_issue(articles=2)
        order = [(article.pk, article.section_id) for article in contents.of(issue).articles]
        return lambda by: make_up.arrange(issue, order[::-1], by=by, made_from=order)

    def accept_intake(self):
        issue = an_issue(articles=1)
        sha256 = f"{issue.pk:064d}"
        BackIssueImport.objects.create(
            issue=issue, file_name="old.txt", sha256=sha256, imported_by=a_user()
        )
        return lambda by: publication.accept_intake(Issue.objects.get(pk=issue.pk), by=by)

    def in_order(self) -> Issue:
        issue = an_issue(date=date(2026, 12, 18))
        make_up.place([accepted()], issue, by=a_user(Role.EDITOR))
        proofread(issue)
        return issue

    def sign_off(self):
        issue = self.in_order()
        return lambda by: publication.sign_off(issue, by=by)

    def publish(self):
        issue = self.in_order()
        publication.sign_off(issue, by=a_user(Role.CHIEF_EDITOR))
        return lambda by: publication.publish(issue, by=by)

    def schedule(self):
        issue, later = self.in_order(), timezone.now() + timedelta(hours=2)
        publication.sign_off(issue, by=a_user(Role.CHIEF_EDITOR))
        return lambda by: publication.publish(issue, by=by, at=later)

    def take_back_sign_off(self):
        issue = self.in_order()
        publication.sign_off(issue, by=a_user(Role.CHIEF_EDITOR))
        return lambda by: publication.take_back_sign_off(issue, by=by, why="换一篇")

    def withdraw(self):
        issue = an_issue(published=True, articles=1)
        return lambda by: withdrawals.withdraw(issue, by=by, why="署名有误")

    def correct(self):
        article = an_issue(published=True, articles=1).articles.get()
        return lambda by: corrections.correct(
            article, by=by, base=corrections.base_of(article), reason="笔误", title="改正的题"
        )

    @pytest.mark.parametrize(
        ("verb", "whose"),
        [
            (place, EDITORS),
            (take_out, EDITORS),
            (arrange, EDITORS),
            (accept_intake, EDITORS),
            (sign_off, CHIEF),
            (publish, CHIEF),
            (schedule, CHIEF),
            (take_back_sign_off, CHIEF),
            (withdraw, CHIEF),
            (correct, CORRECTORS),
        ],
    )
    def test_each_verb_is_for_its_roles_alone(self, verb, whose):
        people = {role: a_user(role) for role in Role} | {None: a_user()}
        act, before = verb(self), everything()
        for role in set(people) - whose:
            with pytest.raises(NotAllowed, match="您的角色不能"):
                act(people[role])
            assert everything() == before, role
        for role in whose:
            act, before = verb(self), everything()
            act(people[role])
            assert everything() != before, role
