"""The ten sections of the printed journal, in print order. Editors change them in the admin."""

from typing import Any

from django.db import migrations

SECTIONS = [
    ("preamble", "卷首语", "Preamble", "约稿，每期一篇，六百字左右。"),
    (
        "service-management",
        "服务管理",
        "Service management",
        "网点和部门怎样管服务：做法、制度、得失，1500—3000字。",
    ),
    (
        "service-discussion",
        "服务探讨",
        "Service discussion",
        "有观点、有依据的讨论，1500—3000字。",
    ),
    ("service-sketch", "服务掠影", "Service sketch", "一次活动、一个场面，配图更好，500—1200字。"),
    ("service-vanguard", "服务先锋", "Service vanguard", "写身边的人，800—2000字。"),
    ("service-emotion", "服务情思", "Service emotion", "散文、随笔、诗，不超过2000字。"),
    (
        "extraterritorial-service",
        "域外服务",
        "Extraterritorial service",
        "外出学习、参观的见闻与对照，800—2000字。",
    ),
    ("service-support", "服务支撑", "Service support", "中后台怎样托住前台，800—2000字。"),
    ("service-echoes", "服务回声", "Service echoes", "客户来信与回音，300—1000字。"),
    ("service-innovate", "服务创新", "Service innovate", "一件小发明、一个新流程，800—2000字。"),
]


def add(apps: Any, schema_editor: Any) -> None:
    Section = apps.get_model("issues", "Section")
    for order, (slug, name, name_en, description) in enumerate(SECTIONS):
        Section.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "name_en": name_en,
                "description": description,
                "order": order * 10,
                "is_preamble": slug == "preamble",
            },
        )


def remove_unused(apps: Any, schema_editor: Any) -> None:
    """Back again: those that hold no article, so that nothing is lost."""
    Section = apps.get_model("issues", "Section")
    slugs = [slug for slug, *_ in SECTIONS]
    Section.objects.filter(slug__in=slugs, articles=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0001_initial"),
        ("articles", "0002_relations_and_rules"),
    ]
    operations = [migrations.RunPython(add, remove_unused)]
