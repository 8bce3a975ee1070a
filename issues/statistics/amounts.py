"""Money, in whole fen: in figures, and in the capitals of a bill. Pure.

By 正确填写票据和结算凭证的基本规定 of the 支付结算办法.
"""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
#: A bill holds no more: the largest amount in fen.
MOST = 10**18 - 1


def figures(fen: int) -> str:
    """123456 fen are 1,234.56"""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def capitals(fen: int) -> str:
    """人民币 in capitals: 壹仟肆佰零玖元伍角整. Raises `ValueError` over what a bill can hold.

    整 ends what ends with yuan or jiao, and stays away behind fen. Between yuan and fen without
    jiao stands 零.
    """
    if abs(fen) > MOST:
        raise ValueError(fen)
    yuan, rest = divmod(abs(fen), 100)
    jiao, cent = divmod(rest, 10)
    told = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        told += f"{_DIGITS[jiao]}角"
    elif cent and yuan:
        told += "零"
    told += f"{_DIGITS[cent]}分" if cent else "整"
    if not yuan and not rest:
        told = "零元整"
    return f"{'负' if fen < 0 else ''}{told}"


def _whole(number: int) -> str:
    groups = []
    while number:
        number, low = divmod(number, 10_000)
        groups.append(low)
    told, gap = "", False
    for at in range(len(groups) - 1, -1, -1):
        low = groups[at]
        if not low:
            gap = bool(told)
            continue
        if told and (gap or low < 1000):
            told += "零"
        told += _group(low) + _GROUPS[at]
        gap = False
    return told


def _group(number: int) -> str:
    """Below ten thousand, zeros in the middle once."""
    told, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            told += ("零" if zero and told else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return told


def read(text: str) -> int:
    """What somebody typed as yuan, in fen: 12, 12.5, 1,234.56, ¥12, −3.40. Raises `ValueError`."""
    plain = text.strip().translate(str.maketrans("０１２３４５６７８９．，－−", "0123456789.,--"))
    plain = plain.removeprefix("¥").removeprefix("￥").replace(",", "").removesuffix("元").strip()
    sign = -1 if plain.startswith("-") else 1
    yuan, _, rest = plain.removeprefix("-").partition(".")
    if not yuan.isdecimal() or len(yuan) > 9 or len(rest) > 2 or (rest and not rest.isdecimal()):
        raise ValueError(text)
    return sign * (int(yuan) * 100 + int(rest.ljust(2, "0") or 0))
