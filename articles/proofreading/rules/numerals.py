"""Numerals (GB/T 15835—2011) and units (GB 3100—93). Pure."""

import re
from calendar import monthrange
from collections.abc import Iterator

from ..findings import Level
from ..texts import Text
from .rule import HANZI, IN_CLAUSE, Hit, Rule, pattern

STANDARD = "GB/T 15835—2011《出版物上数字用法》"
UNITS = "GB 3100—1993《国际单位制及其应用》"

_DIGITS = "〇一二三四五六七八九"
_NUMERALS = "一二三四五六七八九十"
_NUMBER = r"\d{1,9}(?:\.\d{1,4})?"
_AMOUNT = r"(?:\d[\d.,]{0,11}|[一二两三四五六七八九十百千]{1,8})[万亿]{0,2}"
_TO = r"\s?[-–—~～]{1,2}\s?"
# «…约» and «…近» that end a word: 节约三十元左右 is no approximation.
_NO_WORD = "(?<![预合节条制签违邀立特契赴公失简隐大解续誓相毁租履附最接靠临邻贴亲迫远将])"


def _in_hanzi(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _year_in_digits(match: re.Match[str]) -> str:
    return "".join(
        str(max("〇一二三四五六七八九".find(char), 0)) if not char.isdigit() else char
        for char in match["hit"]
    )


def _in_digits(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    value = _DIGITS.find(ones) if ones else 0
    return value + (10 * (_DIGITS.find(tens) if tens else 1) if ten else 0)


def _several(match: re.Match[str]) -> str | None:
    """10几万 is 十几万; other numbers than tens below a hundred cannot be said so."""
    number = int(match["n"])
    if number % 10 or not 10 <= number < 100:
        return None
    return f"{_in_hanzi(number)}{match['some']}"


def _impossible_dates(text: Text) -> Iterator[Hit]:
    for match in _DATE.finditer(text.string):
        year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
        if not 1 <= month <= 12 or not 1 <= day <= _days(year, month):
            yield Hit(*match.span("hit"))


_DATE = re.compile(
    r"(?:(?<!\d)(?P<year>[12]\d{3})年)?(?P<hit>(?<![\d.])(?P<month>\d{1,2})月(?P<day>\d{1,2})日)"
)


def _days(year: int, month: int) -> int:
    """Days of a month; without a year February may have 29."""
    return monthrange(year or 2000, month)[1]


_SYMBOLS = {"KW": "kW", "KWH": "kWh", "KV": "kV", "ML": "mL"}

RULES = (
    Rule(
        "N01",
        Level.ERROR,
        "不存在的日期",
        "没有这一天，请核对。",
        "公历",
        _impossible_dates,
        wrong=("2月30日开门。", "13月5日", "2023年2月29日"),
        right=("2024年2月29日", "2月29日", "12月31日"),
    ),
    Rule(
        "N02",
        Level.FIX,
        "百分数的起止",
        "表示范围时，前一个百分号不能省略。",
        f"{STANDARD} 5.1.3",
        pattern(rf"(?<![\d.\-/]){_NUMBER}(?P<hit>{_TO})(?={_NUMBER}%)", to="%～"),
        wrong=("占62-85%。 → 占62%～85%。", "占62～85%。 → 占62%～85%。"),
        right=("占62%～85%。", "2021-06-85"),
    ),
    Rule(
        "N03",
        Level.WARN,
        "阿拉伯数字和“千”“百”",
        "阿拉伯数字后面可以跟“万”“亿”，不跟“千”“百”；写全数字或全用汉字。",
        f"{STANDARD} 5.1.2",
        pattern(rf"(?<![\d.])(?:{_NUMBER})[千百](?![兆瓦克米帕卡伏赫分度货科年强佳])"),
        wrong=("共3千户。", "捐款5百元。"),
        right=("共3000户。", "重3千克。", "5千米。", "3万户。", "三千户。", "世界500强。"),
    ),
    Rule(
        "N04",
        Level.ERROR,
        "约数重复",
        "“约”“近”和“左右”“多”意思重复，只留一个。",
        "《现代汉语词典》第 7 版：约、左右；病句（重复）",
        pattern(
            rf"{_NO_WORD}(?:大约|将近|约|近){_AMOUNT}[多余]?[{HANZI}%]{{0,3}}?(?:左右|"
            rf"上下(?![一班游级联齐同协贯开手结车]))",
            rf"(?:超过|(?<![赶高])超|逾|不足|不到|不满|至少)有?{_AMOUNT}[多余](?=[万亿户个人名位元次家笔份件张户年])",
            rf"(?:超过|不足|不到|不满|至少|最多)有?{_AMOUNT}[{HANZI}%]{{0,3}}?"
            r"(?:左右|上下(?![一班游级联齐同协贯开手结车])|以上|以内)(?![的者户])",
            r"(?:超过|至少)(?:一半|半数)以上",
            rf"{_NO_WORD}(?:大约|将近|约)有{_AMOUNT}[多余]?[{HANZI}%]{{0,3}}?(?:左右|上下(?=[，。的]))",
            rf"{_NO_WORD}(?:大约|将近|约|近){_AMOUNT}[多余](?=[万亿户个人名位元次家笔份件张户])",
        ),
        wrong=(
            "来了约30人左右。",
            "近200余户。",
            "大约三百元上下。",
            "超过300余户。",
            "不足50人左右。",
            "超过一半以上。",
            "大约有二十名左右的客人。",
        ),
        right=(
            "来了30人左右。",
            "近三十多年来。",
            "节约30元左右。",
            "最近三个月左右。",
            "约30人。",
        ),
    ),
    Rule(
        "N05",
        Level.ERROR,
        "减少若干倍",
        "“倍”只用于增加；减少用“减少了百分之几”或“减少到几分之一”。",
        f"{STANDARD}；《现代汉语词典》第 7 版：倍",
        pattern(
            r"(?:减少|降低|下降|缩短|缩小|减轻|下跌)(?:了|到|至|为)?"
            rf"(?:{_NUMBER}|[一二两三四五六七八九十百几数]{{1,4}})多?倍",
            # What is itself a multiple goes down to one: 杠杆率由9倍下降到7倍.
            unless=rf"倍{IN_CLAUSE}{{0,12}}(?:减少|降低|下降|缩小|下跌)(?:到|至|为)|"
            rf"(?:比|比例|比率|倍率|倍数|杠杆|差距|市盈率|市净率){IN_CLAUSE}{{0,16}}"
            r"(?:减少|降低|下降|缩小|下跌)(?:到|至|为)",
        ),
        wrong=("等候时间缩短了两倍。", "差错降低3倍。"),
        right=(
            "业务量增加两倍。",
            "差错减少三分之二。",
            "城乡居民收入比缩小到2.3倍。",
            "杠杆率由12.5倍下降至9倍。",
        ),
    ),
    Rule(
        "N06",
        Level.ERROR,
        "概数里混用数字",
        "带“几”“数”的概数全用汉字。",
        f"{STANDARD} 4.3",
        pattern(
            r"(?<![\d.])(?P<n>\d{1,3})(?P<some>[几数])(?=[万千百个元人户年岁名位次家天笔])",
            to=_several,
        ),
        wrong=("存了10几万元。 → 存了十几万元。", "20几岁 → 二十几岁"),
        right=("存了十几万元。", "存了10多万元。"),
    ),
    Rule(
        "N07",
        Level.ERROR,
        "“二”和“两”",
        "量词“个”前面用“两”；序数用“第二”。",
        "《现代汉语词典》第 7 版：二、两",
        pattern(
            rf"(?<![第百千零〇{_NUMERALS}\d.、周初期之其])(?P<hit>二)(?=个(?![代别性子]))", to="两"
        ),
        wrong=("来了二个客户。 → 来了两个客户。",),
        right=("第二个客户。", "十二个网点。", "两个客户。", "一二个人。"),
    ),
    Rule(
        "N08",
        Level.WARN,
        "起止数字省略“万”“亿”",
        "前一个数字的“万”“亿”省略了会有歧义，请写全。",
        f"{STANDARD} 5.1.3",
        pattern(
            rf"(?<![\d.\-/年]){_NUMBER}(?P<hit>{_TO})(?={_NUMBER}(?P<unit>[万亿]))",
            to=lambda match: f"{match['unit']}～",
        ),
        wrong=("贷款3-5万元。 → 贷款3万～5万元。",),
        right=("贷款3万～5万元。", "30—50元。"),
    ),
    Rule(
        "N09",
        Level.WARN,
        "日期里混用数字",
        "公历的年、月、日用同一种数字。",
        f"{STANDARD} 4.1.3",
        pattern(
            r"(?<!农历)(?<!\d)(?:19|20)\d\d年(?P<hit>(?P<month>十[一二]?|[一二三四五六七八九]))月"
            r"(?!的|圆|光|色|份?刊)",
            to=lambda match: str(_in_digits(match["month"])),
        ),
        wrong=("2022年三月开门。 → 2022年3月开门。", "2022年十二月 → 2022年12月"),
        right=("2022年3月。", "二〇二二年三月。", "农历2022年三月。"),
    ),
    Rule(
        "N25",
        Level.ERROR,
        "年份里混用数字",
        "年份的四个数字用同一种：2022年，或者二〇二二年。",
        f"{STANDARD} 4.1.3",
        pattern(
            r"(?<!\d)(?P<hit>[一二][〇零○九]\d\d|[12][09][〇零○一二三四五六七八九]{2})(?=年)",
            to=_year_in_digits,
        ),
        wrong=("二〇22年开业。 → 2022年开业。", "20二二年开业。 → 2022年开业。"),
        right=("2022年开业。", "二〇二二年开业。", "20多年。"),
    ),
    Rule(
        "N26",
        Level.WARN,
        "功率的单位",
        "功率用千瓦，用掉的电用千瓦时。",
        "GB 3100—1993；《中华人民共和国法定计量单位》",
        pattern(r"功率(?:为|是|约|只有|达到?)?\d[\d.]{0,6}(?P<hit>千瓦时|度)", to="千瓦"),
        wrong=("空调功率为2千瓦时。 → 空调功率为2千瓦。",),
        right=("空调功率为2千瓦。", "一天用电2千瓦时。"),
    ),
    Rule(
        "N10",
        Level.WARN,
        "世纪和年代",
        "世纪和年代用同一种数字，如“20世纪90年代”。",
        f"{STANDARD} 4.1.3",
        pattern(
            r"(?P<hit>(?P<century>二?十[一八九]?))世纪(?=\d0年代)",
            to=lambda match: str(_in_digits(match["century"])),
        ),
        wrong=("二十世纪90年代 → 20世纪90年代",),
        right=("20世纪90年代", "二十世纪九十年代"),
    ),
    Rule(
        "N11",
        Level.WARN,
        "数字里的全角逗号",
        "千分空用半角逗号或不用；全角逗号会把一个数断成两个。",
        f"{STANDARD} 5.1.1",
        pattern(
            r"(?<![\d，.年月日第])[1-9]\d{0,2}(?P<hit>，)\d{3}(?=(?:\.\d{1,2})?[万亿]?[元户人笔件"
            r"份])",
            to=",",
        ),
        wrong=("共5，300户。 → 共5,300户。",),
        right=("共5,300户。", "2022，300户。", "3月5，300户"),
    ),
    Rule(
        "N12",
        Level.ERROR,
        "百分点",
        "“百分点”已含百分号，不再写“%”。",
        f"{STANDARD}；国家统计局统计用语",
        pattern(r"(?P<hit>[%％]\s?)(?=个百分点)", to=""),
        wrong=("提高5%个百分点。 → 提高5个百分点。",),
        right=("提高5个百分点。", "提高5%。"),
    ),
    Rule(
        "N13",
        Level.WARN,
        "“百分之”和阿拉伯数字",
        "用阿拉伯数字就写“5%”，用“百分之”就写汉字。",
        f"{STANDARD} 4.1.1",
        pattern(r"百分之(?P<n>\d{1,3}(?:\.\d{1,3})?)(?![\d.])", to=r"\g<n>%"),
        wrong=("增长百分之5。 → 增长5%。",),
        right=("增长百分之五。", "增长5%。"),
    ),
    Rule(
        "N14",
        Level.FIX,
        "单位符号的大小写",
        "千米是 km，千克是 kg，厘米是 cm。",
        UNITS,
        pattern(
            r"(?<=\d)\s?(?P<hit>KM|Km|kM|KG|Kg|kG|CM|Cm)(?![A-Za-z0-9])",
            r"(?<=\d)\s?(?P<hit>KW|Kw|KWH|KWh|KV|Kv|MM|Mm|ML|MG|Mg)(?![A-Za-z0-9])",
            to=lambda match: _SYMBOLS.get(match["hit"].upper(), match["hit"].lower()),
        ),
        wrong=("走了5KM。 → 走了5km。", "重3Kg。 → 重3kg。"),
        right=("走了5km。", "KM是什么？"),
    ),
    Rule(
        "N15",
        Level.WARN,
        "时间里的全角冒号",
        "时、分之间用半角冒号，如“8:30”。",
        f"{STANDARD} 4.1.3；GB/T 7408",
        pattern(
            r"(?<![\d：.．])(?:[01]?\d|2[0-3])(?P<hit>：)[0-5]\d(?![\d：日号岁年月.．])",
            to=":",
            unless="比例|比[为是分值重]|[配之]比",
        ),
        wrong=("早上8：30开门。 → 早上8:30开门。",),
        right=(
            "早上8:30开门。",
            "注意：30人。",
            "比分3：2。",
            "城乡居民收入为2.1：10.5：7。",
            "按1：20的比例。",
        ),
    ),
    Rule(
        "N16",
        Level.ERROR,
        "“第”和“两”",
        "序数用“第二”。",
        "《现代汉语词典》第 7 版：二、两",
        pattern(r"第(?P<hit>两)(?=[个次天位种条家名步点])", to="二"),
        wrong=("第两次来。 → 第二次来。",),
        right=("第二次来。", "两次。"),
    ),
)
