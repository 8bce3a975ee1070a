"""How long texts of a section usually are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0003_call"),
    ]

    operations = [
        migrations.AddField(
            model_name="section",
            name="longest",
            field=models.PositiveIntegerField(
                blank=True, help_text="字数。", null=True, verbose_name="一般不超过"
            ),
        ),
        migrations.AddField(
            model_name="section",
            name="shortest",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="字数，不含空格。写稿时显示在字数旁边。",
                null=True,
                verbose_name="一般不少于",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shortest__isnull", True),
                    ("longest__isnull", True),
                    ("shortest__lte", models.F("longest")),
                    _connector="OR",
                ),
                name="section_usual_length_is_a_range",
                violation_error_message="“一般不少于”不能大于“一般不超过”。",
            ),
        ),
    ]
