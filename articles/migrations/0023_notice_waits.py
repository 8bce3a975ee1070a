"""What a decision tells waits as long as the decision may be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0022_retraction"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="not_before",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="在那以前可能撤回，页面上和信里都还不说。",
                null=True,
                verbose_name="几时告诉",
            ),
        ),
    ]
