"""The call that a manuscript answers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_relations_and_rules"),
        ("issues", "0003_call"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="call",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="articles",
                to="issues.call",
                verbose_name="应征",
            ),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="call",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="issues.call",
                verbose_name="应征",
            ),
        ),
    ]
