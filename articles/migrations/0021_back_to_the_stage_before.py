"""A reviewer gives a manuscript back to the stage before, with a reason (退回上一级)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_notices_after_publication"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="review", name="review_is_whole"),
        migrations.AlterField(
            model_name="review",
            name="decision",
            field=models.CharField(
                choices=[
                    ("pass", "通过"),
                    ("return", "退修"),
                    ("reject", "退稿"),
                    ("hold", "备用"),
                    ("back", "退回上一级"),
                ],
                max_length=10,
                verbose_name="决定",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage__in", ["first", "second", "final"]),
                    ("decision__in", ["pass", "return", "reject", "hold", "back"]),
                    models.Q(("digest", ""), _negated=True),
                ),
                name="review_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "back"), _negated=True),
                    models.Q(
                        models.Q(("note", ""), _negated=True),
                        ("stage__in", ["second", "final"]),
                    ),
                    _connector="OR",
                ),
                name="review_back_gives_a_reason_and_has_a_stage_before_it",
            ),
        ),
    ]
