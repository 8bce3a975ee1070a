"""The ten sections come by data migration, and go by it."""

from importlib import import_module

import pytest
from django.apps import apps

from issues.models import Section
from tests.factories import a_section, an_article

pytestmark = pytest.mark.django_db
ten_sections = import_module("issues.migrations.0002_ten_sections")


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
    ten_sections.remove_unused(apps, None)
    assert [section.name for section in Section.objects.all()] == ["服务情思"]
    ten_sections.add(apps, None)
    assert Section.objects.count() == 10
