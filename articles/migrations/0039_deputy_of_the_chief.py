import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import articles.models.deputy


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0038_deputies_of_sane_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="deputy",
            name="deputy_stage_is_known",
        ),
        migrations.AlterField(
            model_name="deputy",
            name="stage",
            field=models.CharField(
                choices=[("second", "复审"), ("final", "终审"), ("chief", "主编")],
                max_length=10,
                verbose_name="代行",
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["second", "final", "chief"])),
                name="deputy_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThan(
                        articles.models.deputy.DaysBetween(models.F("ends"), models.F("starts")), 90
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        articles.models.deputy.DaysBetween(
                            models.F("starts"), models.F("granted_at")
                        ),
                        -1,
                    ),
                    django.db.models.lookups.LessThanOrEqual(
                        articles.models.deputy.DaysBetween(
                            models.F("starts"), models.F("granted_at")
                        ),
                        91,
                    ),
                ),
                name="deputy_days_are_sane",
            ),
        ),
    ]
