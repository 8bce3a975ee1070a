"""Apps of others, configured: the branded admin, what is served as static files, the task queue."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django_otp.plugins.otp_static.apps import DefaultConfig as StaticCodesConfig
from django_otp.plugins.otp_totp.apps import DefaultConfig as TotpConfig
from django_tasks_db.apps import TasksAppConfig


class JournalAdminConfig(AdminConfig):
    default_site = "servicejournal.admin_site.JournalAdminSite"


# Plugins of CKEditor 4 with known holes or that call a cloud, and those that we do not use.
UNUSED_PLUGINS = (
    "about adobeair ajax autoembed bbcode codesnippet codesnippetgeshi devtools div divarea "
    "docprops embed embedbase embedsemantic exportpdf flash forms iframe iframedialog language "
    "mathjax pagebreak placeholder preview scayt sharedspace showblocks smiley sourcedialog "
    "specialchar stylesheetparser tableresize templates uicolor wsc xml"
).split()
_CKEDITOR = "ckeditor/ckeditor"


class JournalStaticFilesConfig(StaticFilesConfig):
    """Keeps out of what is served: CKEditor's samples, tests, and the plugins that we removed.

    Whole paths, because a bare name such as "forms" would take away folders of other apps.
    """

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *(f"{_CKEDITOR}/plugins/{plugin}/*" for plugin in UNUSED_PLUGINS),
        f"{_CKEDITOR}/samples/*",
        f"{_CKEDITOR}/plugins/*/samples/*",
        f"{_CKEDITOR}/plugins/*/dev/*",
        *(f"{_CKEDITOR}/{name}" for name in ("CHANGES.md", "README.md", "SECURITY.md")),
        f"{_CKEDITOR}/b*.js*",  # its build configuration
        "ckeditor/galleriffic/*",
    ]


class JournalTotpConfig(TotpConfig):  # type: ignore[misc]  # django-otp brings no types
    """Secrets of telephones are nobody's to look at; `admin.signing_in` has what there is to do."""

    verbose_name = "动态口令"

    def ready(self) -> None:
        super().ready()
        admin.site.unregister(self.get_model("TOTPDevice"))


class JournalStaticCodesConfig(StaticCodesConfig):  # type: ignore[misc]  # the same
    """Nor are recovery codes."""

    verbose_name = "恢复码"

    def ready(self) -> None:
        super().ready()
        admin.site.unregister(self.get_model("StaticDevice"))


class JournalTasksConfig(TasksAppConfig):
    """The queue stays behind the scenes: editors look at letters, not at tasks."""

    verbose_name = "后台任务"

    def ready(self) -> None:
        super().ready()
        admin.site.unregister(self.get_model("DBTaskResult"))
