"""Numbers in sentences: about and above at once, what a name in quotation marks counts, dates that
run backwards, parts that are more than the whole. Pure.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from ...amounts import NUMBER, grain, shown, value
from ...findings import Level
from ...texts import Text
from ..numerals import STANDARD
from ..rule import HANZI, IN_CLAUSE, Hit, Rule, pattern
from ..sums import ENDS, REASON, UNITS

_ONE = "一二三四五六七八九十百千万亿两几"
_SOME = r"(?:\d[\d,.]{0,12}|[一二三四五六七八九十百千两]{1,6})"
_UNIT = (
    "亿?元|人次|人|名|户|平方米|公顷|亩|个(?:月|小时|百分点)?|年|天|岁|位|次|笔|件|家|台|张|份|公里|米|分钟|小时|"
    "千克|吨|%"
)
_MEASURE = rf"(?:万|亿|千|百|十)?(?:{_UNIT})?"

_NAMED = re.compile(
    rf"“?(?P<n>[两二三四五六七八九十])个(?P<what>[{HANZI}]{{1,4}})”?(?:[{HANZI}]{{0,4}})[：:，](?:即|就是|分别是)?"
    rf"(?P<items>[^。！？：\n]{{4,160}})[。！？\n]"
)


def _named(text: Text) -> Iterator[Hit]:
    """“三个坚持”：坚持……，坚持……: each member begins, or ends, with the word that is counted."""
    for match in _NAMED.finditer(text.string):
        what, said = match["what"], int(value(match["n"]) or 0)
        items = [each.strip("“”‘’即是和") for each in re.split("[，、；]", match["items"])]
        if "等" in match["items"] or len(what) < 2:
            continue
        begin = all(each.startswith(what) for each in items)
        end = all(each.endswith(what) and len(each) > len(what) for each in items)
        if len(items) > 1 and (begin or end) and len(items) != said:
            why = f"前面说“{match['n']}个{what}”，后面列出的是 {len(items)} 个。"
            yield Hit(*match.span("n"), None, why)


#: What cannot be both: together they are no more than the whole.
_APART = (
    "城区 县域 乡镇 农村 乡村 郊区",
    "男 女",
    "在职 退休 离退休",
    "中高级 高级 中级 初级",
    "本科 大专 专科 研究生 硕士 博士",
    "新增 存量",
    "正式 派遣 外包",
    "一线 后台 机关",
    "线上 线下",
    "个人 对公 企业 单位",
    "室内 室外",
    "一等奖 二等奖 三等奖",
    "优秀 良好 合格 不合格",
    "满意 不满意 基本满意",
    "春季 秋季",
    "第一季度 第二季度 第三季度 第四季度 一季度 二季度 三季度 四季度",
    "老年 青年 中年 少年",
    "已婚 未婚",
    "活期 定期",
    "短期 中期 长期 中长期",
    "小学 初中 高中 中学",
)
_GROUPS = tuple(tuple(sorted(row.split(), key=len, reverse=True)) for row in _APART)
_DIVIDED = re.compile(
    rf"(?<!\d)(?P<whole>{NUMBER})(?P<unit>{UNITS})[{HANZI}]{{0,6}}[，（,：]?(?:其中|包括)：?"
    rf"(?P<rest>[^。；！？\n]{{4,90}})"
)


def _divided(text: Text) -> Iterator[Hit]:
    for match in _DIVIDED.finditer(text.string):
        whole = value(match["whole"])
        part = re.compile(rf"(?P<name>[{HANZI}]{{1,10}}?)(?P<n>{NUMBER}){match['unit']}")
        found = [each for each in part.finditer(match["rest"]) if value(each["n"]) is not None]
        kinds = [_kind(each["name"]) for each in found]
        groups = {group for group, _ in kinds}
        names = [name for _, name in kinds]
        if whole is None or len(found) < 2 or len(groups) != 1 or len(set(names)) < len(names):
            continue
        if None in groups:
            continue
        total = sum((value(each["n"]) or Decimal() for each in found), start=Decimal())
        if total > whole + grain(match["whole"], *(each["n"] for each in found)):
            sums = " + ".join(each["n"] for each in found)
            start = match.start("rest") + found[-1].start("n")
            why = f"{sums} = {shown(total)}，比 {match['whole']} 多。"
            yield Hit(start, start + len(found[-1]["n"]), None, why)


def _kind(name: str) -> tuple[int | None, str]:
    for number, group in enumerate(_GROUPS):
        word = next((each for each in group if each in name), None)
        if word:
            return number, word
    return None, name


_SAME = {"名": "人", "位": "人"}
_ADDED = re.compile(
    rf"(?<![约近超逾达])(?P<parts>[{HANZI}]{{1,8}}?{NUMBER}(?P<unit>人|名|位|户|个|件|笔|台|张|份|次|场|项|套|本|万元|亿元|元)(?:[、，和及]"
    rf"[{HANZI}]{{1,8}}?{NUMBER}(?P=unit)){{1,6}})，(?:共有?|合计|总计|一共|总共|共计)[{HANZI}]{{0,4}}?"
    rf"(?P<whole>{NUMBER})(?P<last>人|名|位|户|个|件|笔|台|张|份|次|场|项|套|本|万元|亿元|元){ENDS}"
)


def _added(text: Text) -> Iterator[Hit]:
    """一等奖1名、二等奖2名，共有4人: persons are counted by 名, 位 and 人 alike."""
    for match in _ADDED.finditer(text.string):
        unit, last = match["unit"], match["last"]
        if _SAME.get(unit, unit) != _SAME.get(last, last) or "其中" in match["parts"]:
            continue
        written = re.findall(rf"({NUMBER}){unit}", match["parts"])
        numbers = [number for one in written if (number := value(one)) is not None]
        whole = value(match["whole"])
        if whole is None or len(numbers) < 2:
            continue
        total = sum(numbers, start=whole - whole)
        if abs(total - whole) > grain(match["whole"], *written):
            why = f"{' + '.join(written)} = {shown(total)}，不是 {match['whole']}。"
            yield Hit(*match.span("whole"), None, why)


_FOR_DAYS = re.compile(
    rf"为期(?P<said>{NUMBER})(?P<unit>天|周)(?!年)[^。；！？\n\d]{{0,12}}[，（(](?:从|自|于|时间为)?(?:(?:19|20)\d\d年)?(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})日?"
    r"(?:[—–\-～~]{1,2}|[至到])(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日"
)


def _for_days(text: Text) -> Iterator[Hit]:
    for match in _FOR_DAYS.finditer(text.string):
        said = value(match["said"])
        if match["m2"] and match["m2"] != match["m1"]:
            continue
        days = int(match["d2"]) - int(match["d1"]) + 1
        if said is None or days <= 0:
            continue
        # A week of work has five days or six.
        most = said * 7 if match["unit"] == "周" else said
        least = most - 2 if match["unit"] == "周" else said
        if not least <= days <= most:
            yield Hit(*match.span("said"), None, f"{match['d1']}日到{match['d2']}日是 {days} 天。")


_JUNE, _HALF_A_YEAR = 6, 6
_BACKWARDS = re.compile(
    r"(?<!\d)(?:(?P<y1>(?:19|20)\d\d)年)?(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日(?:[至到]|[—–\-～~]{1,2})"
    r"(?:(?P<y2>(?:19|20)\d\d)年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日"
)


def _backwards(text: Text) -> Iterator[Hit]:
    for match in _BACKWARDS.finditer(text.string):
        if match["y2"] and match["y2"] != match["y1"]:
            continue
        first = int(match["m1"]), int(match["d1"])
        last = int(match["m2"] or match["m1"]), int(match["d2"])
        # A term of school, a winter's heating: the turn of the year is within.
        turns = first[0] > _JUNE and (last[0] - first[0]) % 12 <= _HALF_A_YEAR
        if last < first and not turns:
            yield Hit(*match.span(), None, "后一个日期比前一个早。")


_OF_ALL = re.compile(
    rf"(?P<part>{NUMBER})(?:人|名|位)，占(?:员工|职工|全行|支行|党员|客户)?(?:总人?数|全体)?(?P<whole>{NUMBER})(?:人|名|位)的(?P<said>\d{{1,2}}(?:\.\d)?)%"
)


def _of_all(text: Text) -> Iterator[Hit]:
    for match in _OF_ALL.finditer(text.string):
        part, whole, said = (value(match[name]) for name in ("part", "whole", "said"))
        if part is None or not whole or said is None or part > whole:
            continue
        share = part * 100 / whole
        if abs(share - said) > 1:
            why = f"{match['part']} ÷ {match['whole']} = {share:.1f}%，不是 {match['said']}%。"
            yield Hit(*match.span("said"), None, why)


_TIMES = re.compile(
    rf"(?:由|从){IN_CLAUSE}{{0,8}}?(?P<a>{NUMBER})(?P<u>{UNITS}){IN_CLAUSE}{{0,6}}?(?:增加|增长|上升|扩大|提高|发展|增)(?:到|至|为)"
    rf"{IN_CLAUSE}{{0,6}}?(?P<b>{NUMBER})(?P=u)，{IN_CLAUSE}{{0,6}}?(?:增加|增长|提高|扩大|增)了?(?P<said>[一二两三四五六七八九十\d]{{1,3}})倍"
)


def _times(text: Text) -> Iterator[Hit]:
    """From 3 to 6 is one time more, not two."""
    for match in _TIMES.finditer(text.string):
        a, b, said = (value(match[name]) for name in ("a", "b", "said"))
        if a and b and said is not None and b % a == 0 and said == b / a:
            more = shown(b / a - 1)
            why = f"{match['b']} 是 {match['a']} 的 {shown(b / a)} 倍，增加了 {more} 倍。"
            yield Hit(*match.span("said"), None, why)


RULES = (
    Rule(
        "M27",
        Level.ERROR,
        "增加了几倍",
        "“增加了几倍”只算增加的部分，“增加到几倍”才连原数在内。",
        f"{STANDARD}；数据自洽（核算）",
        _times,
        wrong=("贷款余额由3亿元增加到6亿元，增加了两倍。",),
        right=("贷款余额由3亿元增加到6亿元，增加了一倍。",),
    ),
    Rule(
        "N31",
        Level.ERROR,
        "约数叠用",
        "“多”“余”“左右”“以上”不叠用，留一个。",
        f"{STANDARD}；《现代汉语词典》第 7 版；病句（重复）",
        pattern(
            rf"(?<![差])(?:\d|[{_ONE}])[多余几](?:万|亿|千|百)?{_MEASURE}(?P<hit>左右|上下(?=[，。；的])|以上(?=[，。；的]))",
            rf"(?:\d|[{_ONE}])[多余]?{_MEASURE}(?:以上|以下|左右)(?P<hit>多|余|左右|上下)(?=[的，。；人户])",
            rf"(?<![年月日附最相靠邻临远])(?:将近|接近|近){_SOME}{_MEASURE}(?P<hit>左右|上下(?=[，。；的])|以上)(?![学的]?(?:学历|职称))",
            rf"(?<![年月日附最相靠邻])(?:将近|接近|近|不足|不到|约){_SOME}个(?P<hit>多)(?=小时|月|世纪|星期|钟头)",
            rf"(?:多达|高达|长达|达到?){_SOME}[多余]{_MEASURE}(?P<hit>左右)",
            rf"(?:少于|低于|不低于|不少于|高于|多于|大于){_SOME}{_MEASURE}(?P<hit>左右|以上|以下|以内)(?=[，。；的])",
            r"(?:平均|户均|人均)每?[人户个天年月]?[^，。；\d]{0,6}(?P<hit>各)(?=\d)",
            to="",
        ),
        wrong=(
            "贷款5亿多元左右。 → 贷款5亿多元。",
            "全行三分之一以上多的人。 → 全行三分之一以上的人。",
            "不少于30分钟以上。 → 不少于30分钟。",
        ),
        right=("贷款5亿多元。", "30分钟以上。", "不少于30分钟。"),
    ),
    Rule(
        "N32",
        Level.WARN,
        "降到负数的百分数",
        "减少、下降不能超过 100%，请核对。",
        REASON,
        pattern(
            r"(?<!亏损)(?:减少|下降|降低|缩短|压降)了?(?P<hit>(?:1[0-9]\d|[2-9]\d\d)(?:\.\d+)?%)",
        ),
        wrong=("排队时间缩短了150%。",),
        right=("排队时间缩短了50%。", "由200%下降到100%。", "亏损减少120%，扭亏为盈。"),
    ),
    Rule(
        "M28",
        Level.ERROR,
        "占总数的几成",
        "占比和前后的两个数对不上。",
        REASON,
        _of_all,
        wrong=("党员15名，占员工总数30人的60%。",),
        right=("党员15名，占员工总数30人的50%。",),
    ),
    Rule(
        "N33",
        Level.WARN,
        "数字中间的顿号",
        "小数用小数点，约数用汉字，请核对这里是“1.2”还是“一二”。",
        f"{STANDARD} 4.2.1、5.1",
        pattern(r"(?<![\d、.])(?P<hit>\d、\d)(?=[万亿]元)"),
        wrong=("贷款1、2亿元。",),
        right=("贷款1.2亿元。", "1、2号窗口。"),
    ),
    Rule(
        "M22",
        Level.ERROR,
        "“三个坚持”和列出的几个",
        "前面说的数目和后面列出的对不上。",
        REASON,
        _named,
        wrong=("做到“三个坚持”：坚持看见，坚持记住。", "做到三个到位：人员到位、门垫到位。"),
        right=(
            "做到“三个坚持”：坚持看见，坚持记住，坚持再看。",
            "做到两个到位：人员到位、门垫到位。",
        ),
    ),
    Rule(
        "M23",
        Level.ERROR,
        "各部分比总数多",
        "各部分加起来比总数还多。",
        REASON,
        _divided,
        wrong=("下辖8个网点，其中城区网点5个，乡镇网点4个。",),
        right=(
            "下辖8个网点，其中城区网点5个，乡镇网点3个。",
            "下辖8个网点，其中城区网点5个，带停车场的网点4个。",
            "今年新建网点2个，改造城区网点5个、乡镇网点3个。",
        ),
    ),
    Rule(
        "M25",
        Level.ERROR,
        "各项和共有的人数",
        "各项加起来不等于总数。",
        REASON,
        _added,
        wrong=("设一等奖1名、二等奖2名、三等奖3名，共有7人得奖。",),
        right=(
            "设一等奖1名、二等奖2名、三等奖3名，共有6人得奖。",
            "城东3户、城西4户，共有7户。",
            "设一等奖1名、二等奖2名、三等奖3名，共有30名选手参赛。",
            "评出金奖1个、银奖2个，共有20个班组报名。",
        ),
    ),
    Rule(
        "M26",
        Level.ERROR,
        "为期几天",
        "天数和起止日期对不上。",
        REASON,
        _for_days,
        wrong=("培训为期五天，6月3日至6日。",),
        right=(
            "培训为期四天，6月3日至6日。",
            "培训为期一周，6月3日至7日。",
            "培训为期两周，6月3日至14日。",
        ),
    ),
    Rule(
        "M24",
        Level.ERROR,
        "倒着的日期",
        "起止日期的先后反了。",
        "公历",
        _backwards,
        wrong=("活动时间为3月20日至3月10日。",),
        right=(
            "活动时间为3月10日至20日。",
            "12月28日至1月3日。",
            "9月1日至1月20日为秋季学期。",
            "供暖季为11月15日至4月5日。",
        ),
    ),
)
