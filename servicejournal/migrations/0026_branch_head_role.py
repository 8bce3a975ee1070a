"""单位负责人 is a role. The way back takes it from whoever has it: nothing else knows it there."""

from typing import Any

from django.db import migrations, models


def forget(apps: Any, schema_editor: Any) -> None:
    for name in ("ClaimRule", "RoleRequest", "RoleGrant"):
        apps.get_model("servicejournal", name).objects.filter(role="branch_head").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0025_turns"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="rolegrant",
            name="rolegrant_role_is_known",
        ),
        migrations.AlterField(
            model_name="claimrule",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("contributor", "投稿人"),
                    ("editor", "编辑（初审）"),
                    ("senior_editor", "副主编（复审）"),
                    ("branch_head", "单位负责人"),
                    ("auditor", "审计员"),
                ],
                help_text="主编、管理员要两个人授予，不能由单点登录给。",
                max_length=20,
                verbose_name="角色",
            ),
        ),
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(
                choices=[
                    ("contributor", "投稿人"),
                    ("editor", "编辑（初审）"),
                    ("senior_editor", "副主编（复审）"),
                    ("chief_editor", "主编（终审、签发）"),
                    ("branch_head", "单位负责人"),
                    ("auditor", "审计员"),
                    ("administrator", "管理员"),
                ],
                max_length=20,
                verbose_name="角色",
            ),
        ),
        migrations.AlterField(
            model_name="rolerequest",
            name="role",
            field=models.CharField(
                choices=[
                    ("contributor", "投稿人"),
                    ("editor", "编辑（初审）"),
                    ("senior_editor", "副主编（复审）"),
                    ("chief_editor", "主编（终审、签发）"),
                    ("branch_head", "单位负责人"),
                    ("auditor", "审计员"),
                    ("administrator", "管理员"),
                ],
                max_length=20,
                verbose_name="角色",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "contributor",
                            "editor",
                            "senior_editor",
                            "chief_editor",
                            "branch_head",
                            "auditor",
                            "administrator",
                        ],
                    )
                ),
                name="rolegrant_role_is_known",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget),
    ]
