"""Who wrote it: ◎南湖支行 卢青, 作者：卢青, （南湖支行 卢青）, at either end of a text."""

import re
from dataclasses import dataclass, field

from articles import bylines
from articles.bylines import Signature

from .inline import line_of, without_end
from .lines import Paragraph

_UNIT = r"(?:作者单位|所在单位|工作单位|供稿单位|报送单位|单位|部门|支行|机构)"
_PERSON = (
    r"(?:作者姓名|作者|笔名|姓名|投稿人|撰稿人?|撰文|供稿人?|执笔人?|文字?|文图|文/图|通讯员|署名"
    r"|摄影|图片?|供图)"
)
_LABELLED = re.compile(rf"(?P<label>{_UNIT}|{_PERSON})\s*[:：]\s*")
_CONTACT = re.compile(
    r"(?:作者|本人)?(?:联系方式|(?:联系|通讯)?(?:电话|手机号?码?|邮箱|电子邮[箱件]|E-?mail|微信号?"
    r"|地址|邮编))\s*[:：].*",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:[12]\d{3}|二[〇○零]\S{2})\s*[年./-]\s*\S{1,3}\s*[月./-](?:\s*\S{1,3}\s*日?)?\s*"
)
_AT_THE_END = re.compile(r"[(（]([^()（）]{2,50})[)）]\s*$")
_BETWEEN = re.compile(r"[\s、，,;；/／]+")
#: Other ways to set a line that signs: 【南湖支行 卢青】, [南湖支行]卢青, 南湖支行-卢青, ——卢青.
_FRAMED = re.compile(r"[【〔\[［]([^【〔\[［\]］〕】]{2,50})[\]］〕】]\s*(.{0,20})")
_JOINED = re.compile(r"(.{2,24}?)\s*[-_－＿—~～]+\s*(.{2,24})")
_LED = re.compile(r"(?:[—–\-－]{1,4}|[Bb][Yy]\b\s*[:：]?|BY\s*[:：]?)\s*(?=\S)")
_EACH_WITH_A_UNIT = re.compile(
    r"([^()（）、，,;；\s]{2,12})[(（]([^()（）]{2,20})[)）][、，,;；\s]*"
)
_EACH_WITH_A_ROLE = re.compile(r"([^\s/]{2,4})\s+(文|图|摄影)(?=\s|$)\s*")
#: （本刊记者 卢青 通讯员 何静）
_OF_THE_HOUSE = re.compile(r"(?:本刊|本报|特约)?(?:记者|通讯员)\s*[:：]?|[()（）]")
_PLATE = re.compile(r"(?:图|表|附件?|照片)\s*[\d一二三四五六七八九十]")
_LONGEST, _LONGEST_NAME = 60, 12
_SIGNING_MARKS = "◎◉⊙☉"


@dataclass(slots=True)
class Signed:
    """What is known so far, and what was taken from the text without becoming part of the form."""

    signatures: list[Signature] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)  # read as well as it could be
    unread: list[str] = field(default_factory=list)  # left in the text
    asides: list[str] = field(default_factory=list)  # 执笔, 摄影
    unit: str = ""  # named alone, above or below the names

    def add(self, found: list[Signature]) -> None:
        """A branch that stands alone is that of the names without one."""
        names = [one for one in found if one.name]
        unit = next((one.branch for one in found if one.branch and not one.name), "")
        known = {one.name for one in self.signatures}
        self.signatures += [one for one in names if one.name not in known]
        unit = unit or next((one.branch for one in names if one.name in known and one.branch), "")
        self.unit = unit or self.unit
        if self.unit:
            self.signatures = [
                Signature(one.branch or self.unit, one.name) for one in self.signatures
            ]


def read(text: str) -> list[Signature]:
    """The signatures of a line; empty where it is none."""
    text = text.strip()
    if len(text) > _LONGEST:
        return []
    return _read(text) or (_read(plain) if (plain := _plainly(text)) != text else [])


def _plainly(text: str) -> str:
    """As most lines that sign are set; what is no such line stays as it is."""
    if len(_OF_THE_HOUSE.findall(text)) > 2 and _OF_THE_HOUSE.match(text):
        return f"作者：{'、'.join(_OF_THE_HOUSE.sub(' ', text).split())}"
    if framed := _FRAMED.fullmatch(text):
        return f"{framed[1]} {framed[2]}".strip()
    if led := _LED.match(text):
        rest = text[led.end() :]
        is_by = led[0][0] in "bB" and any(one.name for one in bylines.read(f"◎{rest}"))
        is_sure = is_by or any(one.branch for one in bylines.read(rest))
        return f"作者：{rest}" if is_sure else text
    if (joined := _JOINED.fullmatch(text)) and is_unit(joined[1]):
        return f"{joined[1]} {joined[2]}"
    each = _EACH_WITH_A_UNIT.findall(text)
    if len(each) > 1 and not _EACH_WITH_A_UNIT.sub("", text):
        return "、".join(f"{unit} {name}" for name, unit in each)
    roles = _EACH_WITH_A_ROLE.findall(text)
    if len(roles) > 1 and not _EACH_WITH_A_ROLE.sub("", text):
        return " ".join(f"{role}/{name}" for name, role in roles)
    return text


def _read(text: str) -> list[Signature]:
    enclosed = re.fullmatch(r"[(（]([^()（）]{2,50})[)）]", text)
    inside = enclosed[1] if enclosed else text
    if found := _labelled(inside):
        return found
    signatures = bylines.read_enclosed(text) if enclosed else bylines.read(text)
    is_item = bylines.is_marked(text) and text[0] not in _SIGNING_MARKS
    is_sure = any(one.branch for one in signatures) or all(
        bylines.is_plainly_a_name(one.name) for one in signatures
    )
    return [] if is_item and not is_sure else list(signatures)


def _labelled(text: str) -> list[Signature]:
    """单位：南湖支行　作者：卢青、何静; either of the two alone as well."""
    start = _LABELLED.match(text)
    if not start:
        return []
    labels = list(_LABELLED.finditer(text))
    ends = [each.start() for each in labels[1:]] + [len(text)]
    unit, names = "", []
    for label, end in zip(labels, ends, strict=True):
        value = text[label.end() : end].strip(" \u3000、，,;；。")
        if re.fullmatch(_UNIT, label["label"]):
            unit = value if len(value) <= 30 else ""
        elif found := [one for one in bylines.read(f"◎{value}") if one.name]:
            names += found
        else:
            names += [Signature("", each) for each in _BETWEEN.split(value) if 0 < len(each) < 13]
    if names:
        return [Signature(one.branch or unit, one.name) for one in names]
    return [Signature(unit, "")] if unit else []


def is_unit(text: str) -> bool:
    """南湖支行, alone on its line."""
    found = bylines.read(f"◎{text}") if len(text) <= 24 else ()
    return len(found) == 1 and bool(found[0].branch) and not found[0].name


def is_contact(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_CONTACT.fullmatch(text))


def is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text))


def at_the_start(
    lines: list[Paragraph], signed: Signed, *, is_below_title: bool = True
) -> list[Paragraph]:
    """The lines beside the title without those that sign the text."""
    rest = list(lines)
    while rest and rest[0].look.marker is None:  # an item of a list signs nothing
        text = line_of(rest[0])
        following = line_of(rest[1]) if len(rest) > 1 else ""
        if found := read(text):
            signed.add(found)
            signed.asides += bylines.asides(text)
            signed.unsure += [text] if bylines.tells_roles_apart(text) else []
        elif is_unit(text) and (below := _names_below(text, following)):
            signed.add(below)
            rest.pop(0)
        elif is_unit(text) and signed.signatures and not signed.unit:
            signed.add([Signature(text, "")])
        elif is_contact(text) or (is_date(text) and signed.signatures):
            signed.dropped.append(text)
        elif is_below_title and not signed.signatures and (bare := _bare(rest[0])):
            signed.add(bare)
        elif is_below_title and not signed.signatures and (found := _as_written(text)):
            signed.add(found)
            signed.unsure.append(text)
        else:
            if is_below_title and (bylines.may_be(text) or _is_set_apart(rest[0])):
                signed.unread.append(text)
            break
        rest.pop(0)
    return rest


def _is_latin_alone(paragraph: Paragraph) -> bool:
    """Maria Chen, set apart. Below a title it may be the title in English."""
    text = line_of(paragraph)
    is_apart = paragraph.look.align in ("center", "right")
    return is_apart and len(text) <= 40 and " " in text and bylines.is_latin_name(text)


def _is_set_apart(paragraph: Paragraph) -> bool:
    """Short and in the middle, below the title: 拉姆, 课题组. It may sign the text, or lead it."""
    text = line_of(paragraph)
    is_apart = paragraph.look.align in ("center", "right") and not paragraph.is_bold
    is_words = any(each.isalpha() for each in text) and not (is_date(text) or _PLATE.match(text))
    return is_apart and is_words and len(text) <= 16 and not re.search("[，。！？；：,;!?:]", text)


def _as_written(text: str) -> list[Signature]:
    """◎ signs a text whatever stands behind it; other marks begin items as well."""
    is_like = text[:1] in _SIGNING_MARKS and bylines.is_like(text)
    found = bylines.as_written(text) if is_like else ()
    return [one for one in found if len(one.name) <= _LONGEST_NAME]


def _names_below(unit: str, text: str) -> list[Signature]:
    """南湖支行, and on the next line 卢青."""
    together = [one for one in bylines.read(f"◎{unit} {text}") if one.name]
    return together if text and len(text) <= 24 and not is_unit(text) else []


def _bare(paragraph: Paragraph) -> list[Signature]:
    """A name alone. 金秋 could be one, so it is set apart, or has three characters."""
    text = line_of(paragraph)
    is_set_apart = paragraph.look.align in ("center", "right") or len(text) == 3
    return list(bylines.read_bare(text)) if is_set_apart else []


def at_the_end(lines: list[Paragraph], signed: Signed) -> list[Paragraph]:
    """The text without the lines at its end that sign it. `lines` are its last paragraphs.

    What names somebody else than the line below the title does is left where it is.
    """
    rest = list(lines)
    taken: list[Signature] = []
    dropped: list[str] = []
    asides: list[str] = []
    while rest and rest[-1].look.marker is None and len(taken) + len(dropped) < 4:
        text = line_of(rest[-1])
        above = line_of(rest[-2]) if len(rest) > 1 else ""
        if is_contact(text) or is_date(text):
            dropped.insert(0, text)
        elif found := read(text):
            taken = [*found, *taken]
            asides += bylines.asides(text)
            signed.unsure += [text] if bylines.tells_roles_apart(text) else []
        elif is_unit(above) and (below := _names_below(above, text)):
            taken = [*below, *taken]
            rest.pop()
        elif is_unit(text) and (taken or rest[-1].look.align == "right"):
            taken = [Signature(text, ""), *taken]
        elif rest[-1].look.align == "right" and (bare := bylines.read_bare(text)):
            taken = [*bare, *taken]
        elif rest[-1].look.align == "right" and _is_latin_alone(rest[-1]):
            taken = [Signature("", text), *taken]
        else:
            break
        rest.pop()
    if not taken:
        signed.unread += [] if signed.signatures else _unread_at_the_end(lines)
        rest = rest if any(map(is_contact, dropped)) else list(lines)
        dropped = [each for each in dropped if is_contact(each)]
        rest, taken = _within_the_last(rest)
    if _contradicts(taken, signed):
        return list(lines)
    signed.add(taken)
    signed.dropped += dropped
    signed.asides += asides
    return rest


def _unread_at_the_end(lines: list[Paragraph]) -> list[str]:
    """Which of the last lines, set apart or in brackets, looks like a byline that nobody read."""
    found = []
    for line in lines[-2:]:
        text = line_of(line)
        behind = _AT_THE_END.search(line.text[-60:])
        is_apart = line.look.align == "right" or bylines.is_marked(text)
        said = text if is_apart else behind[0].strip() if behind else ""
        is_like = bylines.may_be(said) or (is_apart and _is_set_apart(line))
        if is_like and not read(said):
            found.append(said)
    return found


def _within_the_last(lines: list[Paragraph]) -> tuple[list[Paragraph], list[Signature]]:
    """……就不会忘。（南湖支行 卢青）"""
    match = _AT_THE_END.search(lines[-1].text[-60:]) if lines else None
    found = read(match[0].strip()) if match else []
    if not match or not found:
        return lines, []
    text = lines[-1].text
    last = without_end(lines[-1], len(text) - len(text[: text.rindex(match[0].strip()[0])]))
    return [*lines[:-1], *([last] if last.items else [])], found


def _contradicts(found: list[Signature], signed: Signed) -> bool:
    names = {one.name for one in found if one.name}
    return bool(signed.signatures and names - {one.name for one in signed.signatures})
