"""Names that a signed issue prints: they wait until it is out, or its signing is taken back."""

from typing import Any, ClassVar

from django import forms

from articles.models import Article


class PrintedNamesForm(forms.ModelForm):
    """Of a section, a branch or an author."""

    #: What an issue prints of it, or is ordered by.
    PRINTED: ClassVar[tuple[str, ...]] = ("name",)
    #: From an article to it.
    PATH: ClassVar[str]

    def clean(self) -> dict[str, Any]:
        super().clean()
        changed = [name for name in self.changed_data if name in self.PRINTED]
        if self.instance.pk and changed:
            signed = Article.objects.signed_and_not_out().filter(**{self.PATH: self.instance.pk})
            if article := signed.select_related("issue").first():
                self.add_error(changed[0], f"《{article.title}》印着它。{article.why_frozen}")
        return self.cleaned_data


class SectionForm(PrintedNamesForm):
    PRINTED = ("name", "name_en", "slug", "order", "is_preamble")
    PATH = "section"


class BranchForm(PrintedNamesForm):
    PATH = "authorships__branch"


class AuthorForm(PrintedNamesForm):
    PATH = "authorships__author"
