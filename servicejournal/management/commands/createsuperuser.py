"""Django's own `createsuperuser`, which the record knows too."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.db import transaction

from servicejournal import record
from servicejournal.accounts.granting import COMMAND_LINE
from servicejournal.models import User


class Command(createsuperuser.Command):
    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        there = set(User.objects.filter(is_superuser=True).values_list("pk", flat=True))
        super().handle(*args, **options)
        for made in User.objects.filter(is_superuser=True).exclude(pk__in=there):
            record.write("建立系统管理员", made, by=COMMAND_LINE)
