"""An editor marks one or two articles of an issue that its page shows large: 头条, 次条."""

from django.db import migrations, models


def lead() -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(
        "头条", blank=True, null=True, editable=False, choices=[(1, "头条"), (2, "次条")]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0044_index_of_pieces"),
        ("issues", "0030_demo"),
    ]
    operations = [
        migrations.AddField("article", "lead", lead()),
        migrations.AddField("historicalarticle", "lead", lead()),
        migrations.AddConstraint(
            "article",
            models.CheckConstraint(
                condition=models.Q(lead__isnull=True)
                | models.Q(lead__isnull=False, lead__in=[1, 2], issue__isnull=False),
                name="article_lead_is_in_an_issue",
            ),
        ),
        migrations.AddConstraint(
            "article",
            models.UniqueConstraint(fields=("issue", "lead"), name="article_one_a_lead"),
        ),
    ]
