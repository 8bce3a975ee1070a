"""What is chosen for a cover; each choice with a picture of what it is."""

import base64
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from articles.pictures import pixels
from issues import cover_pictures, covers
from issues.covers import CoverFacts
from issues.making import publication
from issues.making.covering import designing
from issues.models import Issue
from servicejournal.web.made_from import MadeFrom

_EDGES = {"left": "左", "top": "上", "width": "宽", "height": "高"}
_WHOLE = (0, 0, 100, 100)
#: Less of a picture is a blur over a page.
_LEAST = 5
_TURN = ("", "自动轮换")


class CropWidget(forms.MultiWidget):
    def __init__(self) -> None:
        numbers: dict[str, forms.Widget | type[forms.Widget]] = {
            edge: forms.NumberInput(attrs={"min": 0, "max": 100, "aria-label": f"{name}，百分之"})
            for edge, name in _EDGES.items()
        }
        super().__init__(numbers)

    def decompress(self, value: str | None) -> list[int]:
        return [int(part) for part in value.split()] if value else list(_WHOLE)


class CropField(forms.MultiValueField):
    """Left, top, width and height in hundredths of the picture."""

    def __init__(self) -> None:
        whole = [forms.IntegerField(min_value=0, max_value=100) for _ in _EDGES]
        super().__init__(fields=whole, label="取图的哪一块", required=False, widget=CropWidget())

    def compress(self, values: list[int | None]) -> str:
        given = [none if value is None else value
                 for value, none in zip(values or _WHOLE, _WHOLE, strict=True)]  # fmt: skip
        left, top, wide, high = given
        if min(wide, high) < _LEAST or left + wide > 100 or top + high > 100:
            raise ValidationError(
                "取的这一块在图的外面或太小：左加宽、上加高都不超过 100，宽和高至少 5。"
            )
        return "" if tuple(given) == _WHOLE else " ".join(map(str, given))


class CoverForm(MadeFrom, forms.ModelForm):
    cover_layout = forms.ChoiceField(
        label="版式",
        required=False,
        widget=forms.RadioSelect,
        choices=[_TURN, *covers.LAYOUT_NAMES.items()],
    )
    cover_motif = forms.ChoiceField(
        label="图案",
        required=False,
        widget=forms.RadioSelect,
        choices=[_TURN, *covers.MOTIF_NAMES.items(), (covers.OWN_PICTURE, "自己的图")],
    )
    cover_colours = forms.ChoiceField(
        label="配色",
        required=False,
        widget=forms.RadioSelect,
        choices=[_TURN, (covers.BY_SEASON, "随季节"), *covers.PALETTE_NAMES.items()],
    )
    cover_crop = CropField()
    pick = forms.MultipleChoiceField(
        label="从标题里选",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "您勾的文章里，有一篇已经不在本期了，请看过再选。"},
    )

    class Meta:
        model = Issue
        fields = designing.CHOSEN

    def __init__(self, *args: Any, titles: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = {str(pk): title for pk, title in titles}
        self.fields["pick"].choices = list(self.titles.items())  # type: ignore[attr-defined]
        told = self.fields["cover_lines"]
        told.widget.attrs |= {"rows": 5, "aria-label": "要目"}
        told.help_text = (
            "一行一个，三行为宜，次序就是封面上的次序。与标题相同的一行，标题改了也跟着改。"
        )

    def clean_cover_picture(self) -> Any:
        return self._encoded("cover_picture")

    def clean_cover(self) -> Any:
        return self._encoded("cover")

    def _encoded(self, name: str) -> Any:
        """Re-encoded like every picture that comes from outside."""
        upload = self.cleaned_data[name]
        if not upload or name not in self.changed_data:
            return upload
        try:
            data, suffix = pixels.encode_master(pixels.decode(upload.read()))
        except pixels.PictureRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return ContentFile(data, name=f"cover{suffix}")

    def clean(self) -> Any:
        super().clean()
        if reason := publication.locked(self.instance).why_frozen:
            raise ValidationError(reason, code="frozen")
        data = self.cleaned_data
        if data.get("cover_motif") == covers.OWN_PICTURE and not data.get("cover_picture"):
            self.add_error("cover_motif", "还没有图：请先选一张，或换一个图案。")
        lines = [line.strip() for line in data.get("cover_lines", "").splitlines() if line.strip()]
        picked = (self.titles[pk] for pk in data.get("pick", []))
        data["cover_lines"] = "\n".join([*lines, *(t for t in picked if t not in lines)])
        return data

    def again(self) -> "CoverForm":
        """The same with titles that were picked among the lines, over the row as it is now."""
        data = self.data.copy()
        data["cover_lines"] = self.cleaned_data["cover_lines"]
        data["base"] = self._digest(Issue.objects.get(pk=self.instance.pk))
        data.setlist("pick", [])
        titles = [(int(pk), title) for pk, title in self.titles.items()]
        return CoverForm(data, instance=self.instance, titles=titles)


def samples(facts: CoverFacts) -> dict[str, dict[str, str]]:
    """By field and choice: the address of a picture of it."""
    colours = covers.palette_of(facts)
    plain = replace(facts, has_picture=False, motif="" if facts.has_picture else facts.motif)
    return {
        "cover_layout": {
            name: picture(covers.draw(replace(plain, layout=name))) for name in covers.LAYOUT_NAMES
        },
        "cover_motif": {
            name: picture(covers.motif_sample(name, colours)) for name in covers.MOTIF_NAMES
        },
        "cover_colours": {
            name: picture(covers.palette_sample(name)) for name in covers.PALETTE_NAMES
        },
    }


def picture(data: str | bytes, kind: str = "image/svg+xml") -> str:
    raw = data.encode() if isinstance(data, str) else data
    return f"data:{kind};base64,{base64.b64encode(raw).decode()}"


def small(data: bytes, crop: str = "") -> bytes:
    """What a page shows of a picture. Raises `PictureRefused`."""
    image = cover_pictures.cropped(pixels.decode(data), crop, cover_pictures.WIDTH)
    return pixels.encode_rendition(image, "webp")
