"""Three looks for a message: light colours only, because the platform recolours them by night."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb; `heading` and `rubric` are the styles of a chapter and of its section."""

    name: str
    ink: str
    soft: str
    accent: str
    line: str
    heading: str
    rubric: str


THEMES = {
    "cinnabar": Theme(
        name="朱砂",
        ink="#333333",
        soft="#8a8178",
        accent="#a4231d",
        line="#e4d9c8",
        heading="border-left:4px solid #a4231d;padding-left:10px;text-align:left",
        rubric="color:#a4231d;letter-spacing:2px",
    ),
    "ink": Theme(
        name="墨色",
        ink="#2b2b2b",
        soft="#8c8c8c",
        accent="#2b2b2b",
        line="#dddddd",
        heading="border-bottom:2px solid #2b2b2b;padding-bottom:6px;text-align:center",
        rubric="color:#2b2b2b;letter-spacing:4px;text-align:center",
    ),
    "bamboo": Theme(
        name="竹青",
        ink="#38403a",
        soft="#86908a",
        accent="#3f7a5c",
        line="#d5e2d9",
        heading="background-color:#eef5f0;color:#2f6148;padding:6px 12px;border-radius:4px",
        rubric="color:#3f7a5c;letter-spacing:2px",
    ),
}
