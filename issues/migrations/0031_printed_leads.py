"""Which articles an edition shows large on the page of its issue."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0045_leads_of_an_issue"),
        ("issues", "0030_demo"),
    ]
    operations = [
        migrations.AddField(
            "printedarticle",
            "lead",
            models.PositiveSmallIntegerField("头条", null=True, blank=True),
        ),
        migrations.AddConstraint(
            "printedarticle",
            models.UniqueConstraint(fields=("edition", "lead"), name="printed_one_a_lead"),
        ),
        migrations.AddConstraint(
            "printedarticle",
            models.CheckConstraint(
                condition=models.Q(lead__isnull=True)
                | models.Q(lead__isnull=False, lead__in=[1, 2]),
                name="printed_lead_is_first_or_second",
            ),
        ),
    ]
