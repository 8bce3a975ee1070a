"""The long lists of the desk are read from indexes in the order in which they are shown."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0034_notices_of_assigning"),
        ("issues", "0018_signer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["-stage_since", "-id", "status", "contributor"], name="article_list"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["title", "status", "contributor"], name="article_by_title"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["submitted_at", "status", "contributor"], name="article_submitted"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-updated_at"], name="article_changed"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["-created_at", "-id"], name="notice_newest"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("given_up_at__isnull", False)),
                fields=["-given_up_at"],
                name="notice_undelivered",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["-decided_at", "-id"], name="review_newest"),
        ),
    ]
