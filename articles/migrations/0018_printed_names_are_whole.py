"""No byline without a name, and a branch's name where there is a branch, and nowhere else."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_names_of_today_are_printed")]

    operations = [
        migrations.AddConstraint(
            model_name="authorship",
            constraint=models.CheckConstraint(
                condition=~models.Q(author_name="")
                & (
                    models.Q(branch__isnull=True, branch_name="")
                    | (models.Q(branch__isnull=False) & ~models.Q(branch_name=""))
                ),
                name="authorship_prints_names",
            ),
        ),
    ]
