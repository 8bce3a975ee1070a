"""Whether an issue needs the consent of a leader before it is signed off."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0030_colophon_of_the_masthead"),
    ]

    operations = [
        migrations.AddField(
            model_name="masthead",
            name="leader_agrees",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="打开以后，每一期要有领导“同意付印”（送看链接里点，或在纸上签、由主编登记），才能签发。",
                verbose_name="付印要领导同意",
            ),
        ),
    ]
