"""Who wrote a comment may change it until somebody else has seen it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_notice_waits"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="read_at",
            field=models.DateTimeField(
                blank=True,
                help_text="同事或作者第一次看到；在那以前可以改、可以删。",
                null=True,
                verbose_name="别人看过",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="作者看过"),
        ),
    ]
