from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "issues"
    verbose_name = "刊物：各期"

    def ready(self) -> None:
        from articles.reviewing import fees as estimates

        from . import checks  # noqa: F401  registers the system checks
        from .making import healing
        from .statistics import fees

        healing.register()
        estimates.register(fees.estimate)
