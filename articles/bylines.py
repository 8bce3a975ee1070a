"""Bylines as people write them: ◎净月支行 谷淳, with several names, several branches, or one of the
two alone. Pure; what a Word file and a back issue are read by.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from servicejournal.spelling import characters

MARKS = "◎●○◉⊙☉◇◆"
#: Stand before bylines too, but begin items of lists as often: no byline by themselves.
WEAK_MARKS = "□■▲△※"
_ROLE = re.compile(
    r"^(?:(?:文[/／]图|图[/／]文)(?:\s*[:：]\s*|\s+)|(?:文|图|文图|图文|作者|撰稿|撰文|供稿|署名|通讯员|本刊记者)\s*[:：/／|]\s*|(?:通讯员|(?:本[刊报]|特约)?记者)\s+)"
)
_TAIL = re.compile(r"\s*(?:[(（]?(?:文/图|图/文|文图|供稿|撰稿|文)[)）]?)$")
#: 文/谷淳 图/卢青, 谷淳/文 卢青/图: who did what, within a line.
_ROLE_BEFORE = re.compile(
    r"(?<=[\s、，,；;])(?:文字?|图片?|摄影?|供图)\s*[:：/／]\s*(?![文图](?:\s|$))"
)
_ROLE_BEHIND = re.compile(
    r"(?<![文图\s])\s?[/／]\s?(?:文图|图文|文|图|摄影?|供图)(?=[\s、，,；;]|$)"
)
_NOTE = re.compile(r"[(（](?:执笔|整理|口述|记录|摄影|文|图|文/图)[)）]")
_BETWEEN = re.compile(r"[\s、，,/／;；|&:：]+")
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_LATIN = r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f'’\-]*\.?"
_PART = rf"(?:[{_HAN}]{{1,12}}|{_LATIN})"
#: Of Chinese characters; with dots between its parts; of Latin words, the dot of none needed.
_NAME = re.compile(rf"[{_HAN}]{{2,4}}|{_PART}(?:·{_PART})+")
_LATIN_NAME = re.compile(rf"{_LATIN}(?: (?:{_LATIN}|de la|v[ao]n der|d[aei]|v[ao]n|bin|al))*")
#: Stands for the space within a Latin name while the line is taken apart.
_SPACE = "\0"
_UNIT_ENDS = (
    "支行|分行|总行|银行|本行|营业部|营业室|营业厅|营业所|分理处|储蓄所|办事处|管理部|事业部|工作部|保卫部|编辑部|中心|公司"
    "|联社|信用社|合作社|委员会|党委|团委|纪委|工会|党支部|支部|办公室|工作室|机关|网点|学院|大学|学校|小学|中学|小组"
    "|专班|团队|车间|集团|协会|研究院|研究所|社区|村委会"
)
_UNIT = re.compile(
    rf"[\u3400-\u9fffA-Za-z0-9（）()“”·]*(?:{_UNIT_ENDS})|[\u3400-\u9fff]{{2,14}}[部室处科局社组站厅所]"
)
_UNIT_WITHOUT_DOUBT = re.compile(rf".*(?:{_UNIT_ENDS}|[^内全外局大干]部)")
_GLUED = re.compile(
    rf"(?P<unit>[\u3400-\u9fff]{{2,20}}?(?:{_UNIT_ENDS}|部))(?P<name>[{_HAN}]{{2,12}})"
)
_ENCLOSED = re.compile(r"[(（](?P<inside>[^()（）]{2,40})[)）]")
_NAMED_THEN_UNIT = re.compile(r"(?P<names>[^()（）]{2,20})[(（](?P<unit>[^()（）]{2,20})[)）]")
_DOT = re.compile(rf"\s*[{characters.DOTS}]\s*")
#: 阿卜杜拉.买买提: a full stop stands for the dot of a name where characters are on both sides.
_STOP = re.compile(rf"(?<=[{_HAN}])\s*[.．]\s*(?=[{_HAN}])")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Signature:
    """One name of a byline. Either may be empty: ◎卢青, ◎南湖支行."""

    branch: str
    name: str


def asides(text: str) -> list[str]:
    """What a byline says of a person beside the name, and no author's field holds: （执笔）."""
    return [each.strip("(（)）") for each in _NOTE.findall(text)]


def tells_roles_apart(text: str) -> bool:
    """Whether it says who wrote and who took the pictures: no author's field says that."""
    words, pictures = (
        re.search(rf"(?:(?<![/／]){kind}\s*[/／:：]|[/／]\s?{kind}(?![/／]))", text)
        for kind in ("(?:文字?|撰稿|作者)", "(?:图片?|摄影?|供图)")
    )
    return bool(words and pictures) and not re.search("文[/／]图|图[/／]文", text)


def is_marked(text: str) -> bool:
    return bool(text) and text[0] in MARKS


def read(text: str) -> tuple[Signature, ...]:
    """The signatures of a line, in order; empty where the line is no byline at all."""
    if len(text) > LONGEST:
        return ()
    marked = is_marked(text)
    text = _STOP.sub("·", _DOT.sub("·", text.lstrip(MARKS + " ")))
    text = text.lstrip(WEAK_MARKS + " ")
    text, behind = _ROLE_BEHIND.subn("", text)
    role = _ROLE.match(text) or behind
    text = _TAIL.sub("", _NOTE.sub("", _ROLE_BEFORE.sub("", _ROLE.sub("", text))))
    if turned := _NAMED_THEN_UNIT.fullmatch(text):
        text = f"{turned['unit']} {turned['names']}"
    signatures = _signatures(_tokens(text))
    return signatures if marked or role or _is_sure(signatures) else ()


def _is_sure(signatures: tuple[Signature, ...]) -> bool:
    """Without a mark, only what ends as units do, and people with known surnames, sign a text."""
    return any(one.branch and one.name for one in signatures) and all(
        _UNIT_WITHOUT_DOUBT.fullmatch(one.branch) and is_plainly_a_name(one.name)
        for one in signatures
    )


def is_plainly_a_name(name: str) -> bool:
    """By its surname, its dot or its sound; other words of two to four characters may be one."""
    if "·" in name or " " in name or (name[:1] in _SURNAMES and len(name) < 4):
        return True
    return name[:2] in _DOUBLE_SURNAMES or _sounds_like_one(name)


def _sounds_like_one(name: str) -> bool:
    """古丽巴哈尔, 娜仁高娃: written by sound, with the characters that are used for that."""
    return 3 <= len(name) <= 12 and _SOUNDS.issuperset(name)


def is_latin_name(token: str) -> bool:
    """Maria Chen. One word alone is more often a department: IT, ATM."""
    words = token.split()
    return bool(_LATIN_NAME.fullmatch(token)) and (
        len(words) > 1 or (len(token) > 2 and token[1:].islower())
    )


def read_enclosed(text: str) -> tuple[Signature, ...]:
    """（南湖支行 卢青）, as it closes a text."""
    match = _ENCLOSED.fullmatch(text)
    signatures = read(match["inside"]) if match else ()
    return signatures if any(one.branch and one.name for one in signatures) else ()


def cover_lines(lines: Iterable[tuple[int, str]]) -> set[int]:
    """Which of the marked lines before the first text (index, line) are 要目, not bylines.

    A run of them is one or the other: bylines name a unit, or only people with known surnames.
    """
    found: set[int] = set()
    run: list[tuple[int, str]] = []
    for at, text in [*lines, (-1, "")]:
        if is_marked(text) and (not run or run[-1][0] == at - 1):
            run.append((at, text))
            continue
        if run and not all(_signs_a_preamble(text, len(run)) for _, text in run):
            found.update(at for at, _ in run)
        run = [(at, text)] if is_marked(text) else []
    return found


def _signs_a_preamble(text: str, run: int) -> bool:
    signatures = read(text)
    if any(one.branch for one in signatures):
        return _is_sure(signatures)
    plain = all(is_plainly_a_name(one.name) for one in signatures)
    return bool(signatures) and plain and run == 1


def read_bare(text: str) -> tuple[Signature, ...]:
    """卢青, without mark or branch: believed only where nothing else signs a text."""
    tokens = _tokens(_DOT.sub("·", text))
    if (
        len(text) > 12
        or len(tokens) > 3
        or any(map(is_latin_name, tokens))
        or not all(map(is_plainly_a_name, tokens))
    ):
        return ()
    return tuple(Signature("", token) for token in tokens) if all(map(_is_name, tokens)) else ()


def _tokens(text: str) -> list[str]:
    """Words between separators; a name spaced out to three characters (卢  青) is one word."""
    tokens: list[str] = []
    half = ""
    text = _LATIN_NAME.sub(lambda name: name[0].replace(" ", _SPACE), text.strip())
    for token in filter(None, _BETWEEN.split(text)):
        token = token.replace(_SPACE, " ")
        if len(token) == 1 and not half:
            half = token
        elif half:
            tokens.append(half + token)
            half = ""
        else:
            tokens.append(token)
    return [*tokens, half] if half else tokens


def _signatures(tokens: list[str]) -> tuple[Signature, ...]:
    """Units and the names behind them, in turn; or names and then their unit. Empty where a word
    is neither."""
    found: list[Signature] = []
    units: list[str] = []
    names: list[str] = []
    if len(tokens) > 1 and _is_a_post(tokens[0]):
        units, tokens = [tokens[0]], tokens[1:]
    for token in tokens:
        unit, name = _is_unit(token), _is_name(token)
        glued = None if unit or name else _glued(token)
        if not (unit or name or glued):
            return ()
        if (glued or unit) and names and units:
            found += _shared_out(units, names)
            units, names = [], []
        if glued:
            units, names = [*units, glued["unit"]], [*names, glued["name"]]
        else:
            (units if unit else names).append(token)
    return (*found, *_shared_out(units, names))


def _shared_out(units: list[str], names: list[str]) -> list[Signature]:
    """As many units as names: one each. 总行 运营管理部 is one unit in two words."""
    if len(units) == len(names) > 1:
        return [Signature(unit, name) for unit, name in zip(units, names, strict=True)]
    one = len(units) > 1 and re.search("(?:总行|分行|银行|公司|联社)$", units[0])
    branch = ("" if one else "、").join(units)
    return [Signature(branch, name) for name in names or ([""] if branch else [])]


def _is_unit(token: str) -> bool:
    if not _UNIT.fullmatch(token):
        return False
    return len(token) > 2 or token in (
        "总行",
        "分行",
        "本行",
        "工会",
        "团委",
        "党委",
        "纪委",
        "机关",
    )


def _is_a_post(token: str) -> bool:
    """大堂经理, 某某街道: of four characters and no name, so what its bearer belongs to."""
    return len(token) == 4 and not _is_unit(token) and not is_plainly_a_name(token)


def _glued(token: str) -> re.Match[str] | None:
    """南湖支行卢青"""
    found = _GLUED.fullmatch(token)
    return found if found and _is_name(found["name"]) else None


def _is_name(token: str) -> bool:
    return bool(_NAME.fullmatch(token)) or _sounds_like_one(token) or is_latin_name(token)


def is_like(text: str) -> bool:
    """Marked, short and without a sentence: a byline even where its words are not understood."""
    is_short = len("".join(text.split())) <= 24
    return is_marked(text) and is_short and not re.search("[，。！？；,;!?]", text)


def may_be(text: str) -> bool:
    """Short, without a sentence, and a mark or a unit with more behind it: worth a look."""
    inside = text.strip("(（)） ")
    words = inside.lstrip(MARKS + " ").split()
    is_short = 0 < len("".join(words)) <= 24 and not re.search("[，。！？；,;!?]", inside)
    return is_short and (is_marked(inside) or (len(words) > 1 and _is_unit(words[0])))


def as_written(text: str) -> tuple[Signature, ...]:
    """For a line that `is_like` a byline but is not understood: its last word is the name."""
    words = text.lstrip(MARKS + " ").split()
    names = filter(None, _BETWEEN.split(words[-1])) if words else ()
    return tuple(Signature("".join(words[:-1]), name) for name in names)


#: Characters by which names of other languages are written: Uyghur, Kazakh, Tibetan, Mongolian, Yi.
_SOUNDS = frozenset(
    "阿艾安巴拜班白比贝毕别边宾波伯博布卜不才仓曹策查朝次措达丹旦当道德登迪地的丁东都杜敦顿多朵娥额恩尔法菲夫甫嘎尕噶甘刚高格根"
    "贡古果哈海罕汗豪和合赫呼胡花华霍吉加佳嘉江坚建杰金晋居卡喀凯开坎康柯克肯孔库拉来兰朗勒雷里力丽利莉列林琳玲龙鲁伦罗洛玛"
    "麦买曼梅美蒙孟米密明莫姆木牧穆那娜乃南妮尼牛努奴诺欧帕潘培皮平珀普其奇齐恰强乔切钦青琼曲却群热仁日荣肉如茹瑞若撒萨赛桑"
    "森沙莎山尚申生什石斯松苏索他塔台太坦唐特提铁通图吐托娃瓦旺维文翁沃乌吾伍西希锡喜夏仙先项新雪雅亚延娅央扬耶叶也伊依以义因"
    "银英尤玉约云再增扎赞泽则扎珍智朱珠卓宗孜祖佐"
)
_DOUBLE_SURNAMES = frozenset(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 端木".split()
)
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁"
    "单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉"
    "戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍牛边尚"
    "温庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩聂晁勾敖融冷辛阚那简饶"
    "空曾沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公"
)
