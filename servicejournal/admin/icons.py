"""A yes or no of the admin: Django names its picture True, False or None, in no language."""

from django.contrib.admin.templatetags import admin_list
from django.templatetags.static import static
from django.utils.html import format_html

_NAMED = {True: ("yes", "是"), False: ("no", "否"), None: ("unknown", "未知")}


def icon(value: bool | None) -> str:
    name, word = _NAMED[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), word)


# Lists and pages alike ask this one function of the admin's, which no setting replaces.
vars(admin_list)["_boolean_icon"] = icon
