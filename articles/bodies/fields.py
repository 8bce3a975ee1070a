"""The rich-text field: the only importer of ckeditor, a plain TextField in migrations.

Another editor is a change of this one file.
"""

from collections.abc import Sequence
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.templatetags.static import static
from django.urls import reverse

from . import html

ALLOWED_CONTENT = (
    "p h2 h3 h4 ul li blockquote strong em sup sub table thead tbody tr caption figure figcaption "
    "br hr; ol[start]; td th[colspan,rowspan]; a[!href,title]; "
    # The two data attributes let CKEditor swap the placeholder of a picture that it uploads.
    "img[!src,alt,data-cke-upload-id,data-widget]; figure(image,caption)"
)

EDITOR = {
    "language": "zh-cn",
    "defaultLanguage": "zh-cn",
    "customConfig": "",
    "versionCheck": False,
    "height": 420,
    "width": "auto",
    "toolbar": [
        ["Format", "Bold", "Italic"],
        ["NumberedList", "BulletedList", "Blockquote"],
        ["Image", "Table", "Link", "Unlink"],
        ["PasteText", "RemoveFormat"],
        ["Undo", "Redo", "Find", "Maximize"],
    ],
    "format_tags": "p;h2;h3;h4",
    "allowedContent": ALLOWED_CONTENT,
    "entities": False,
    "removePlugins": (
        "exportpdf,scayt,wsc,flash,iframe,iframedialog,forms,preview,templates,codesnippet,"
        "codesnippetgeshi,about,smiley,div,language,newpage,pagebreak,print,save,sourcearea,"
        "stylescombo,stylesheetparser,bidi,colorbutton,font,justify,image,elementspath,specialchar,"
        "showblocks,contextmenu,tabletools,tableselection,liststyle"
    ),
    "extraPlugins": "image2,uploadimage,autogrow",
    "autoGrow_minHeight": 420,
    "autoGrow_maxHeight": 1200,
    "autoGrow_onStartup": True,
    "image2_alignClasses": None,
    "image2_disableResizer": True,
    "filebrowserUploadMethod": "xhr",
    "linkShowAdvancedTab": False,
    "linkShowTargetTab": False,
    "removeDialogTabs": "image:advanced;image:Link;link:advanced;link:target",
    "clipboard_handleImages": False,  # they are uploaded, not put into the text
    "disableNativeSpellChecker": False,
    "stylesSet": False,
    "pasteFromWordRemoveFontStyles": True,
    "pasteFilter": ALLOWED_CONTENT,
    "contentsLangDirection": "ltr",
    "contentsLanguage": "zh-Hans",
}


class RichTextWidget(CKEditorWidget):  # type: ignore[misc]  # django-ckeditor brings no types
    """CKEditor in Chinese, with our own configuration; a plain text area without JavaScript."""

    config: dict[str, Any]

    class Media:
        css = {"all": ["articles/editor.css"]}
        # The first two are the widget's own: named again, they stay before ours.
        js = [
            "ckeditor/ckeditor/ckeditor.js",
            "ckeditor/fixups.js",
            "articles/paste.js",
            "articles/editor.js",
        ]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = {**self.config, **EDITOR}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        upload = reverse("picture_upload")
        names = ("filebrowserImageUploadUrl", "uploadUrl", "imageUploadUrl")
        self.config |= dict.fromkeys(names, upload)
        sheets = ["css/tokens.css", "articles/contents.css"]
        self.config["contentsCss"] = [static(sheet) for sheet in sheets]
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context


#: Said where a text holds what no keyboard types and no database keeps.
CONTROL_CHARACTERS = "文字里混进了看不见的控制字符，已替您去掉，请看一遍，再保存一次。"


def without_control_characters(data: Any) -> Any:
    """What goes back into a form: as it was typed, but for what made it fail."""
    return html.visible(data) if isinstance(data, str) else data


class RichTextFormField(forms.CharField):
    """Gives clean HTML; what is refused is an error in Chinese beside the field."""

    widget = RichTextWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for validator in self.validators:
            if isinstance(validator, ProhibitNullCharactersValidator):
                validator.message = CONTROL_CHARACTERS

    def bound_data(self, data: Any, initial: Any) -> str:
        """A body that goes back into the editor is clean, or plain words where it was refused."""
        try:
            return html.clean(data or "")
        except html.Refused:
            return html.plain(data)

    def clean(self, value: Any) -> str:
        try:
            cleaned = html.clean(super().clean(value))
        except html.Refused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        if self.required and not cleaned:
            raise ValidationError(self.error_messages["required"], code="required")
        return cleaned


class RichTextField(models.TextField):
    """Cleaned HTML, whichever way it is written.

    `pre_save` cleans what `save`, `create` and `bulk_create` write, and the object in hand;
    `get_db_prep_save` what goes around it: `update` and `bulk_update`.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        cleaned = html.clean(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, cleaned)
        return cleaned

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(
            html.clean(value) if isinstance(value, str) else value, connection
        )

    def formfield(self, **kwargs: Any) -> forms.Field | None:  # type: ignore[override]
        # Django hands every argument on by name; its stubs list two of them.
        own: dict[str, Any] = {"form_class": RichTextFormField, **kwargs}
        return super().formfield(**{**own, "widget": RichTextWidget})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class LengthField(models.PositiveIntegerField):
    """The number of characters of a rich-text field, counted whenever that is written."""

    def __init__(self, *args: Any, source: str = "body", **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **{"default": 0, "editable": False, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> int:
        count = html.length(getattr(model_instance, self.source) or "")
        setattr(model_instance, self.attname, count)
        return count

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveIntegerField", args, kwargs
