"""Two of Django's own apps, configured: the branded admin, and what is served as static files."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class JournalAdminConfig(AdminConfig):
    default_site = "servicejournal.desk.JournalAdminSite"


# Plugins of CKEditor 4 with known holes or that call a cloud, and those that we do not use.
UNUSED_PLUGINS = (
    "adobeair ajax bbcode codesnippet codesnippetgeshi devtools div docprops embed embedbase "
    "embedsemantic autoembed exportpdf flash forms iframe iframedialog language mathjax pagebreak "
    "placeholder preview scayt smiley sourcedialog stylesheetparser templates uicolor wsc xml"
).split()


class JournalStaticFilesConfig(StaticFilesConfig):
    """Keeps out of what is served: CKEditor's samples, tests, and the plugins that we removed."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *UNUSED_PLUGINS,
        "samples",
        "galleriffic",
        "ckeditor-init.js.map",
        "*.md",
    ]
