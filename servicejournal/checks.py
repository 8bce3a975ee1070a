"""Wrong configuration is a system check with an id and a hint."""

from django.conf import settings
from django.core.checks import Error, register


@register
def reader_access_is_known(app_configs, **kwargs) -> list[Error]:
    if settings.READER_ACCESS in ("public", "members"):
        return []
    return [
        Error(
            f"READER_ACCESS is “{settings.READER_ACCESS}”.",
            hint="Set it to “public” (anybody reads) or “members” (readers sign in).",
            id="servicejournal.E001",
        )
    ]
