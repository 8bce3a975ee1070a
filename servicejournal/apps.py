"""The ground app."""

from django.apps import AppConfig


class ServiceJournalConfig(AppConfig):
    name = "servicejournal"
    verbose_name = "刊物与账号"

    def ready(self) -> None:
        from . import checks  # noqa: F401  registers the system checks
        from .standing import reporting

        reporting.begin()
