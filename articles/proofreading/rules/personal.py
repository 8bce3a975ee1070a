"""Personal data: numbers, addresses and plates, and names beside the facts of an account. Pure.

What a keyword announces (身份证号, 卡号, 账号) blocks whatever its check digit says: a number that
was mistyped is still somebody's. Masked forms (138****2345, 张女士, 尾号2345) are right.
"""

import re
from collections.abc import Iterator
from datetime import date

from ..findings import Level
from ..texts import Text, folded
from .rule import HANZI, IN_SENTENCE, Hit, Rule, apart, pattern

#: Whose findings, where they block, are surely somebody's number.
SURE = frozenset({"I01", "I02", "I03"})
PRIVACY = "《个人信息保护法》第二十八条（敏感个人信息）、第二十五条（不得公开）"

_GAP = "[ \u3000\\-—.·]?"
_ID = re.compile(rf"(?<![0-9a-z])\d{{6}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{3}}[0-9x](?![0-9a-z])")
_CARD = re.compile(
    rf"(?<![0-9a-z.])[3-69]\d{{3}}(?:{_GAP}\d{{4}}){{2,3}}(?:{_GAP}\d{{1,4}}){{0,2}}(?![0-9a-z.])"
)
_PREFIX = re.compile(r"62|9558|95599|4|5[1-5]|35|60|3[47]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ANNOUNCED_ID = re.compile(
    r"(?:身份证|身份号码|公民身份|证件号|身份证件)[^\d。！？\n]{0,12}"
    rf"(?P<hit>\d(?:{_GAP}\d){{13,16}}(?:{_GAP}[\dx])?)(?![\da-z])"
)
_ANNOUNCED_ACCOUNT = re.compile(
    r"(?:卡号|[账帐]号|[账帐]户号?|银行卡|借记卡|信用卡|存折|存单|户号)[^。！？；\n]{0,16}?"
    rf"(?<![\d.])(?P<hit>\d(?:{_GAP}\d){{8,22}})(?![\d.万亿元户笔个年月])"
    rf"|尾号[^\d。！？\n]{{0,6}}(?P<tail>\d(?:{_GAP}\d){{4,18}})(?![\d.])"
)
_NAMED_BEHIND = re.compile(
    rf"(?<![\d.])(?P<hit>\d(?:{_GAP}\d){{14,18}})(?![\d.x])(?=[^\d，,；;。！？\n]{{0,4}}(?:卡号|[账帐]号))"
)
_A_PHONE = re.compile(r"0\d{9,11}|1[3-9]\d{9}|[48]00\d{7}")
_NOT_A_PERSON = re.compile(r"(?:编号|单号|流水|代码|批次|文号|序列)[^，。\n]{0,6}$")


def _digits(quote: str) -> str:
    return "".join(char for char in quote if char.isascii() and char.isalnum())


def _born(digits: str) -> bool:
    try:
        return date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14])).year >= 1900
    except ValueError:
        return False


def is_identity_number(digits: str) -> bool:
    """18 characters with a date of birth in them and the right check digit (GB 11643—1999)."""
    if len(digits) != 18 or not digits[:17].isdecimal() or not _born(digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[17] == "10x98765432"[total % 11]


def is_card_number(digits: str) -> bool:
    """16 to 19 digits with the prefix of a card issuer, and Luhn's check digit."""
    if not 16 <= len(digits) <= 19 or not _PREFIX.match(digits) or len(set(digits)) < 3:
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _identity_numbers(text: Text) -> Iterator[Hit]:
    string = text.once(folded)
    announced = [match.span("hit") for match in _ANNOUNCED_ID.finditer(string)]
    for start, end in announced:
        yield Hit(start, end)
    for match in _ID.finditer(string):
        if match.span() in announced:
            continue
        digits = _digits(match[0])
        if is_identity_number(digits):
            yield Hit(*match.span())
        elif _looks_like_one(digits) and not _NOT_A_PERSON.search(
            string, max(0, match.start() - 12), match.start()
        ):
            why = "像身份证号码（前六位是地区、后面是出生日期），只是校验位不对；请删去或核对。"
            yield Hit(*match.span(), None, why, Level.WARN)


def _looks_like_one(digits: str) -> bool:
    """A region of the country and a date of birth, with a wrong digit somewhere."""
    return len(digits) == 18 and 11 <= int(digits[:2]) <= 65 and _born(digits)


def _card_numbers(text: Text) -> Iterator[Hit]:
    string = text.once(folded)
    announced = set()
    for match in _ANNOUNCED_ACCOUNT.finditer(string):
        span = match.span("hit" if match["hit"] else "tail")
        if not _A_PHONE.fullmatch(_digits(string[slice(*span)])):
            announced.add(span)
            yield Hit(*span)
    for match in _NAMED_BEHIND.finditer(string):
        if match.span() not in announced:
            announced.add(match.span())
            yield Hit(*match.span())
    for match in _CARD.finditer(string):
        digits = _digits(match[0])
        is_card = is_card_number(digits) and not is_identity_number(digits)
        if is_card and match.span() not in announced:
            yield Hit(*match.span())


_MAILBOX = re.compile(
    r"[A-Za-z0-9._+\-]{1,64}@(?:vip\.)?(?:qq|163|126|sina|sohu|gmail|hotmail|outlook|139|189|foxmail|"
    r"yeah|aliyun|tom|21cn)\.(?:com|cn|net)",
    re.IGNORECASE,
)


def _mailboxes(text: Text) -> Iterator[Hit]:
    """Addresses are where other rules look away, so this one looks by itself."""
    for match in _MAILBOX.finditer(text.string):
        yield Hit(*match.span())


# GA 36—2018: province, office, five characters (six where the engine is electric), few letters.
_PLATE = re.compile(
    "(?<![0-9a-z])(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z]|"
    "wj[ ·]?[京津沪渝冀豫云辽"
    "黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?)[·•・.\\- ]?"
    r"(?:(?=[a-hj-np-z0-9]{0,4}\d)(?![a-z]{3})[a-hj-np-z0-9]{5}|[a-hjk][a-hj-np-z0-9]\d{4}|\d{5}[a-hjk]"
    r"|[a-hj-np-z0-9]{4}[警学挂港澳领使])(?![0-9a-z])"
)
#: Bonds are numbered by year, place and kind: 20冀MTN001.
_BOND = re.compile(r"[a-z]*(?:mtn|scp|ppn|abn|abs|tn|cp|cd|gn)\d{3}")
_CAR = re.compile("[车辆停驶]|牌照|号牌")


def _plates(text: Text) -> Iterator[Hit]:
    string = text.once(folded)
    for match in _PLATE.finditer(string):
        start, end = match.span()
        if not _BOND.match(string, start + 1):
            car = bool(_CAR.search(string, max(0, start - 14), start))
            yield Hit(start, end, level=Level.BLOCK if car else None)


_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3}|[甲乙丙丁])"
_BUILDING = rf"(?:{_NUMBER}(?:号楼|号院|栋|幢|号|[A-Za-z]?座))"
_ADDRESS = apart(
    pattern(
        rf"(?:{_BUILDING}[，、]?){{0,2}}{_NUMBER}单元(?:[，、]?{_NUMBER}楼)?[，、]?(?:\d{{3,4}}|{_NUMBER})(?:室|号|户|房)?",
        rf"{_NUMBER}(?:号楼|栋|幢)(?:{_NUMBER}(?:单元|门))?(?:\d{{3,4}})(?:室|号|户)(?!会议|办公)",
        rf"(?:家住|住在|住址|地址|住)[^，。；！？\n]{{0,24}}?(?P<hit>(?:\d{{1,5}}号|{_BUILDING})[^，。；！？\n]{{0,8}}?\d{{3,4}}[室户])",
    )
)

# Surnames after 客户, without those that begin a common word: 客户余额, 客户金融, 客户陈述.
SURNAME = (
    "(?:[王李张刘杨赵吴徐孙朱郭罗郑梁谢韩曹彭萧蔡潘董袁蒋杜吕丁沈姚卢傅崔谭廖邹熊孟秦薛尹阎贺龚邵"
    "郝魏贾侯邓冯汪戴姜叶翁俞章倪顾汤钱柳孔裴闫曲佟]|"
    "陈(?!述|列|旧|设)|黄(?!金|页|色)|林(?!业|地)|马(?!上|路)|高(?!端|效|度|频|额|管|净|龄|达|于|质|品|新|兴)|"
    "唐(?!代)|许(?!可|多)|宋(?!体|代)|田(?!地|间)|胡(?!同|乱)|何(?!时|处|种|必|况)|周(?!转|期|末|边|到|围|[一二三四五六日])|"
    "夏(?!天|季|日)|石(?!油|化)|任(?!何|务|意|职|期|性)|范(?!围)|康(?!复|养)|严(?!格|重|禁|密)|齐(?!全|心)|温(?!暖|馨|度)|"
    "于(?!是|此|本|我|上|下|今|每|近|[一二三\\d])|金(?!融|额|属|卡|色|秋|钱|库)|史(?!料)|白(?!天|领|色|条)|欧阳|上官|诸葛)"
)
_MASKED = "某先女大阿老小奶爷婆叔姐哥总师姓氏×XxＸ*＊等方家家行经"
_NAME = rf"{SURNAME}[{HANZI}]{{1,2}}"
_TITLED = "女士|先生|小姐|大爷|大妈|大娘|阿姨|奶奶|爷爷|老人|夫妇|夫妻|夫人|老板"
_ACCOUNT = (
    "账号|卡号|余额|名下|身份证|欠款|逾期|征信|存单|存款\\d|贷款\\d|密码|手机号|住址|病历|账户"
)
_MONEY = r"(?:\d[\d.,]{0,12}|[一二两三四五六七八九十百千几]{1,8})(?:多|余)?[万亿]?元?"
_HOLDING = (
    rf"(?:存了|存入|存有|存款|取了|取出|取款|转了|转出|汇了|汇出|借了|欠了?|还了|贷了|贷款|余额|购买)"
    rf"{IN_SENTENCE}{{0,10}}?{_MONEY}(?:[万亿]元|元|块钱)"
)
_HOLDING = (
    rf"(?:{_HOLDING}|{_MONEY}(?:[万亿]元|元|块钱){IN_SENTENCE}{{0,4}}"
    r"(?:存款|取款|贷款|欠款|存单|理财|定期|活期|余额))"
)
_CUSTOMER = "(?:客户|储户|户主|持卡人|存款人|借款人|贷款户|老客户|开户人)"
_NAMED = (
    # 客户李建国……, and 王丽娟女士……; 张女士 and 客户张某 are masked.
    rf"{_CUSTOMER}(?P<hit>{_NAME})(?<![{_MASKED}])(?<!客户.[{_MASKED}].)",
    rf"(?<![{HANZI}])(?P<hit>{SURNAME}[{HANZI}]{{1,2}})(?=(?:{_TITLED}))(?<![{_MASKED}])",
    rf"(?:为|给|帮|替|向|把|与|和|请)(?P<hit>{SURNAME}[{HANZI}]{{2}})(?=(?:{_TITLED}))",
)
_CLOSE = re.compile(rf"{IN_SENTENCE}{{0,24}}?(?:{_ACCOUNT}|{_HOLDING})")
_SUM = re.compile(
    rf"{IN_SENTENCE}{{0,40}}?(?:{_HOLDING}|(?:余额|账户|名下){IN_SENTENCE}{{0,12}}?\d)"
)
_NAMES = pattern(*_NAMED)


def _names(text: Text) -> Iterator[Hit]:
    """With an amount behind it a name blocks, else it is asked about."""
    told = -1
    for hit in sorted(_NAMES(text)):
        if hit.start < told or not _CLOSE.match(text.string, hit.end):
            continue
        told = hit.end
        grave = bool(_SUM.match(text.string, hit.end))
        yield hit._replace(level=Level.BLOCK if grave else None)


RULES = (
    Rule(
        "I01",
        Level.BLOCK,
        "身份证号码",
        "出现了身份证号码，必须删去。",
        PRIVACY,
        _identity_numbers,
        wrong=(
            "身份证11010519491231002X。",
            "号码１１０１０５１９４９１２３１００２Ｘ",
            "身份证号是110105194912310029。",
            "身份证号码：110105491231002。",
            "他报出110105194912310029。",
        ),
        right=(
            "编号110105194912310021。",
            "编号110105194913310029。",
            "身份证110105********0021。",
        ),
    ),
    Rule(
        "I02",
        Level.BLOCK,
        "手机号码",
        "出现了手机号码，请删去或隐去中间四位。",
        PRIVACY,
        pattern(
            rf"(?<![0-9a-z@._\-])(?:\+?86[ \-]?)?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?![0-9a-z@])",
            fold=True,
        ),
        wrong=("电话13912345678。", "打139 1234 5678。", "手机１３９１２３４５６７８"),
        right=("电话139****5678。", "编号213912345678。", "电话0431-80000000。"),
    ),
    Rule(
        "I03",
        Level.BLOCK,
        "银行卡号、账号",
        "出现了银行卡号或账号，必须删去或只留后四位。",
        PRIVACY,
        _card_numbers,
        wrong=(
            "卡号6222021234567890128。",
            "卡号6222 0212 3456 7890 128",
            "我写下6222021234567890128。",
            "卡号6222021234567890123。",
            "账号是0710 1234 5678 901。",
            "尾号880012345的卡。",
            "念出6222021234567890123这个卡号。",
        ),
        right=(
            "流水号1234567890123456。",
            "尾号0128。",
            "账号咨询请打0431-80000000。",
            "账户余额增加1234567890元。",
            "身份证11010519491231002X，卡号在存折上。",
        ),
    ),
    Rule(
        "I04",
        Level.WARN,
        "公共邮箱",
        "出现了公共邮箱地址，请确认可以公开，单位的事用单位邮箱。",
        "《个人信息保护法》第四条；单位保密规定",
        _mailboxes,
        wrong=("写信到a.b@qq.com。",),
        right=("写信到a.b@example.org。",),
    ),
    Rule(
        "I05",
        Level.WARN,
        "车牌号码",
        "出现了车牌号码，请隐去几位。",
        "《个人信息保护法》第四条；GA 36—2018《机动车号牌》",
        _plates,
        wrong=(
            "吉A12345停在门口。",
            "他的车牌是辽B·6K821。",
            "沪AD12345",
            "粤Z1234港",
            "吉A-88K21",
        ),
        right=("吉A级网点。", "车牌吉A***45。", "21冀MTN002", "发行20晋SCP001"),
    ),
    Rule(
        "I06",
        Level.WARN,
        "客户姓名和账户情况",
        "客户的姓名和账户情况写在了一起；请隐去名字，如“张先生”“张某”，或确认本人书面同意。",
        PRIVACY,
        _names,
        wrong=(
            "客户李建国名下有三笔贷款。",
            "储户郑秋月在我行存了八十万元。",
            "陈玉兰女士的账户余额为六万元。",
            "客户赵铁柱，手机号写在纸上。",
            "我们帮冯秀珍奶奶办了两万元取款。",
        ),
        right=(
            "客户李先生名下有三笔贷款。",
            "客户余额很多。",
            "客户张某的账号。",
            "客户李建国来了。",
            "陈女士存了三万元。",
            "客户经理王丽帮他存了三万元。",
            "客户高达三千户，存款余额五亿元。",
        ),
    ),
    Rule(
        "I07",
        Level.BLOCK,
        "护照等证件号码",
        "出现了护照、通行证、军官证、驾驶证等证件的号码，必须删去。",
        PRIVACY,
        pattern(
            r"(?:护照|通行证|军官证|士兵证|驾驶证|居住证|社保卡)[^\d。！？\na-z]{0,8}(?P<hit>[a-z]{1,2}\d{6,9}|\d{8,18})(?![\d年月元])",
            fold=True,
        ),
        wrong=("护照号E12345678。", "通行证号码为H01234567。"),
        right=("护照办理提速。", "护照号E****5678。"),
    ),
    Rule(
        "I08",
        Level.BLOCK,
        "微信号、QQ号",
        "出现了个人的微信号或QQ号，请删去。",
        PRIVACY,
        apart(
            pattern(
                r"(?<!公众)微信(?:账?号|id)?(?:[是为：:]|就是|\s){0,2}(?P<hit>(?=[a-z0-9_\-]{0,18}[\d_])[a-z][a-z0-9_\-]{5,19})",
                r"(?<!公众)微信号(?:[是为：:]|就是|\s){0,2}(?P<hit>[a-z][a-z0-9_\-]{5,19}|\d{6,11})",
                r"(?<![a-z])qq(?:号码?)?(?:[是为：:]|就是|\s){0,2}(?P<hit>[1-9]\d{4,10})(?!\d)",
                fold=True,
            )
        ),
        wrong=("加她的微信：wang_1988。", "微信号是xiaowang。", "QQ号12345678。"),
        right=("关注微信公众号yinhang88。", "微信和QQ都可以。", "打开微信App。"),
    ),
    Rule(
        "I09",
        Level.BLOCK,
        "详细住址",
        "出现了门牌到户的住址，请只写到街道或小区。",
        PRIVACY,
        _ADDRESS,
        wrong=(
            "住在柳条路3号2单元402室。",
            "送到8栋1单元1101。",
            "家住平阳街56号院301室。",
            "送到5号楼602室。",
        ),
        right=(
            "住在柳条路附近。",
            "营业部在8号楼一层。",
            "三单元的楼道灯修好了。",
            "在5楼503会议室开会。",
        ),
    ),
)
