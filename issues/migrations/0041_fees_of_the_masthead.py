"""The masthead's two numbers become rules of 稿酬 that hold from the beginning: the same amounts."""

from datetime import date
from typing import Any

from django.db import migrations

_SINCE = date(2000, 1, 1)
#: The masthead's columns hold no more yuan.
_MOST = 32_767


def to_rules(apps: Any, schema_editor: Any) -> None:
    for printed in apps.get_model("servicejournal", "Masthead").objects.all():
        thousand, least = printed.fee_per_thousand, printed.fee_at_least
        if thousand is None and least is None:
            continue
        told = {"fen": (least or 0) * 100, "basis": "piece"}
        if thousand is not None:
            told = {"fen": thousand * 100, "basis": "thousand"}
            told["at_least_fen"] = least * 100 if least is not None else None
        apps.get_model("issues", "FeeRule").objects.get_or_create(
            since=_SINCE, section=None, grade="", basis=told.pop("basis"), defaults=told
        )


def to_masthead(apps: Any, schema_editor: Any) -> None:
    """The newest general rule of the text; what else the rules say the masthead cannot hold."""
    rules = apps.get_model("issues", "FeeRule").objects.filter(
        section=None, grade="", basis__in=["thousand", "piece"]
    )
    rule = rules.order_by("-since", "pk").first()
    if rule is None:
        return
    by_length = rule.basis == "thousand"
    least = rule.at_least_fen if by_length else rule.fen
    apps.get_model("servicejournal", "Masthead").objects.update(
        fee_per_thousand=min(rule.fen // 100, _MOST) if by_length else None,
        fee_at_least=min(least // 100, _MOST) if least is not None else None,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0040_merits"),
        ("servicejournal", "0026_branch_head_role"),
    ]

    operations = [migrations.RunPython(to_rules, to_masthead)]
