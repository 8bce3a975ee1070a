"""Numbers as Word's lists write them: 三, 十二, （3）, ③, 子, c, iv. By ECMA-376 17.18.59."""

import re
from collections.abc import Callable
from functools import partial

_DIGITS = "〇一二三四五六七八九"
_ROMAN = [
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
]
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
#: Characters in a circle stand in two rows of the code.
_ENCLOSED_IDEOGRAPHS = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_HANGUL = "가나다라마바사아자차카타파하"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщыэюя"
_NOTES = "*†‡§"
_AIUEO = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウ"
    "ヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
)
_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_HALF_OF = dict(zip(_AIUEO, _HALF, strict=True))
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_KOREAN = "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉".split()
_KOREAN_TENS = "열 스물 서른 마흔 쉰 예순 일흔 여든 아흔".split()
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_THAI = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_ONES = (
    "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen "
    "Sixteen Seventeen Eighteen Nineteen"
).split()
_TENS = "Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety".split()
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千", zero: str = "零") -> str:
    """一百零三: below twenty without the 一 of 十, where that is the tens' own character."""
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += digits[digit] + (units[place - 1] if place else "")
        elif out and not out.endswith(zero) and number % 10**place:
            out += zero
    return out[1:] if 10 <= number < 20 and units[0] in "十십" else out


def _digit_by_digit(number: int, digits: str = _DIGITS) -> str:
    return "".join(digits[int(each)] for each in str(number))


def _to_99(number: int) -> str:
    """十二, but 一〇三: Word's simple way of counting knows no hundred."""
    return chinese(number) if number < 100 else _digit_by_digit(number)


def _circled(number: int) -> str:
    """Without a box of its own in the code, Word shows the digits."""
    rows = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
    return next((chr(at + number - a) for a, b, at in rows if a <= number <= b), str(number))


def _one_of(row: str, number: int) -> str:
    """The sign at that place; beyond the last the digits, as Word does."""
    return row[number - 1] if number <= len(row) else str(number)


def _over_again(row: str, number: int) -> str:
    """a … z, aa: the sign stands once more in every round."""
    return row[(number - 1) % len(row)] * ((number - 1) // len(row) + 1)


def _up_to_20(first: int, number: int) -> str:
    return chr(first + number - 1) if number <= 20 else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _ordinal(number: int) -> str:
    teens = 10 < number % 100 < 14
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _in_words(number: int) -> str:
    """Twenty-one, as English has it."""
    if number < 20:
        return _ONES[number - 1]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_ONES[ones - 1].lower()}" if ones else "")
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, size)
    return f"{_in_words(many)} {name}" + (f" {_in_words(rest).lower()}" if rest else "")


def _place_in_words(number: int) -> str:
    words = _in_words(number)
    last = re.split("[ -]", words)[-1].lower()
    usual = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    found = words[: -len(last)] + _ORDINALS.get(last, usual)
    return found[0].upper() + found[1:]


def _korean(number: int) -> str:
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (_KOREAN_TENS[tens - 1] if tens else "") + (_KOREAN[ones - 1] if ones else "")


_letter = partial(_over_again, "abcdefghijklmnopqrstuvwxyz")
_russian = partial(_over_again, _CYRILLIC)
_thousand = chinese
_legal = partial(chinese, digits="零壹贰叁肆伍陆柒捌玖", units="拾佰仟")
_full_width = partial(_digit_by_digit, digits="０１２３４５６７８９")

_WAYS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _to_99,
    "taiwaneseCounting": _to_99,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "japaneseCounting": _thousand,
    "koreanDigital2": _digit_by_digit,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": partial(chinese, digits="零壹貳參肆伍陸柒捌玖", units="拾佰仟"),
    "japaneseLegal": partial(chinese, digits="零壱弐参四伍六七八九", units="拾百阡"),
    "ideographTraditional": partial(_one_of, _STEMS),
    "ideographZodiac": partial(_one_of, _BRANCHES),
    "ideographZodiacTraditional": lambda number: (
        _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]
    ),
    "ideographEnclosedCircle": partial(_one_of, _ENCLOSED_IDEOGRAPHS),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": partial(_up_to_20, 0x2488),
    "decimalEnclosedParen": partial(_up_to_20, 0x2474),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "russianLower": _russian,
    "russianUpper": lambda number: _russian(number).upper(),
    "ganada": partial(_over_again, _HANGUL),
    "chosung": partial(_over_again, _CHOSUNG),
    "koreanDigital": partial(_digit_by_digit, digits="영일이삼사오육칠팔구"),
    "koreanCounting": partial(chinese, digits="영일이삼사오육칠팔구", units="십백천", zero=""),
    "koreanLegal": _korean,
    "aiueo": partial(_over_again, _HALF),
    "aiueoFullWidth": partial(_over_again, _AIUEO),
    "iroha": partial(_over_again, "".join(_HALF_OF.get(each, each) for each in _IROHA)),
    "irohaFullWidth": partial(_over_again, _IROHA),
    "arabicAlpha": partial(_over_again, _ARABIC),
    "hebrew1": partial(_over_again, _HEBREW),
    "hebrew2": partial(_over_again, _HEBREW),
    "thaiLetters": partial(_over_again, _THAI),
    "thaiNumbers": partial(_digit_by_digit, digits="๐๑๒๓๔๕๖๗๘๙"),
    "hindiNumbers": partial(_digit_by_digit, digits="०१२३४५६७८९"),
    "cardinalText": _in_words,
    "ordinalText": _place_in_words,
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "chicago": partial(_over_again, _NOTES),
    "none": lambda number: "",
}


#: In digits by nature.
_DIGITAL = ("decimal", "decimalHalfWidth", "custom", "none", "")


def is_known(way: str) -> bool:
    return way in _WAYS or way in _DIGITAL


def written(number: int, way: str, shape: str = "") -> str:
    """The number as `w:numFmt` says; an unknown way, and what has none, is in digits. `shape` is
    how a way of one's own begins: "001, 002, 003, ..." fills up with noughts."""
    if way == "none":
        return ""
    if way == "custom":
        return str(number).zfill(len(shape.partition(",")[0].strip()))
    return _WAYS.get(way, str)(number) if 0 < number < 10_000 else str(number)
