"""Sections that a signed issue prints wait until it is out, or its signing is taken back.

The names of branches and authors need not: bylines hold them as they are printed.
"""

from typing import Any

from django import forms

from articles.models import Article

#: What an issue prints of a section, or is ordered by.
_PRINTED = ("name", "name_en", "slug", "order", "is_preamble")


class SectionForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        super().clean()
        changed = [name for name in self.changed_data if name in _PRINTED]
        if self.instance.pk and changed:
            signed = Article.objects.signed_and_not_out().filter(section=self.instance.pk)
            if article := signed.select_related("issue").first():
                self.add_error(changed[0], f"《{article.title}》印着它。{article.why_frozen}")
        return self.cleaned_data
