"""Passwords as they were set: none of the last again, none too old."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0020_heartbeats"),
    ]

    operations = [
        migrations.CreateModel(
            name="PasswordSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=128, verbose_name="摘要")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间"),
                ),
                ("issued", models.BooleanField(default=False, verbose_name="别人设的")),
            ],
            options={
                "verbose_name": "用过的密码",
                "verbose_name_plural": "用过的密码",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="passwordset",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="passwords",
                to=settings.AUTH_USER_MODEL,
                verbose_name="账号",
            ),
        ),
    ]
