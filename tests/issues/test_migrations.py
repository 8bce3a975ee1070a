"""What comes and goes by migration: the ten sections, the home of their table, names of tasks."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations import RunPython, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django_tasks_db.models import DBTaskResult

from articles.models import Call, Section
from issues.making import page_making
from servicejournal.accounts import reset_mail
from tests.factories import a_section, a_user, an_article, an_issue

pytestmark = pytest.mark.django_db
ten_sections = import_module("issues.migrations.0002_ten_sections")
section_and_call = import_module("articles.migrations.0015_section_and_call")
kinds = import_module("issues.migrations.0021_kinds_of_issue")
left = import_module("issues.migrations.0011_section_and_call_left")


def as_they_were() -> Any:
    """The models of the days when sections stood in `issues`."""
    return MigrationLoader(connection).project_state(("issues", "0010_scan_of_a_back_issue")).apps


def test_they_are_there_in_print_order():
    assert [(each.name, each.name_en) for each in Section.objects.all()] == [
        ("卷首语", "Preamble"),
        ("服务管理", "Service management"),
        ("服务探讨", "Service discussion"),
        ("服务掠影", "Service sketch"),
        ("服务先锋", "Service vanguard"),
        ("服务情思", "Service emotion"),
        ("域外服务", "Extraterritorial service"),
        ("服务支撑", "Service support"),
        ("服务回声", "Service echoes"),
        ("服务创新", "Service innovate"),
    ]
    assert [each.name for each in Section.objects.filter(is_preamble=True)] == ["卷首语"]


def test_back_and_forth_loses_no_section_that_holds_an_article():
    an_article(section=a_section("service-emotion"))
    ten_sections.remove_unused(as_they_were(), None)
    assert [section.name for section in Section.objects.all()] == ["服务情思"]
    ten_sections.add(as_they_were(), None)
    assert Section.objects.count() == 10


def test_sections_and_calls_move_without_a_word_to_the_database():
    for operation in [*section_and_call.Migration.operations, *left.Migration.operations]:
        if not isinstance(operation, RunPython):
            assert isinstance(operation, SeparateDatabaseAndState)
            assert operation.state_operations
            assert not operation.database_operations


def test_sections_and_calls_stay_in_their_tables():
    assert (Section._meta.db_table, Call._meta.db_table) == ("issues_section", "issues_call")


def test_what_the_admin_logged_of_a_section_goes_with_it_and_back():
    editor, section = a_user("editor"), a_section("service-emotion")
    kind = ContentType.objects.get_for_model(Section)
    LogEntry.objects.create(
        user=editor, content_type=kind, object_id=section.pk, action_flag=CHANGE, object_repr="旧"
    )
    left.move_back(apps, None)
    assert LogEntry.objects.filter(content_type__app_label="issues").count() == 1
    section_and_call.move_here(apps, None)
    assert LogEntry.objects.get().content_type == ContentType.objects.get(
        app_label="articles", model="section"
    )


@pytest.mark.parametrize(
    ("module", "task"),
    [
        ("issues.migrations.0012_tasks_under_their_new_name", page_making.make_pages),
        ("servicejournal.migrations.0008_tasks_under_their_new_name", reset_mail.send),
    ],
)
def test_what_waits_in_the_queue_finds_its_task_again(module, task):
    migration = import_module(module)
    assert task.module_path == migration.NEW
    waiting = DBTaskResult.objects.create(
        task_path=migration.OLD, args_kwargs={"args": [], "kwargs": {}}, backend_name="default"
    )
    migration.move_here(apps, None)
    waiting.refresh_from_db()
    assert waiting.task.module_path == task.module_path
    migration.move_back(apps, None)
    waiting.refresh_from_db()
    assert waiting.task_path == migration.OLD


def test_kinds_of_issue_go_back_only_where_all_are_plain():
    """The schema before would make 增刊1 a second 第1期."""
    an_issue(year=2026, number=4)
    kinds.only_regular(apps, None)
    an_issue(year=2026, number=1, kind="supplement", after=4)
    with pytest.raises(RuntimeError, match="2026 supplement 1"):
        kinds.only_regular(apps, None)


@pytest.mark.parametrize("place", ["section/", "call/", "section/1/change/?_changelist_filters=x"])
def test_a_bookmark_of_the_admin_leads_where_sections_are_now(client, place):
    answer = client.get(f"/admin/issues/{place}")
    assert answer.status_code == 301
    assert answer["Location"] == f"/admin/articles/{place}"
