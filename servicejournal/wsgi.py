"""The WSGI entry point."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")
application = get_wsgi_application()
application = import_string(settings.BEFORE_DJANGO)(application)
