"""Who is signed in where: sessions that know whose they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0022_passwords_as_they_are"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "account_pk",
                    models.BigIntegerField(db_index=True, null=True, verbose_name="账号编号"),
                ),
                ("began_at", models.DateTimeField(null=True, verbose_name="登录时间")),
                ("seen_at", models.DateTimeField(auto_now=True, verbose_name="最近")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="来自")),
                ("browser", models.CharField(blank=True, max_length=300, verbose_name="浏览器")),
            ],
            options={
                "verbose_name": "登录",
                "verbose_name_plural": "登录",
            },
        ),
    ]
