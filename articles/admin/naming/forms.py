"""New branches and authors: what is there already under another spelling is not made twice."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.models import Author, Branch
from articles.slugs import free_slug
from servicejournal import spelling
from servicejournal.web.kept import FillsAgain

_ONE_OR_TWO = (
    "是同一个人，不用再建，已经有两位的请用“合并”；是另一个人，请在这里写上怎样区分，比如“二”或部门，"
    "不会印出来。"
)


class BranchForm(FillsAgain, forms.ModelForm):
    """The address may be left to us: it is the name in pinyin, which is then free."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "可以不填，照名称的拼音起，如 jingyue-zhihang。"

    def clean_slug(self) -> str:
        name = self.cleaned_data.get("name", "")
        slug: str = self.cleaned_data["slug"]
        return slug or (free_slug(name, Branch.objects.all()) if name else "")

    def clean_name(self) -> str:
        name = spelling.branch(self.cleaned_data["name"])
        folded = spelling.folded(name)
        others = Branch.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        there = next((other for other in others if spelling.folded(other) == folded), None)
        if there:
            raise ValidationError(
                f"已经有单位“{there}”了，不用再建。要换写法，请打开它，用“改名”。", code="there"
            )
        return name


class AuthorForm(FillsAgain, forms.ModelForm):
    def clean_name(self) -> str:
        return spelling.name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Two of one name in one branch are told apart before they are two."""
        super().clean()
        data = self.cleaned_data
        if self.instance.pk and not {"branch", "namesake"} & set(self.changed_data):
            return data
        name, namesake = data.get("name", self.instance.name), data.get("namesake", "")
        there = Author.objects.exclude(pk=self.instance.pk).filter(branch=data.get("branch"))
        names = there.filter(namesake=namesake).values_list("name", flat=True)
        folded = spelling.folded(name)
        if other := next((each for each in names if spelling.folded(each) == folded), None):
            who = f"{data.get('branch') or '没有单位的作者里'}已有一位“{other}”{namesake}"
            self.add_error("namesake", f"{who}。{_ONE_OR_TWO}")
        return data
