"""What an issue states of itself: one list, that forms, faces, archive and restore read. Pure.

A new line of it needs a field of that name in `models.Issue` and in `exports.shape`; a test names
what is forgotten.
"""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Where it stands on the page of the issue's facts."""

    NUMBER = "本期信息"
    COVER = "封面"
    COLOPHON = "版权页"


@dataclass(frozen=True, slots=True)
class Fact:
    """`name` is that of the field; `line` stands before it in the colophon, "" for what has no line
    there.
    """

    name: str
    part: Part
    line: str = ""
    #: A new issue takes it from the masthead.
    of_masthead: bool = False
    #: It is worn (`exports.shape.Face`): it may change without another reading of the proofs.
    is_worn: bool = False
    #: Changed by 更正 once the issue is out.
    is_corrected: bool = False
    #: 《内部资料性出版物管理办法》 wants it on the cover or in the colophon.
    is_demanded: bool = False


def _number(name: str) -> Fact:
    return Fact(name, Part.NUMBER)


def _cover(name: str) -> Fact:
    return Fact(name, Part.COVER, is_corrected=True)


def _look(name: str) -> Fact:
    return Fact(name, Part.COVER, is_worn=True)


def _maker(name: str, line: str, *, demanded: bool = False) -> Fact:
    """Who makes the journal: mostly the same in every issue."""
    return Fact(
        name, Part.COLOPHON, line, of_masthead=True, is_corrected=True, is_demanded=demanded
    )


#: In the order in which pages have them.
ALL = (
    *map(_number, ("kind", "year", "number", "last_number", "running_number", "after", "date")),
    *map(_cover, ("theme", "standfirst", "cover_lines")),
    Fact("slogan", Part.COVER, of_masthead=True, is_corrected=True),
    *map(_look, ("cover_layout", "cover_motif", "cover_colours")),
    _maker("compiled_by", "编印单位", demanded=True),
    Fact("editors", Part.COLOPHON, "责任编辑", is_worn=True, is_corrected=True),
    Fact("proofreaders", Part.COLOPHON, "校对", is_worn=True, is_corrected=True),
    _maker("telephone", "电话"),
    _maker("website", "网址"),
    _maker("submissions_to", "投稿邮箱"),
    _maker("permit", "准印证号", demanded=True),
    _maker("notice", "声明", demanded=True),
    _maker("distributed_to", "发送对象", demanded=True),
    _maker("printed_by", "印刷单位", demanded=True),
    Fact("printed_on", Part.COLOPHON, "印刷日期", is_corrected=True, is_demanded=True),
    _maker("copies", "印数", demanded=True),
)  # fmt: skip

BY_NAME = {fact.name: fact for fact in ALL}
#: Names, for those who take fields by name.
COLOPHON = tuple(fact.name for fact in ALL if fact.part is Part.COLOPHON)
WORN = tuple(fact.name for fact in ALL if fact.is_worn)
PRINTED = tuple(fact.name for fact in ALL if not fact.is_worn)
OF_MASTHEAD = tuple(fact.name for fact in ALL if fact.of_masthead)
CORRECTED = tuple(fact.name for fact in ALL if fact.is_corrected)
DEMANDED = tuple(fact for fact in ALL if fact.is_demanded)
#: Dates: text where they are stored or sent as JSON.
DATES = ("date", "printed_on")
#: The words that the law gives for a `notice`.
NOTICE = "内部资料　免费交流"
