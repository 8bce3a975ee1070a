"""Names as they were printed: text that a rename or a merger of the row behind it leaves alone."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from servicejournal import spelling


class PrintedNameField(models.CharField):
    """The name of the row that `source` refers to, as it was when that was set.

    `pre_save` takes it, so `create` and `bulk_create` pass through too: whenever the relation is
    another one than was loaded, and nobody gave the name that is printed. A plain CharField in
    migrations.
    """

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        own = {"max_length": spelling.MAX_NAME, "blank": True, "editable": False}
        super().__init__(*args, **{**own, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        loaded: dict[str, Any] = getattr(model_instance, "as_loaded", {})
        key = f"{self.source}_id"
        refers_to = getattr(model_instance, key)
        name: str = getattr(model_instance, self.attname)
        is_given = name != loaded.get(self.attname, "")
        is_known = key in loaded or model_instance._state.adding
        if is_known and refers_to != loaded.get(key) and not is_given:
            name = getattr(model_instance, self.source).name if refers_to else ""
            setattr(model_instance, self.attname, name)
        return name

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
