"""Single sign-on: who somebody is there, and what its claims give."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0042_words_of_the_house_that_are_right"),
        ("servicejournal", "0023_visits"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "claim",
                    models.CharField(
                        help_text="令牌里的字段名，如 groups、department。",
                        max_length=60,
                        verbose_name="字段",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        help_text="字段等于它，或者字段是一串、里面有它，就算数。",
                        max_length=200,
                        verbose_name="值",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contributor", "投稿人"),
                            ("editor", "编辑（初审）"),
                            ("senior_editor", "副主编（复审）"),
                            ("auditor", "审计员"),
                        ],
                        help_text="主编、管理员要两个人授予，不能由单点登录给。",
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
            ],
            options={
                "verbose_name": "单点登录对照",
                "verbose_name_plural": "单点登录对照",
                "ordering": ["claim", "value", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=200, verbose_name="签发方")),
                ("subject", models.CharField(max_length=255, verbose_name="那边的编号")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="连上的时间"
                    ),
                ),
            ],
            options={
                "verbose_name": "单点登录身份",
                "verbose_name_plural": "单点登录身份",
            },
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="by_single_sign_on",
            field=models.BooleanField(default=False, editable=False, verbose_name="由单点登录"),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by_single_sign_on", False),
                    models.Q(
                        ("granted_by__isnull", True),
                        models.Q(("role__in", ["administrator", "chief_editor"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rolegrant_single_sign_on_gives_none_that_takes_two",
            ),
        ),
        migrations.AddField(
            model_name="claimrule",
            name="branch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.branch",
                verbose_name="单位",
            ),
        ),
        migrations.AddField(
            model_name="identity",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="identities",
                to=settings.AUTH_USER_MODEL,
                verbose_name="账号",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("branch__isnull", False), ("role", "")),
                    models.Q(models.Q(("role", ""), _negated=True), ("branch__isnull", True)),
                    _connector="OR",
                ),
                name="claimrule_gives_one_thing",
                violation_error_message="角色和单位请选一样，只选一样。",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["administrator", "chief_editor"]), _negated=True),
                name="claimrule_no_role_that_takes_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimrule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", ""), _negated=True),
                fields=("claim", "value", "role"),
                name="claimrule_role_once",
                violation_error_message="这一条已经有了。",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimrule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "")),
                fields=("claim", "value"),
                name="claimrule_one_branch",
                violation_error_message="这个值已经对着一个单位了。",
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.UniqueConstraint(
                fields=("issuer", "subject"), name="identity_is_one_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.UniqueConstraint(
                fields=("issuer", "user"), name="identity_one_an_account"
            ),
        ),
    ]
