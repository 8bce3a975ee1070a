from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "issues"
    verbose_name = "刊物：各期"

    def ready(self) -> None:
        from articles.reviewing import fees as estimates
        from servicejournal.privacy import own_data

        from . import checks  # noqa: F401  registers the system checks
        from .making import healing
        from .statistics import fees, payments

        healing.register()
        estimates.register(fees.estimate)
        own_data.register("稿酬", payments.own)
