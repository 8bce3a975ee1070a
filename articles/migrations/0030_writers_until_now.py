"""Who wrote a manuscript until now: the accounts of its authors, and those that the record names."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

#: The record of an account that was tied to an author, as it is written since there are accounts.
_TIED = ("关联作者", "取消关联作者")


def remember(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    users = apps.get_model("servicejournal", "User").objects
    record = apps.get_model("servicejournal", "Record").objects
    authors = apps.get_model("articles", "Author").objects
    accounts = set(authors.exclude(user=None).values_list("pk", "user"))
    told = record.filter(subject_type="articles.author", verb__in=_TIED)
    there = set(users.values_list("pk", flat=True))
    for author, what in told.values_list("subject_pk", "what"):
        if what.get("account") in there:
            accounts.add((author, what["account"]))
    for author, user in accounts:
        _wrote(apps, author, user)


def _wrote(apps: StateApps, author: int, user: int) -> None:
    signed = apps.get_model("articles", "Authorship").objects.filter(author=author)
    writer: Any = apps.get_model("articles", "Writer")
    rows = [writer(article_id=pk, user_id=user) for pk in signed.values_list("article", flat=True)]
    writer.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0029_writer"),
        ("servicejournal", "0009_generation"),
    ]

    operations = [
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
