"""A form of the admin carries what it was made from: over a newer row nothing is saved unseen."""

import hashlib
import json
from typing import Any

from django import forms
from django.db.models import Model

from .kept import FillsAgain

_CHANGED = "您打开以后，别人改过这一项，为了不盖掉，这次没有保存。您填的都在，和现在不同的在下面。"


class MadeFrom(FillsAgain):
    """For model forms. The page sends `base`, and, where somebody has seen both, `over`."""

    instance: Any
    fields: dict[str, forms.Field]
    data: Any
    #: (what it is, as it stands now, as it was typed): only what differs.
    beside: tuple[tuple[str, str, str], ...] = ()
    newest = ""

    @property
    def made_from(self) -> str:
        """What the page sends back; "" of a new row."""
        sent: str = self.data.get("base", "")[:64]
        return sent or (self._digest(self.instance) if self.instance.pk else "")

    def clean(self) -> Any:
        """Under a lock until the request's transaction ends, so that nobody comes between."""
        data = super().clean()
        seen = self.data.get("over") or self.data.get("base")
        rows = type(self.instance)._default_manager.filter(pk=self.instance.pk)
        now = rows.select_for_update(of=("self",)).first() if seen and self.instance.pk else None
        if now is not None and self._digest(now) != seen:
            self.newest, self.beside = self._digest(now), tuple(self._differing(now))
            raise forms.ValidationError(_CHANGED, code="stale")
        return data

    def _names(self) -> list[str]:
        known = {field.name for field in self.instance._meta.concrete_fields}
        return [name for name in self.fields if name in known]

    def _digest(self, row: Model) -> str:
        stored = {each.name: str(each.value_from_object(row)) for each in row._meta.concrete_fields}
        said = {name: stored[name] for name in self._names()}
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def _differing(self, now: Model) -> Any:
        for name in self._names():
            stands, typed = getattr(now, name), self._typed(name)
            if str(stands or "") != str(typed or ""):
                yield str(self.fields[name].label), _shown(stands), _shown(typed)

    def _typed(self, name: str) -> Any:
        cleaned: dict[str, Any] = vars(self).get("cleaned_data", {})
        return cleaned[name] if name in cleaned else self.data.get(name, "")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value if value is not None else "")
