"""The telephone whose secret is sealed: the same table, read through a class of our own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("otp_totp", "0003_add_timestamps"),
        ("servicejournal", "0027_fees_left_the_masthead"),
    ]

    operations = [
        migrations.CreateModel(
            name="Telephone",
            fields=[],
            options={
                "verbose_name": "动态口令的手机",
                "verbose_name_plural": "动态口令的手机",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("otp_totp.totpdevice",),
        ),
    ]
