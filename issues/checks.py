"""What the print PDF needs of the machine."""

from typing import Any

from django.conf import settings
from django.core.checks import Warning, register

from servicejournal.standing import doctor

from .exports import pdf


@register
def fonts_are_there(app_configs: Any, **kwargs: Any) -> list[Warning]:
    try:
        pdf.fonts.find(settings.FONT_DIR)
    except pdf.FontsMissing:
        return [
            Warning(
                "No Chinese fonts in FONT_DIR; issues come out without a print PDF.",
                hint=(
                    "Put Noto Serif CJK SC and Noto Sans CJK SC there, or leave FONT_DIR empty: "
                    "then those of the system are taken, or those that come along."
                ),
                id="issues.W001",
            )
        ]
    return []


def _fonts() -> str:
    try:
        pdf.fonts.find(settings.FONT_DIR)
    except pdf.FontsMissing:
        return (
            "没有中文字体，做不出 PDF 和翻页版面。请安装思源宋体和思源黑体"
            "（Debian：apt-get install fonts-noto-cjk），或在 FONT_DIR 里写明字体目录。"
        )
    return ""


doctor.also("字体", _fonts)
