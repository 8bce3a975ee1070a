"""What a new installation lacks before a first issue can be made, step by step, for the desk."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from articles.models import Branch, Section
from issues.models import Issue
from servicejournal import admin_site
from servicejournal.access import who_acts
from servicejournal.models import Masthead, User
from servicejournal.roles import EDITORIAL, STAFF, Role


@dataclass(frozen=True, slots=True)
class Step:
    """`url` is "" for who cannot do it; `help` says what it is for, or who can."""

    name: str
    help: str
    url: str
    is_done: bool


def first_steps(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Until there is a first issue; for everybody who may come to the desk."""
    user = who_acts(request)
    if not user.has_role(*STAFF) or Issue.objects.exists():
        return None
    steps = [_for(user, *each) for each in _steps()]
    done = sum(step.is_done for step in steps)
    return "admin/panels/first_steps.html", {"steps": steps, "done": done}


def _steps() -> list[tuple[str, str, str, str, bool]]:
    """Name, what for, permission, address, whether it is done."""
    masthead = Masthead.objects.filter(pk=1).exclude(compiled_by="").exists()
    reviewers = User.objects.with_role(*EDITORIAL).count()
    has_chief = User.objects.with_role(Role.CHIEF_EDITOR).exists()
    return [
        (
            "刊头与版权页",
            "刊名、编印单位、口号，印在每一期上。",
            "servicejournal.change_masthead",
            reverse("admin:servicejournal_masthead_changelist"),
            masthead,
        ),
        (
            "单位",
            "支行和部门，投稿人注册时从这里选。",
            "articles.add_branch",
            reverse("admin:articles_branch_changelist"),
            Branch.objects.exists(),
        ),
        (
            "账号与角色",
            "三审要三个人：编辑、副主编、主编；人手不够，可以在刊头里打开“编辑部人手少”。",
            "servicejournal.add_user",
            reverse("admin:servicejournal_user_changelist"),
            has_chief and reviewers >= len(EDITORIAL),
        ),
        (
            "栏目",
            "十个常设栏目已经备好，看看名称和次序。",
            "articles.change_section",
            reverse("admin:articles_section_changelist"),
            Section.objects.exists(),
        ),
        (
            "第一期",
            "期号、日期、主题；有了它，采用的稿件就能编进去。",
            "issues.add_issue",
            reverse("admin:issues_issue_add"),
            False,
        ),
    ]


def _for(user: User, name: str, words: str, permission: str, url: str, is_done: bool) -> Step:
    if user.has_perm(permission):
        return Step(name, words, url, is_done)
    who = "管理员" if permission.startswith("servicejournal.add") else "编辑"
    return Step(name, f"{words}请{who}来做。", "", is_done)


admin_site.current().panels.insert(0, first_steps)
