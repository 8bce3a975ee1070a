"""Whether an edition can be leafed through is known of itself, not counted at each look."""

from typing import Any

from django.db import migrations, models
from django.db.models import Count, F


def look(apps: Any, schema_editor: Any) -> None:
    editions = apps.get_model("issues", "Edition").objects.filter(page_count__gte=1)
    whole = editions.annotate(made=Count("pages")).filter(made__gte=F("page_count"))
    editions.filter(pk__in=list(whole.values_list("pk", flat=True))).update(in_pages=True)


class Migration(migrations.Migration):
    dependencies = [("issues", "0018_signer")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="in_pages",
            field=models.BooleanField(
                default=False, help_text="每一页都有图片，可以翻页阅读。", verbose_name="版面齐备"
            ),
        ),
        migrations.RunPython(look, migrations.RunPython.noop),
    ]
