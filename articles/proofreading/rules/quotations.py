"""Sayings with their words and whose they are, and names that a text itself has fixed. Pure."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..findings import Level
from ..fixed import FixedPhrases, letters
from ..idioms import sounds
from ..texts import Text
from .personal import SURNAME
from .rule import HANZI, Hit, Rule

_LIST = Path(__file__).parent.parent / "words" / "sayings.txt"


class _Saying(NamedTuple):
    who: str
    also: str  # the book, another name
    words: str


def _sayings() -> tuple[_Saying, ...]:
    rows = _LIST.read_text(encoding="utf-8").splitlines()
    return tuple(_Saying(*row.split("|")) for row in rows if row and not row.startswith("#"))


#: Rows of `=` are right beside a saying: 千里之堤，毁于蚁穴.
_ROWS = _sayings()
_SAYINGS = tuple(each for each in _ROWS if each.who != "=")
#: Books that are one person's words.
_BOOKS = ("论语", "道德经", "周易", "大学", "中庸", "岳阳楼记", "出师表", "劝学")
_NAMES = frozenset(each.who for each in _SAYINGS) | frozenset(_BOOKS)
_PHRASES = FixedPhrases(f"= {each.words}" if each.who == "=" else each.words for each in _ROWS)
#: Who is said to have said it: within a few characters before the quotation.
_SAID = re.compile(
    rf"《?(?P<who>{'|'.join(sorted(_NAMES, key=len, reverse=True))})》?(?:中|里)?(?:曾|也|就|"
    rf"在《[^》\n]{{1,10}}》[中里]?)?"
    r"(?:说过?|所说的?|所言|说得好|讲得好|说的|曰|云|有言|讲过?|写道|有云|言|诗云|曾言|教导我们|告诉我们)[：:，]?“(?P<words>[^”\n]{4,60})”"
)


def _speakers(text: Text) -> Iterator[Hit]:
    """The first words of a quotation lead to its saying, whoever is named before it."""
    for match in _SAID.finditer(text.string):
        quoted = letters(match["words"])
        sources = [each for each in _SAYINGS if _same(each.words, quoted)]
        owners = {each.who for each in sources}
        named = owners | {book for each in sources for book in each.also.split("、")}
        if owners and match["who"] not in named:
            right = "、".join(sorted(owners))
            why = f"“{match['words'][:12]}……”是{right}的话（或出自其书），请核对。"
            yield Hit(*match.span("who"), right if len(owners) == 1 else None, why)


def _same(words: str, quoted: str) -> bool:
    """The whole of it, or its first clause from six characters on."""
    return quoted.startswith(words[:6]) and (quoted in words or words in quoted or len(quoted) > 8)


def _misquoted(text: Text) -> Iterator[Hit]:
    for near in _PHRASES.find(text.string):
        why = f"通行的文字是“{near.phrase}”，请核对引文。"
        yield Hit(near.start, near.end, near.right, why)


_DECLARED = re.compile(
    rf"(?P<full>[{HANZI}]{{4,24}}?(?:股份有限公司|有限责任公司|有限公司|银行|联社|支行|分行|公司))"
    r"[（(](?:以下|下文)?(?:均)?简称[：:]?[“\"]?(?P<short>[^”\"）)，。]{2,12})[”\"]?[）)]"
)
#: No text declares more; each is looked for to the end.
_DECLARATIONS = 8


def _declared_names(text: Text) -> Iterator[Hit]:
    """After «以下简称“X”» the text says X, not a third name made of the same words."""
    for match in islice(_DECLARED.finditer(text.string), _DECLARATIONS):
        full, short = match["full"], match["short"]
        head = full[:2]
        other = re.compile(
            rf"{head}(?:农村商业银行|农商银行|农商行|商业银行|商行|银行|农信社|信用社|联社|行)(?![{HANZI}]{{0,4}}(?:支行|分行))"
        )
        for name in other.finditer(text.string, match.end()):
            if name[0] != short and not full.startswith(name[0]):
                why = f"前面说明简称“{short}”，这里写成了“{name[0]}”。"
                yield Hit(*name.span(), None if short in ("我行", "本行") else short, why)
                break


_BRANCH = re.compile(rf"(?P<stem>[{HANZI}]{{2}})(?P<kind>支行|分行|分理处)")
_NO_STEM = re.compile(
    "[该各本此每某我全所属家个级在到和与及是的了对向从由为一二三四五六七八九十两多几新老县市省区级总]"
)


def _branches(text: Text) -> Iterator[Hit]:
    """净月支行 and 净月分行 in one text: whichever is rarer, or comes later, is asked about."""
    known: dict[str, dict[str, list[int]]] = {}
    for match in _BRANCH.finditer(text.string):
        if not _NO_STEM.search(match["stem"]):
            kinds = known.setdefault(match["stem"], {})
            kinds.setdefault(match["kind"], []).append(match.start())
    for stem, kinds in known.items():
        if len(kinds) == 2:
            usual, rare = sorted(kinds, key=lambda kind: (-len(kinds[kind]), kinds[kind][0]))
            start = kinds[rare][0]
            why = f"文中有“{stem}{usual}”，也有“{stem}{rare}”，请核对是不是同一个单位。"
            yield Hit(start, start + len(stem + rare), None, why)


_CALLED = re.compile(
    rf"(?:行长|经理|主任|主管|柜员|书记|员工|同事|同志|老师|党员)(?P<name>{SURNAME}[{HANZI}]{{2}})"
    r"(?=[，。、；：说在是的同和与对向将把被已也从用为给带先来去])"
)


def _names(text: Text) -> Iterator[Hit]:
    """王建军 and 王健军: one surname, and of the two other characters one that sounds alike."""
    known: dict[str, None] = {}
    for match in _CALLED.finditer(text.string):
        name = match["name"]
        if len(name) != 3 or name in known:
            continue
        like = next((other for other in known if _sound_alike(name, other)), None)
        known[name] = None
        if like:
            why = f"前文是“{like}”，这里是“{name}”，请核对是不是同一个人。"
            yield Hit(*match.span("name"), None, why)
        if len(known) >= _DECLARATIONS * 5:
            return


def _sound_alike(one: str, other: str) -> bool:
    differ = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(differ) == 1 and not sounds(differ[0][0]).isdisjoint(sounds(differ[0][1]))


RULES = (
    Rule(
        "M16",
        Level.ERROR,
        "引文的出处",
        "这句话不是前面说的那个人的。",
        "《论语》《孟子》等通行本（中华书局）",
        _speakers,
        wrong=(
            "孟子说：“己所不欲，勿施于人。” → 孔子说：“己所不欲，勿施于人。”",
            "杜甫写道：“欲穷千里目，更上一层楼。” → 王之涣写道：“欲穷千里目，更上一层楼。”",
        ),
        right=("孔子说：“己所不欲，勿施于人。”", "孟子说：“门垫要常换。”"),
    ),
    Rule(
        "M17",
        Level.WARN,
        "引文的文字",
        "和通行的文字差一两个字，请核对原文。",
        "《论语》《孟子》等通行本（中华书局）",
        _misquoted,
        wrong=(
            "千里之行，始与足下。 → 千里之行，始于足下。",
            "业精于勤，荒于嬉；行成于思，毁于惰。",
        ),
        right=("千里之行，始于足下。", "老吾老，以及人之老。"),
    ),
    Rule(
        "M18",
        Level.WARN,
        "说明过的简称",
        "前面说明了简称，后面请用这个简称。",
        "党政机关公文写作惯例（先用全称并注明简称，以后用简称）",
        _declared_names,
        wrong=(
            "松原农村商业银行（以下简称“松原农商银行”）成立了。松原农商行有网点。"
            " → 松原农村商业银行（以下简称“松原农商银行”）成立了。松原农商银行有网点。",
        ),
        right=(
            "松原农村商业银行（以下简称“松原农商银行”）成立了。松原农商银行有网点。",
            "松原农村商业银行（以下简称“我行”）成立了，我行有网点。",
        ),
    ),
    Rule(
        "T04",
        Level.WARN,
        "人名两写",
        "两个名字读音相同、只差一个字，请核对。",
        "体例一致（人名）",
        _names,
        wrong=("柜员李晓红来了。大家都认得柜员李小红。",),
        right=("柜员李晓红来了。大家都认得柜员李晓红。", "柜员李晓红和柜员李大红。"),
    ),
    Rule(
        "T03",
        Level.WARN,
        "单位名称两写",
        "同一个名字，有的写支行、有的写分行，请核对。",
        "体例一致（单位名称）",
        _branches,
        wrong=("东岭支行换了门垫，东岭分行的客户说好。",),
        right=("东岭支行换了门垫，南湖分行的客户说好。", "该支行和该分行。"),
    ),
)
