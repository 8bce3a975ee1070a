"""Three looks for a message: light colours only, because the platform recolours them by night.

Type is dark enough that it turns it round: what is only half dark it leaves as it is, and nobody
can read that on its night's ground.
"""

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
        soft="#5d564e",
        accent="#86201b",
        line="#e4d9c8",
        heading="border-left:4px solid #86201b;padding-left:10px;text-align:left",
        rubric="color:#86201b;letter-spacing:2px",
    ),
    "ink": Theme(
        name="墨色",
        ink="#2b2b2b",
        soft="#595959",
        accent="#2b2b2b",
        line="#dddddd",
        heading="border-bottom:2px solid #2b2b2b;padding-bottom:6px;text-align:center",
        rubric="color:#2b2b2b;letter-spacing:4px;text-align:center",
    ),
    "bamboo": Theme(
        name="竹青",
        ink="#38403a",
        soft="#525c56",
        accent="#2f6148",
        line="#d5e2d9",
        heading="background-color:#eef5f0;color:#1f4a36;padding:6px 12px;border-radius:4px",
        rubric="color:#2f6148;letter-spacing:2px",
    ),
}
