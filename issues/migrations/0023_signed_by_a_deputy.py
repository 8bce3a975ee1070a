import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0039_deputy_of_the_chief"),
        ("issues", "0022_plainer_words_of_a_proof"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalissue",
            name="published_deputy",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="articles.deputy",
                verbose_name="发布时代行",
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="signed_off_deputy",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="articles.deputy",
                verbose_name="签发时代行",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="published_deputy",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.deputy",
                verbose_name="发布时代行",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="signed_off_deputy",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.deputy",
                verbose_name="签发时代行",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_off_deputy__isnull", True),
                    ("signed_off_at__isnull", False),
                    _connector="OR",
                ),
                name="issue_deputy_signed_it_off",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_deputy__isnull", True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="issue_deputy_published_it",
            ),
        ),
    ]
