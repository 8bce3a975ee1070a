"""Choosing one of many rows by typing its name, and civil to whatever is sent in its place."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest

from servicejournal.web.keys import is_key


class CivilAutocomplete(AutocompleteSelect):
    """Django asks the database for the row that was sent, to show its name; what is no key names
    none. That it is no choice is said by the field.
    """

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        keys = [each for each in value if is_key(str(each))]
        return super().optgroups(name, keys, attr)


class ChoosesCivilly(BaseModelAdmin):
    """For `autocomplete_fields` of an admin or an inline."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = CivilAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
