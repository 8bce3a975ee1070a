"""An issue may be closed to strangers: by whom, when and why, together."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0034_counting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalissue",
            name="access",
            field=models.CharField(
                choices=[("public", "公开"), ("members", "登录后可读")],
                default="public",
                editable=False,
                max_length=10,
                verbose_name="谁可以读",
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="closed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="关闭时间"
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="关闭人",
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="closed_why",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="不公开的理由"
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="access",
            field=models.CharField(
                choices=[("public", "公开"), ("members", "登录后可读")],
                default="public",
                editable=False,
                max_length=10,
                verbose_name="谁可以读",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="closed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="关闭时间"
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="关闭人",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="closed_why",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="不公开的理由"
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("access", "public"),
                        ("closed_at__isnull", True),
                        ("closed_by__isnull", True),
                        ("closed_why", ""),
                    ),
                    models.Q(
                        ("access", "members"),
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        models.Q(("closed_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="issue_closing_is_whole",
            ),
        ),
    ]
