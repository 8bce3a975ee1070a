"""The writer's form: what can be wrong with what was typed, and how to say it."""

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.formsets import BaseFormSet, formset_factory

from servicejournal import offering, spelling
from servicejournal.models import User

from ..authorship import Byline
from ..bodies import html, layout
from ..bodies.fields import CONTROL_CHARACTERS, RichTextFormField, without_control_characters
from ..models import Article, Author, Branch, Call, Section
from ..pictures import taking
from . import attachments
from .text import UNTITLED, Text

MAX_AUTHORS = 20
#: Empty rows for authors below those that are filled.
SPARE_ROWS = 2
_ONE_A_ROW = "一行写一位作者，其他作者写在下面的空行里；是同一位，请去掉姓名中间的空格。"
_BETWEEN_NAMES = re.compile(r"[、，,;；/／|]")


class TextField(forms.CharField):
    """Text as typed, without what nobody sees. Too long is said in words, and nothing is cut."""

    default_error_messages = {"null": CONTROL_CHARACTERS}

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.limit = max_length

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if "\x00" in text:
            raise ValidationError(self.error_messages["null"], code="null")
        return self.tidied(html.visible(text))

    def tidied(self, text: str) -> str:
        return text.strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                f"{self.label}有 {len(value)} 个字，最多 {self.limit} 个字，请缩短。", code="long"
            )

    def bound_data(self, data: Any, initial: Any) -> Any:
        return without_control_characters(super().bound_data(data, initial))


class LineField(TextField):
    def tidied(self, text: str) -> str:
        return " ".join(text.split())


class AuthorForm(forms.Form):
    """One row of the byline. A row without name and branch is no author."""

    name = LineField(label="姓名", max_length=40)
    branch = forms.ChoiceField(
        label="单位", required=False, error_messages={"invalid_choice": "请从列表里选一个单位。"}
    )

    def __init__(self, *args: Any, branches: dict[str, Branch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branches = branches
        names = [(pk, branch.name) for pk, branch in branches.items()]
        offering.these(self, "branch", [("", "（不署单位）"), *names])

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].lstrip("◎ ")
        if _BETWEEN_NAMES.search(name) or spelling.seems_two_people(name):
            raise ValidationError(_ONE_A_ROW, code="several")
        return spelling.name(name) if name else ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("branch") and data.get("name") == "":
            self.add_error("name", "请写上这位作者的姓名；不要这一位，就把单位也清空。")
        return data

    def byline(self) -> Byline | None:
        name = self.cleaned_data.get("name")
        branch = self.branches.get(self.cleaned_data.get("branch", ""))
        return Byline(name, branch) if name else None


def is_taken_off(row: AuthorForm) -> bool:
    return bool(row.cleaned_data.get("DELETE"))


class BaseAuthorFormSet(BaseFormSet):
    default_error_messages = {
        "missing_management_form": "作者一栏没有传完整，请刷新页面后再填。",
        "too_many_forms": f"最多写 {MAX_AUTHORS} 位作者。",
    }

    def add_fields(self, form: AuthorForm, index: int | None) -> None:
        super().add_fields(form, index)
        number = (index or 0) + 1
        order = forms.IntegerField(
            label="次序",
            required=False,
            min_value=1,
            max_value=999,
            initial=number,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value"), "次序请写 1 到 999 的数字。"
            ),
        )
        form.fields["ORDER"] = order

    def bylines(self) -> tuple[Byline, ...]:
        """Those with a name, by their numbers; rows without a number come last."""
        kept = [form for form in self.forms if not is_taken_off(form)]
        kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or 1000)
        return tuple(filter(None, (form.byline() for form in kept)))


AuthorFormSet = cast(
    type[BaseAuthorFormSet],
    formset_factory(
        AuthorForm,
        formset=BaseAuthorFormSet,
        extra=SPARE_ROWS,
        max_num=MAX_AUTHORS,
        absolute_max=MAX_AUTHORS + 10,
        validate_max=True,
        can_order=True,
        can_delete=True,
    ),
)


class TokensField(forms.Field):
    """Tokens of files that were brought in; whatever else was sent is no token."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> tuple[uuid.UUID, ...]:
        return attachments.tokens_in(value or "")

    def bound_data(self, data: Any, initial: Any) -> str:
        return " ".join(map(str, self.to_python(data)))


class KeptChoiceField(forms.ModelChoiceField):
    """What the manuscript has it may keep, and nobody has to be asked whether that is there."""

    kept: Model | None = None

    def offer(self, rows: QuerySet[Any], *, kept: Model | None) -> None:
        self.queryset, self.kept = rows, kept

    @property
    def has_rows(self) -> bool:
        return self.queryset is not None and self.queryset.exists()

    def to_python(self, value: Any) -> Any:
        if self.kept and str(value) == str(self.kept.pk):
            return self.kept
        return super().to_python(value)


class ManuscriptForm(forms.Form):
    """Title, section, call, body, note and, as `authors`, the byline. Half a text may be saved."""

    max_pictures = taking.MAX_IN_A_MANUSCRIPT
    form_id = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "这个表单不完整，请刷新页面后再填。"},
    )
    attachment = TokensField(required=False)
    title = LineField(label="标题", max_length=120)
    section = KeptChoiceField(
        label="想投的栏目",
        queryset=None,
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "这个栏目现在不收稿，请另选一个。"},
    )
    call = KeptChoiceField(
        label="应征",
        queryset=None,
        required=False,
        blank=True,
        empty_label="自由来稿",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "这次征稿已经结束，请另选，或选“自由来稿”。"},
    )
    body = RichTextFormField(label="正文", required=False)
    note = TextField(
        label="给编辑的话",
        max_length=1000,
        help_text="稿件的来龙去脉、希望编辑留意的地方。只有编辑部看得到，不会刊出。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        by: User,
        article: Article | None = None,
        bylines: tuple[Byline, ...] = (),
        call: str = "",
        beside: Mapping[str, Sequence[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        """`bylines` are those of the manuscript, `call` the id of the one that a new one is to
        answer; `beside` is what is wrong with files that came along: part of the page → sentences.
        """
        self.call_is_over = bool(call) and not _is_open_call(call)
        call = "" if self.call_is_over else call
        initial = _written(article) if article else {"form_id": uuid.uuid4(), "call": call}
        super().__init__(data, initial=initial, **kwargs)
        self.beside = beside or {}
        self._choice("section").offer(_sections(article), kept=article and article.section)
        self._choice("call").offer(_calls(article), kept=article and article.call)
        self.authors = AuthorFormSet(
            data,
            initial=None if self.is_bound else _rows(bylines, by),
            prefix="authors",
            form_kwargs={"branches": (branches := _branches(article, by))},
        )
        self.no_branches = not branches

    def _choice(self, name: str) -> KeptChoiceField:
        field = self.fields[name]
        if not isinstance(field, KeptChoiceField):
            raise TypeError(f"{name} is no choice among rows")
        return field

    @property
    def offers_calls(self) -> bool:
        """There is something to choose beside 自由来稿."""
        return self._choice("call").has_rows

    def is_valid(self) -> bool:
        own = super().is_valid()
        return self.authors.is_valid() and own and not self.beside

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if too_many := taking.too_many_in(body):
            raise ValidationError(too_many, code="pictures")
        return body

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        # The page's last field: without it the connection broke off, and more may be missing.
        if "base" in self.data and "end" not in self.data:
            raise ValidationError("传到一半断了，请再存一次。", code="half")
        empty = not data.get("title") and not data.get("body")
        if empty and not self.has_error("title") and not self.has_error("body"):
            self.add_error("title", "请先写标题，或者写一点正文，再保存。")
        return data

    def complain(self, lacking: dict[str, str]) -> None:
        """Shows what `handing_in.missing` found beside the fields."""
        for name, sentence in lacking.items():
            if name == "authors":
                self.authors.non_form_errors().append(sentence)
            else:
                self.add_error(name, sentence)

    def text(self) -> Text:
        data = self.cleaned_data
        return Text(
            title=data["title"],
            section=data["section"],
            call=data["call"],
            body=data["body"],
            note=data["note"],
            bylines=self.authors.bylines(),
            attachments=data["attachment"],
        )

    def faults(self) -> list[tuple[str, str]]:
        """(id of the place, sentence) of everything that is to be done, in the page's order."""
        whole = [*self.non_field_errors(), *self.errors.get("form_id", [])]
        found = [("content", sentence) for sentence in whole]
        found += self._faults_beside("word")
        found += self._faults_of("title", "body")
        found += self._faults_beside("pictures")
        return [*found, *self._author_faults(), *self._faults_of("call", "section", "note")]

    def _faults_of(self, *names: str) -> list[tuple[str, str]]:
        return [
            (f"field-{name}", str(sentence))
            for name in names
            for sentence in self.errors.get(name, [])
        ]

    def _faults_beside(self, part: str) -> list[tuple[str, str]]:
        return [(f"field-{part}", sentence) for sentence in self.beside.get(part, ())]

    def _author_faults(self) -> list[tuple[str, str]]:
        if not self.authors.is_bound:
            return []
        found = [("field-authors", str(each)) for each in self.authors.non_form_errors()]
        for number, row in enumerate(self.authors.forms, start=1):
            if not is_taken_off(row):
                place = row["name"].id_for_label
                sentences = (each for errors in row.errors.values() for each in errors)
                found += [(place, f"第 {number} 位作者：{each}") for each in sentences]
        return found


def _written(article: Article) -> dict[str, Any]:
    return {
        "title": "" if article.title == UNTITLED else article.title,
        "section": article.section_id,
        "call": article.call_id,
        "body": layout.a_block_a_line(article.body),
        "note": article.note,
    }


def _sections(article: Article | None) -> QuerySet[Section]:
    """Those that are open, and the one that the manuscript has."""
    chosen = [article.section_id] if article and article.section_id else []
    return Section.objects.open_to_writers() | Section.objects.filter(pk__in=chosen)


def _is_open_call(pk: str) -> bool:
    """Whether this is the id of a call that takes manuscripts; anything may come from outside."""
    whole = pk.isascii() and pk.isdecimal() and len(pk) < 19
    return whole and Call.objects.open().filter(pk=int(pk)).exists()


def _calls(article: Article | None) -> QuerySet[Call]:
    """Those that are open, and the one that the manuscript answers."""
    chosen = [article.call_id] if article and article.call_id else []
    return Call.objects.open() | Call.objects.filter(pk__in=chosen)


def _branches(article: Article | None, by: User) -> dict[str, Branch]:
    """Those that are there, and those that the manuscript or the writer had."""
    kept = Branch.objects.filter(authors__user=by) | Branch.objects.filter(users=by)
    if article:
        kept |= Branch.objects.filter(authorships__article=article)
    branches = Branch.objects.active() | Branch.objects.filter(pk__in=kept.values("pk"))
    return {str(branch.pk): branch for branch in branches}


def _rows(bylines: tuple[Byline, ...], by: User) -> list[dict[str, Any]]:
    """The first byline is the writer's own, with the branch of the account, or of its author."""
    if bylines:
        return [{"name": each.name, "branch": each.branch and each.branch.pk} for each in bylines]
    own = Author.objects.filter(user=by).first()
    branch = by.branch_id or (own and own.branch_id)
    return [{"name": own.name if own else by.name, "branch": branch}]
