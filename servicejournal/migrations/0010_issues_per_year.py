"""How many issues a year has: the number of a new one follows from it."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0009_generation"),
    ]

    operations = [
        migrations.AddField(
            model_name="masthead",
            name="issues_per_year",
            field=models.PositiveSmallIntegerField(
                default=6,
                help_text="双月刊 6，季刊 4，月刊 12。新建一期时按它接着排期号，排满就到下一年第1期。",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(53),
                ],
                verbose_name="一年几期",
            ),
        ),
        migrations.AddConstraint(
            model_name="masthead",
            constraint=models.CheckConstraint(
                condition=models.Q(("issues_per_year__gte", 1), ("issues_per_year__lte", 53)),
                name="masthead_issues_per_year_are_plausible",
            ),
        ),
    ]
