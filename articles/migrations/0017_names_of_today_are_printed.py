"""What bylines print until now: the names of today. So every digest of a text stays as it is."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce


def fill(apps: Any, schema_editor: Any) -> None:
    """One statement, however many bylines there are."""

    def name_of(model: str, key: str) -> Any:
        rows = apps.get_model("articles", model).objects.filter(pk=OuterRef(key))
        return Coalesce(Subquery(rows.values("name")[:1]), Value(""))

    apps.get_model("articles", "Authorship").objects.update(
        author_name=name_of("Author", "author_id"), branch_name=name_of("Branch", "branch_id")
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_names_as_printed")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
