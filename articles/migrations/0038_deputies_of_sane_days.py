"""A deputy is appointed for ninety days at the most, and not for years ahead.

What was appointed for longer ends after its first ninety days, and can be appointed again; what was
to begin in the past, or years ahead, begins when it was appointed, or ninety days later.
"""

from datetime import timedelta
from typing import Any

from django.db import migrations

LONGEST = timedelta(days=90)


def shorten(apps: Any, schema_editor: Any) -> None:
    for deputy in apps.get_model("articles", "Deputy").objects.all():
        granted = deputy.granted_at.date()
        starts = min(max(deputy.starts, granted), granted + LONGEST)
        ends = max(starts, min(deputy.ends, starts + LONGEST - timedelta(days=1)))
        if (starts, ends) != (deputy.starts, deputy.ends):
            deputy.starts, deputy.ends = starts, ends
            deputy.save(update_fields=["starts", "ends"])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0037_plainer_words_of_the_checking"),
    ]

    operations = [
        migrations.RunPython(shorten, migrations.RunPython.noop),
    ]
