"""代行: somebody by name makes the reviews of a stage for some days."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import servicejournal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0027_notices_of_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Deputy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("second", "复审"), ("final", "终审")],
                        max_length=10,
                        verbose_name="代行",
                    ),
                ),
                ("starts", models.DateField(verbose_name="从")),
                ("ends", models.DateField(verbose_name="到")),
                ("why", models.CharField(max_length=200, verbose_name="理由")),
                (
                    "granted_at",
                    models.DateTimeField(default=servicejournal.clock.now, verbose_name="指定时间"),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="收回时间"),
                ),
                (
                    "revoked_why",
                    models.CharField(blank=True, max_length=200, verbose_name="收回的理由"),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指定人",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收回人",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputyships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代行人",
                    ),
                ),
            ],
            options={
                "verbose_name": "代行",
                "verbose_name_plural": "代行",
                "ordering": ["-starts", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="review",
            name="deputy",
            field=models.ForeignKey(
                blank=True,
                help_text="审稿人没有这一审级的角色，由谁、从哪天到哪天指定代行。",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="articles.deputy",
                verbose_name="代行",
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["second", "final"])), name="deputy_stage_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gte", models.F("starts"))), name="deputy_days_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(("granted_by", models.F("user")), _negated=True),
                name="deputy_is_granted_by_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="deputy_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("revoked_at__isnull", True),
                        ("revoked_by__isnull", True),
                        ("revoked_why", ""),
                    ),
                    models.Q(
                        ("revoked_at__isnull", False),
                        ("revoked_by__isnull", False),
                        models.Q(("revoked_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="deputy_revocation_is_whole",
            ),
        ),
    ]
