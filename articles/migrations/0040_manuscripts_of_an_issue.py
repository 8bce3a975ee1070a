from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0039_deputy_of_the_chief"),
        ("issues", "0023_signed_by_a_deputy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["status", "issue"], name="article_of_an_issue"),
        ),
    ]
