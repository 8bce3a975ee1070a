"""Punctuation (GB/T 15834—2011), and characters that are no print. Pure."""

import re
from collections.abc import Iterator
from itertools import pairwise

from articles.bodies import punctuation

from ..findings import Level
from ..texts import Text
from .rule import CLAUSE, HANZI, IN_CLAUSE, START, Find, Hit, Rule, pattern

STANDARD = "GB/T 15834—2011《标点符号用法》"

_HALF_WIDTH = {
    ",": "P01",
    **dict.fromkeys(":;?!", "P02"),
    **dict.fromkeys("()", "P03"),
    ".": "P04",
    **dict.fromkeys("\"'", "P05"),
}


#: Characters that foreign names are written with.
_SOUNDS = (
    "阿埃艾爱安昂奥巴白拜班邦保鲍贝本比彼宾波伯勃博布查茨达戴丹道德登迪蒂丁杜多顿厄恩尔法范菲费芬佛弗夫福"
    "盖甘冈戈哥格根贡古瓜哈海汉豪赫亨霍基吉加贾杰卡凯坎康考科克肯孔库夸拉莱赖兰朗劳勒雷里利丽莉列林隆卢鲁伦"
    "罗洛马玛迈曼芒毛梅蒙米密莫默姆木穆娜纳南内尼涅宁纽努诺帕潘佩彭皮珀普齐奇恰乔切琴琼丘热茹若撒萨塞赛桑瑟"
    "森沙绍舍申圣施史士斯思丝苏索塔泰坦汤特提图托瓦旺威韦维魏温沃乌希锡夏肖谢辛欣雅亚延耶叶伊依因尤约泽扎詹"
)
#: A point in a foreign name: 马克.吐温.
FOREIGN_POINT = rf"(?<=[{_SOUNDS}]{{2}})\.(?=[{_SOUNDS}]{{2}})"
_FOREIGN_POINT = re.compile(FOREIGN_POINT)


def half_width(text: Text) -> dict[str, list[Hit]]:
    """Marks of the wrong width, by rule, as the importer of back issues sets them right."""
    found: dict[str, list[Hit]] = {}
    for block in text.blocks:
        for start, end, new in punctuation.edits(block.text):
            old = block.text[start:end].strip(" \t\xa0")
            if _FOREIGN_POINT.match(block.text, start):
                continue  # P31 makes an interpunct of it
            if old == "?" and _stands_for_a_lost_sign(block.text, start):
                continue  # X07 asks what stood there
            rule = "P06" if "…" in new else _HALF_WIDTH[old[0]]
            found.setdefault(rule, []).append(Hit(block.start + start, block.start + end, new))
    return found


_ASKING = re.compile(
    "[吗呢么吧谁哪何几啊呀嘛怎]|什么|多少|多[大长久高远]|是否|能否|可否|会否|还是|难道|有没有|要不要|(.)不\\1|(.)没\\2"
)
_LOST = re.compile(rf"(?<=[{HANZI}])\?(?=[{HANZI}])")


def _stands_for_a_lost_sign(text: str, at: int) -> bool:
    """«全域旅游无垃圾?九色香巴拉»: whoever saved the file knew no interpunct. Nobody asks here."""
    if not _LOST.match(text, at):
        return False
    before = re.split("[。！？!?；;]", text[max(0, at - 80) : at])[-1]
    return not _ASKING.search(before) and not re.search("[：，:,]", before[-4:])


def lost_signs(text: Text) -> Iterator[Hit]:
    for match in _LOST.finditer(text.string):
        block, offset = text.at(match.start())
        if _stands_for_a_lost_sign(block.text, offset):
            yield Hit(*match.span())


def _wide(rule: str) -> Find:
    def find(text: Text) -> Iterator[Hit]:
        yield from text.once(half_width).get(rule, ())

    return find


_DOTS = pattern(r"(?<!…)…(?!…)", r"…{3}(?!…)|…{5,}", r"[。．]{3,}", r"・{3,}", "[⋯‥]{1,6}", to="……")


def _ellipses(text: Text) -> Iterator[Hit]:
    yield from _wide("P06")(text)
    for hit in _DOTS(text):
        around = text.string[max(0, hit.start - 1) : hit.end + 1]
        if re.search(f"[{HANZI}，。？！、“”]", around) or text.string[hit.start] != "…":
            yield hit


_NUMERALS = "一二三四五六七八九"
_APPROXIMATE = "|".join(f"{a}、(?={b})" for a, b in pairwise(_NUMERALS))


def _digits_with_a_comma(text: Text) -> Iterator[Hit]:
    """In a list; a single number may be that of a picture.

    Where an item begins with a digit, the point would make one number of the two: 2.9月前."""
    found = list(_DIGIT_AND_COMMA.finditer(text.string))
    if len(found) > 1 and not any(match["digit"] for match in found):
        for match in found:
            yield Hit(*match.span("hit"), ".")


_DIGIT_AND_COMMA = re.compile(
    rf"^\d{{1,2}}(?P<hit>、)(?=[{HANZI}“《]|(?P<digit>\d{{1,4}}[{HANZI}%]))", re.MULTILINE
)


def _ticks(text: Text) -> Iterator[Hit]:
    """The first line of each run of lines that begin so."""
    before = False
    for block in text.blocks:
        ticked = block.text[0] in "√×✓✗"
        if ticked and not before:
            yield Hit(block.start, block.start + 1)
        before = ticked


RULES = (
    Rule(
        "P01",
        Level.FIX,
        "半角逗号",
        "中文里的逗号用全角的“，”。",
        f"{STANDARD} 4.4",
        _wide("P01"),
        wrong=(
            "下雨天,垫子换了三次。 → 下雨天，垫子换了三次。",
            "<p>先看见<strong>客户,</strong>再看见业务。</p> → 先看见客户，再看见业务。",
            "分别增长5%,10%。 → 分别增长5%，10%。",
        ),
        right=("共1,200元。", "会用Word, Excel这些软件。", "见https://example.org/a,b。"),
    ),
    Rule(
        "P02",
        Level.FIX,
        "半角冒号、分号、问号、叹号",
        "中文里的冒号、分号、问号、叹号用全角。",
        f"{STANDARD} 4.2、4.3、4.6、4.7",
        _wide("P02"),
        wrong=("他问:您好吗?  → 他问：您好吗？", "先看;再问! → 先看；再问！"),
        right=("早上8:30开门。", "比分3:2。", "写信到a@example.org。"),
    ),
    Rule(
        "P03",
        Level.FIX,
        "半角括号",
        "中文里的括号用全角的“（ ）”。",
        f"{STANDARD} 4.9",
        _wide("P03"),
        wrong=("网点(含代办点)都有。 → 网点（含代办点）都有。", "(一)先看 → （一）先看"),
        right=("函数f(x)的值。", "电话(0431)8888。"),
    ),
    Rule(
        "P04",
        Level.FIX,
        "西文句点",
        "中文句末用“。”。",
        f"{STANDARD} 4.1",
        _wide("P04"),
        wrong=("就这样. → 就这样。",),
        right=("增长3.5%。", "版本2.0上线。", "见example.org。"),
    ),
    Rule(
        "P05",
        Level.FIX,
        "直引号",
        "中文的引号用弯的：“ ”里再引用‘ ’。",
        f"{STANDARD} 4.8",
        _wide("P05"),
        wrong=('他说"您好"。 → 他说“您好”。', "所谓'温度'，不神秘。 → 所谓‘温度’，不神秘。"),
        right=('27"的显示器。', "Don't worry是一首歌。"),
    ),
    Rule(
        "P06",
        Level.FIX,
        "省略号的写法",
        "省略号是六个点“……”，占两个字。",
        f"{STANDARD} 4.11",
        _ellipses,
        wrong=(
            "等了又等... → 等了又等……",
            "等了又等。。。 → 等了又等……",
            "等了…还在等 → 等了……还在等",
            "等了………还在等 → 等了……还在等",
            "等了⋯⋯还在等 → 等了……还在等",
        ),
        right=("等了……还在等。", "…………", "a…z"),
    ),
    Rule(
        "P07",
        Level.FIX,
        "破折号的写法",
        "破折号是连着的“——”，占两个字。",
        f"{STANDARD} 4.10",
        pattern(
            rf"(?<=[{HANZI}，。”》])(?:-{{2,4}}|[─━―]{{1,4}}|[－–]{{2,4}}|—-|-—)(?=[{HANZI}“《])",
            to="——",
        ),
        wrong=("他等的人--母亲--来了。 → 他等的人——母亲——来了。", "他──母亲 → 他——母亲"),
        right=("他等的人——母亲——来了。", "长春—吉林。", "A--B"),
    ),
    Rule(
        "P09",
        Level.INFO,
        "并列引号、书名号之间的顿号",
        "并列的引号或书名号之间通常不用顿号。",
        f"{STANDARD} 4.5.3.5（“通常”，业内有争议）",
        pattern(r"(?<=[”》])、(?=[“《])", to=""),
        wrong=("学习《办法》、《细则》。 → 学习《办法》《细则》。",),
        right=("学习《办法》《细则》。", "学习《办法》（修订）、《细则》。"),
    ),
    Rule(
        "P10",
        Level.WARN,
        "“第一”“首先”之后",
        "“第一”“首先”“其次”之后用逗号，不用顿号。",
        f"{STANDARD} 4.4",
        pattern(
            rf"{START}(?:第[一二三四五六七八九十]|首先|其次|再次|最后)(?P<hit>、)(?!第|其次|再次|"
            r"最后|[二三四五六七八九十][、季期届批次个轮])",
            to="，",
        ),
        wrong=("第一、看见客户。 → 第一，看见客户。", "首先、要看见。 → 首先，要看见。"),
        right=("第一、第二季度。", "第二、三季度业务平稳。", "一、看见客户。"),
    ),
    Rule(
        "P11",
        Level.FIX,
        "带括号的序号之后",
        "序号已有括号，后面不再用顿号或句点。",
        f"{STANDARD} 附录（序次语之后的标点）",
        pattern(
            r"^[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)](?P<hit>[、.．，])",
            r"^[①-⑳](?P<hit>[、.．])",
            to="",
        ),
        wrong=("（一）、看见客户 → （一）看见客户", "（1）.备好零钱 → （1）备好零钱"),
        right=("（一）看见客户", "见（一）、（二）两条。"),
    ),
    Rule(
        "P12",
        Level.WARN,
        "序号的标点",
        "汉字序号用顿号“一、”，阿拉伯数字序号用点“1.”。",
        f"{STANDARD} 附录（序次语之后的标点）；GB/T 9704—2012 7.3.3",
        _digits_with_a_comma,
        wrong=("<p>1、备好零钱</p><p>2、备好笔</p>",),
        right=(
            "1.备好零钱",
            "一、看见客户",
            "门牌1、2、3号。",
            "1、备好零钱",
            "<p>1、备好零钱</p><p>2、9月前备好伞</p>",
        ),
    ),
    Rule(
        "P13",
        Level.FIX,
        "概数中的顿号",
        "相邻两个数字连用表示概数，中间不用顿号。",
        f"{STANDARD} 4.5；GB/T 15835—2011 4.3",
        pattern(
            rf"(?<![第{_NUMERALS}十百千万亿零〇、（])(?<!^)(?P<hit>{_APPROXIMATE})"
            rf"[{_NUMERALS}](?=[十百千万亿])",
            rf"(?<![第{_NUMERALS}十百千万亿零〇、（”》])(?<!^)(?P<hit>{_APPROXIMATE})"
            rf"[{_NUMERALS}](?=(?:个|位|盆|张|次|天|岁|户|家|笔|台|只|把|里|公里|分钟|句|遍|步|辆|封|趟)"
            r"(?!级|数|元|季))",
            to=lambda match: match["hit"][0],
        ),
        wrong=("来了六、七百人。 → 来了六七百人。",),
        right=("二、三季度。", "第三、四百货大楼。", "一、二百户人家", "来了六七百人。"),
    ),
    Rule(
        "P14",
        Level.WARN,
        "“等”和省略号",
        "“等”和“……”意思相同，只用一个。",
        f"{STANDARD} 4.11",
        # Only behind a list: “请您稍等……” and «在门口等……» wait.
        pattern(
            rf"(?:[、]|[像如]|例如|"
            rf"包括){IN_CLAUSE}{{0,16}}(?<![平相同对再稍先请别就还在着都去来口您我他她们])等"
            r"(?P<hit>……)",
            r"(?P<hit>……)(?=等(?:等|[，。；]))",
            to="",
        ),
        wrong=("桌、椅、伞等……都备好了。 → 桌、椅、伞等都备好了。",),
        right=(
            "桌、椅、伞……都备好了。",
            "他说再等等就好。",
            "“您先等……”她说。",
            "他等……雨停才走。",
        ),
    ),
    Rule(
        "P20",
        Level.WARN,
        "用“√”“×”列项",
        "用“√”“×”开头的各行请用编辑器的列表；印出来才整齐。",
        "排版惯例（列项用编号或项目符号）",
        _ticks,
        wrong=("√先看见",),
        right=("2×3等于6。", "答对的打√。"),
    ),
    Rule(
        "P21",
        Level.WARN,
        "单个的横线",
        "破折号占两个字；单个的“—”只用于起止，如“长春—吉林”。",
        f"{STANDARD} 4.10、4.13",
        pattern(rf"(?<=[，。！？”…])(?<!—)—(?=[{HANZI}“])", rf"^—(?=[{HANZI}“])", to="——"),
        wrong=("他等的人来了，—母亲。 → 他等的人来了，——母亲。", "—您先请。 → ——您先请。"),
        right=("2021年—2022年。", "长春站—吉林站。", "他等的人——母亲来了。", "俄通社—塔斯社"),
    ),
    Rule(
        "P22",
        Level.ERROR,
        "段首的标点",
        "点号和后引号、后括号不出现在一行的开头；看看是不是断错了行。",
        f"{STANDARD} 5.1.1",
        pattern(r"^[，。、；：！？）》”〉】]"),
        wrong=("，先看见客户。",),
        right=("……他没有说话。", "“好。”", "——他没有说话。"),
    ),
    Rule(
        "P24",
        Level.FIX,
        "数字之间的波纹线",
        "表示数值起止用全角的“～”或“—”。",
        f"{STANDARD} 4.13",
        pattern(r"(?<=[\d%℃年月日时点万元岁])~{1,2}(?=\d)", to="～"),
        wrong=("30~50岁 → 30～50岁",),
        right=("30～50岁", "见https://example.org/a1~2/"),
    ),
    Rule(
        "P26",
        Level.WARN,
        "叠用的叹号、问号",
        "叹号、问号最多叠用三个；公文和论述里一个就够。",
        f"{STANDARD} 4.2、4.3",
        pattern(r"！{4,40}|？{4,40}", to=lambda match: match[0][0] * 3),
        wrong=("来了！！！！ → 来了！！！",),
        right=("来了！！！", "真的？！"),
    ),
    Rule(
        "P28",
        Level.WARN,
        "说话之后的冒号",
        "“说”后面引用整句话，用冒号或逗号，引号在冒号之后。",
        f"{STANDARD} 4.7",
        pattern(rf"{CLAUSE}[{HANZI}]{{0,8}}(?:说|问|喊|答)道?“(?P<hit>：)", to=None),
        wrong=("他说“：您好。”",),
        right=("他说：“您好。”",),
    ),
)
