"""Numbers as Word's lists write them: 三, 十二, （3）, ③, c, iv."""

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def chinese(number: int, digits: str = _DIGITS, ten: str = "十") -> str:
    """To 99; beyond, digit by digit (一〇三), as lists never go so far."""
    if number > 99:
        return "".join(digits[int(each)] for each in str(number)).replace("零", "〇")
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else ten if tens == 1 and ten == "十" else digits[tens] + ten
    return before + (digits[ones] if ones or not tens else "")


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"（{number}）"


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _stem(number: int) -> str:
    return "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10]


def _full_width(number: int) -> str:
    return "".join(chr(0xFF10 + int(each)) for each in str(number))


_WAYS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "japaneseCounting",
            "ideographDigital",
            "koreanDigital2",
        ),
        chinese,
    ),
    "chineseLegalSimplified": lambda number: chinese(number, _LEGAL, "拾"),
    "ideographTraditional": _stem,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
}


def written(number: int, way: str) -> str:
    """The number as `w:numFmt` says; an unknown way, and what has none, is in digits."""
    return _WAYS.get(way, str)(number) if 0 < number < 1000 else str(number)
