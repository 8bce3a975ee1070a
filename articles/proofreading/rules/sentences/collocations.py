"""Words that do not go together, parts of a sentence that are missing or twice, units. Pure.

Each frame is narrow: what may stand between the words is bounded, and what makes it right is named.
"""

import re
from collections.abc import Iterator

from ...findings import Level
from ...texts import Text
from ..marks import STANDARD
from ..numerals import STANDARD as NUMERALS
from ..numerals import UNITS
from ..personal import SURNAME
from ..rule import HANZI, IN_CLAUSE, START, Hit, Rule, apart, pattern
from .grammar import DICTIONARY, GRAMMAR

#: Nouns, the verbs that do not go with them, and the one that does.
_PAIRS = (
    ("水平", "增加|增强|改善|加强|扩大|完善", "提高"),
    ("质量|效率|素质", "增加|增强|扩大|增大", "提高"),
    ("能力", "增加|改善|扩大", "增强"),
    ("意识|观念|责任感|信心|凝聚力", "完善|改善|改进|扩大|增加|增大", "增强"),
    ("差距", "减少|降低|缩短|减小", "缩小"),
    ("规模", "提高|增强|提升", "扩大"),
    ("面貌", "提高|增加|增强", "改变"),
    ("制度|机制|体系|流程", "提高|增强|增加|扩大", "完善"),
    ("视野|眼界", "提高|增加|增强|扩大", "开阔"),
    ("困难", "改善|完善|提高", "克服"),
    ("知识", "提高|增强|改善", "丰富"),
)
_OWN = "(?:我们的?|员工的?|自身的?|自己的?|全行的?|全员的?|大家的?|支行的?|队伍的?|客户的?)?"
_KIND = (
    "(?:服务|业务|管理|综合|专业|工作|技术|合规|风险|安全|责任|团队|营销|办事|精神|职业|竞争|"
    "技能|内控|内部|考核|激励|约束|培训|沟通|反馈|绩效){0,2}"
)
_MUCH = "(?:有了?|得到了?|取得了?)(?:明显|显著|很大|较大|进一步|大幅|极大|一定|不断|长足|质)的?"


def _mismatched(text: Text) -> Iterator[Hit]:
    for find in _MISMATCHED:
        yield from find(text)


_MISMATCHED = tuple(
    apart(
        pattern(
            # 不断改善合规意识; 素质有了很大的增加
            rf"(?:不断|持续|进一步|努力|逐步|要|着力|切实|{START})(?P<hit>{verbs}){_OWN}{_KIND}(?:{nouns})(?=[，。；、！]|$)",
            rf"(?:{nouns}){_MUCH}(?P<hit>{verbs})(?=[，。；、！]|$)",
            to=right,
        )
    )
    for nouns, verbs, right in _PAIRS
)

_ADJECTIVES = (
    "耐心|细心|热情|主动|认真|仔细|详细|亲切|真诚|积极|及时|悉心|精心|贴心|专心|用心|"
    "微笑|小心|仔仔细细|亲手|清楚|准确|快速|慢慢|轻轻"
)


_BUT = ("但", "可", "却", "只", "不过")
#: A thing, not a clause: 花镜, and not 有了我.
_ITEM = rf"(?:(?![了着过我你他她们就都也不很是有在到去来])[{HANZI}])"
_LIST_COMMAS = re.compile(
    rf"(?:有|了|着|备|含|括|如|：){_ITEM}{{2,5}}(?:，{_ITEM}{{2,5}}){{2,6}}"
    rf"(?:、{_ITEM}{{2,6}}){{1,6}}(?=等|和)"
)


def _commas_in_a_list(text: Text) -> Iterator[Hit]:
    """花镜，放大镜，针线包、雨衣等: two commas at least, all of short nouns."""
    for match in _LIST_COMMAS.finditer(text.string):
        for comma in re.finditer("，", match[0]):
            at = match.start() + comma.start()
            yield Hit(at, at + 1, "、")


def _in_kilograms(match: re.Match[str]) -> str:
    half = float(match["n"]) / 2
    return f"{half:g}千克"


def _four_digits(match: re.Match[str]) -> str:
    year = match["hit"]
    return f"19{year}" if year >= "50" else f"20{year}"


_BEGAN = "成立|建立|创办|创建|开业|挂牌|出生|毕业|入行|入社|参加工作|入党|入伍|退休|结婚"
_TITLES = "董事长|监事长|行长|主任|总经理|经理|书记|处长|科长|主席|局长|所长|校长|院长"

RULES = (
    Rule(
        "G30",
        Level.WARN,
        "缺少主语",
        "“在……下”“随着……”和“使……”连用，句子就没有主语了：删去“使”。",
        GRAMMAR.format("成分残缺"),
        pattern(
            rf"{START}在{IN_CLAUSE}{{2,30}}(?:下|中)，(?P<hit>使得|使|令)(?!用|命|者|馆|人|劲|领|牌)",
            rf"{START}随着{IN_CLAUSE}{{2,30}}，(?P<hit>使得|使|令)(?!用|命|者|馆|人|劲|领|牌)",
            to="",
        ),
        wrong=("在大家的帮助下，使门垫换得快了。 → 在大家的帮助下，门垫换得快了。",),
        right=("在大家的帮助下，门垫换得快了。", "在培训中，使用点钞机。", "大家的帮助使我进步。"),
    ),
    Rule(
        "G31",
        Level.WARN,
        "缺少宾语的中心语",
        "“提高”后面少了中心语，如“……的能力”“……的意识”。",
        GRAMMAR.format("成分残缺"),
        pattern(
            r"(?:提高|提升|增强|培养)了?(?:广大|全体|老年|各类|全行|社区|农村|辖区)?(?:客户|员工|居民|群众|老人|老年人|市民|村民|公众|消费者|"
            r"学生|干部|党员|商户|柜员|大家)们?(?:防范|识别|抵御|应对|辨别|预防|处理|化解|运用|使用|防备|分辨)"
            rf"(?!{IN_CLAUSE}{{0,16}}(?:能力|意识|水平|本领|技能|素[质养]|警惕|效率|质量|[力度性率感]))"
            rf"(?:(?!的)[{HANZI}]){{2,10}}(?P<hit>[。，；])",
            to=lambda match: f"的能力{match['hit']}",
        ),
        wrong=("提高居民识别假币。 → 提高居民识别假币的能力。",),
        right=("提高居民识别假币的能力。", "提高居民防范意识。", "提高效率，防范风险。"),
    ),
    Rule(
        "G32",
        Level.ERROR,
        "“主要以……为主”",
        "“主要”和“为主”重复，留一个。",
        GRAMMAR.format("句式杂糅"),
        pattern(
            rf"(?P<hit>主要(?:是)?)以{IN_CLAUSE}{{1,20}}为主(?![要题体导线角页任席持流食])",
            to="",
        ),
        wrong=("活动主要以讲座为主。 → 活动以讲座为主。",),
        right=("活动以讲座为主。", "主要以讲座为主题。"),
    ),
    Rule(
        "G33",
        Level.WARN,
        "句式杂糅",
        "两种说法混在了一起，留一种。",
        GRAMMAR.format("句式杂糅"),
        pattern(
            rf"(?:跳出|走出|超出|超越){IN_CLAUSE}{{1,12}}(?P<hit>之外)(?=[，。；]|的(?:增值|更多|服务|体验))",
            r"致力于(?P<hit>去)(?=[做提打改推帮解])",
            rf"(?:原因|目的|关键|重点)(?:主要)?在于{IN_CLAUSE}{{2,24}}(?P<hit>(?:造成|导致|引起|决定)的)(?=[。，；])",
            rf"(?:对于|关于){IN_CLAUSE}{{2,16}}(?P<hit>问题上)(?=，)",
            to="",
        ),
        wrong=(
            "跳出柜台之外，看见客户。 → 跳出柜台，看见客户。",
            "致力于去做好服务。 → 致力于做好服务。",
        ),
        right=("跳出柜台，看见客户。", "致力于做好服务。"),
    ),
    Rule(
        "G34",
        Level.WARN,
        "数量词和“们”",
        "前面有数量词或“全体”“各位”，后面不再用“们”。",
        GRAMMAR.format("成分赘余"),
        pattern(
            r"(?:全体|全部|许多|众多|所有|[\d一二三四五六七八九十百几多两数][余多]?[名位个])"
            r"(?:老年|青年|优秀|年轻|一线)?(?:员工|客户|同事|党员|居民|村民|老人|学生|柜员|经理|代表|选手|志愿者|同学|孩子)(?P<hit>们)",
            to="",
        ),
        wrong=("全体员工们都来了。 → 全体员工都来了。", "十名党员们到场。 → 十名党员到场。"),
        right=("员工们都来了。", "孩子们喜欢的地方。"),
    ),
    Rule(
        "G35",
        Level.ERROR,
        "敬辞、谦辞",
        "“家父”“贵行”本身就说明了是谁的，前面不再用“我的”“您的”。",
        f"{DICTIONARY}：家、舍、令、贵",
        pattern(
            r"(?P<hit>我的)(?=家父(?!母)|家母|家兄|家慈|家严|舍弟|舍妹|犬子|拙作|拙见|愚见|鄙人)",
            r"(?P<hit>[您你]的)(?=令尊|令堂|令郎|令爱|令兄|贵行|贵公司|贵单位|贵姓|贵社|贵校|贵府|大作|高见)",
            to="",
        ),
        wrong=("我的家母来过网点。 → 家母来过网点。", "拜访您的贵公司。 → 拜访贵公司。"),
        right=("家母来过网点。", "我家父母都来过。", "您贵姓？"),
    ),
    Rule(
        "G36",
        Level.ERROR,
        "职务重复",
        "姓名前后都写了职务，留一个。",
        "新闻报道惯例（职务和姓名）",
        pattern(rf"(?P<title>副?(?:{_TITLES})){SURNAME}[{HANZI}]{{1,2}}(?P<hit>(?P=title))", to=""),
        wrong=("支行行长李明行长到场。 → 支行行长李明到场。",),
        right=("支行行长李明到场。", "行长和副行长到场。", "行长王明和副行长到场。"),
    ),
    Rule(
        "G40",
        Level.WARN,
        "搭配不当",
        "这两个词不搭配，请换成建议的词。",
        GRAMMAR.format("搭配不当"),
        _mismatched,
        wrong=(
            "业务水平有了很大的增强。 → 业务水平有了很大的提高。",
            "要改进合规意识，守住底线。 → 要增强合规意识，守住底线。",
            "进一步提高管理制度。 → 进一步完善管理制度。",
        ),
        right=(
            "业务水平有了很大的提高。",
            "增强合规意识。",
            "完善风险意识教育机制。",
            "扩大规模。",
        ),
    ),
    Rule(
        "G41",
        Level.WARN,
        "时间和“缩短”",
        "时间变短，说“缩短”，不说“下降”“降低”。",
        GRAMMAR.format("搭配不当"),
        pattern(
            rf"(?:时间|时长){IN_CLAUSE}{{0,12}}?(?P<hit>下降|降低|减小)(?=到|至|为|了)(?!了?{IN_CLAUSE}{{0,3}}%)",
            to="缩短",
        ),
        wrong=("排队时间下降到五分钟。 → 排队时间缩短到五分钟。",),
        right=("排队时间缩短到五分钟。", "缩短排队时间。"),
    ),
    Rule(
        "G42",
        Level.ERROR,
        "介词前面的“地”",
        "修饰动作的词后面用“地”。",
        f"{DICTIONARY}：的、地；现代汉语语法（状语）",
        pattern(
            rf"(?:{_ADJECTIVES})(?P<hit>的)(?=(?:向(?![往导日上下前好阳心外])|为(?![人了])|给(?!予|力|养)|对(?![待象手话白方联口比策决应外内抗立撞接照弈冲称错])|"
            rf"把(?![手戏握关控])|替(?![身补])|帮(?![手忙派扶助])|跟(?![前随进踪])|请(?![求示柬帖])|教(?![育师学练导案诲材]))"
            rf"[{HANZI}]{{2}})",
            to="地",
        ),
        wrong=("她细心的为老人戴上花镜。 → 她细心地为老人戴上花镜。",),
        right=("她细心地为老人戴上花镜。", "真诚的向往。", "准确的对应。", "细心的帮助。"),
    ),
    Rule(
        "G43",
        Level.ERROR,
        "“里”写成“理”",
        "表示处所用“里”。",
        f"{DICTIONARY}：里",
        pattern(
            r"(?<![助选对歌高新能老帮熟国鼓猎推水旗])(?:手|眼|夜|嘴|屋|怀|兜)(?P<hit>理)(?=[，。！？；：、”])",
            to="里",
        ),
        wrong=("把伞交到客户手理。 → 把伞交到客户手里。",),
        right=("把伞交到老人手里。", "交给助手理。", "她对手理由很熟。"),
    ),
    Rule(
        "P38",
        Level.WARN,
        "并列词语之间的逗号",
        "并列的词语之间用顿号，一列里不要混用逗号。",
        f"{STANDARD} 4.4、4.5",
        _commas_in_a_list,
        wrong=("备有雨伞，花镜，放大镜、针线包等物品。 → 备有雨伞、花镜、放大镜、针线包等物品。",),
        right=(
            "备有雨伞、花镜、放大镜、针线包等物品。",
            "有了你，有了我，雨伞、花镜等都齐了。",
        ),
    ),
    Rule(
        "P39",
        Level.WARN,
        "不是疑问句的问号",
        "“不知道为什么……”是陈述句，句末用句号；后面还有话，用逗号。",
        f"{STANDARD} 4.2",
        pattern(
            rf"(?:我|他|她|们|人|谁也|大家|都|并|还)(?:不知道|不明白|不清楚|不晓得|想知道|说不清)(?!{IN_CLAUSE}{{0,30}}[吗呢么]？)"
            rf"{IN_CLAUSE}{{0,16}}(?:为什么|怎么|怎样|如何|哪[里儿年个天]|谁|是否|什么|多少)"
            rf"{IN_CLAUSE}{{0,16}}(?P<hit>？)(?!”)",
            to=lambda match: (
                "，"
                if match.string[match.end() : match.end() + 1] in ("但", "可", "却", "只")
                else "。"
            ),
        ),
        wrong=(
            "我不清楚门垫是谁换的？但地上是干的。 → 我不清楚门垫是谁换的，但地上是干的。",
            "他不明白伞去了哪里？ → 他不明白伞去了哪里。",
        ),
        right=("我不清楚门垫是谁换的。", "你知道门垫是谁换的吗？", "他问：“谁换的？”"),
    ),
    Rule(
        "N21",
        Level.WARN,
        "两位数的年份",
        "年份写四位数字。",
        f"{NUMERALS} 4.1.3",
        pattern(
            rf"(?:{_BEGAN}|始建|生)于(?P<hit>\d\d)(?=年)",
            rf"(?<![\d.])(?P<hit>[5-9]\d|0\d)(?=年(?:{_BEGAN}))",
            to=_four_digits,
        ),
        wrong=("支行开业于96年。 → 支行开业于1996年。", "她85年毕业。 → 她1985年毕业。"),
        right=("支行开业于1996年。", "工作了35年退休。"),
    ),
    Rule(
        "N22",
        Level.WARN,
        "法定计量单位",
        "正式文字用法定计量单位：平方米、千克。",
        "GB 3100—1993；《中华人民共和国法定计量单位》",
        apart(
            pattern(
                r"(?<=[\d万百千余多])(?P<hit>平米)",
                r"(?<=\d)(?P<hit>平)(?=的(?:房|门|店|厅|网点))",
                to="平方米",
            )
        ),
        wrong=("大厅有90平米。 → 大厅有90平方米。",),
        right=("大厅有90平方米。", "水平米线。"),
    ),
    Rule(
        "N23",
        Level.INFO,
        "公斤和斤",
        "正式文字用“千克”；1 公斤是 1 千克，1 斤是 0.5 千克。",
        f"{UNITS}；《中华人民共和国法定计量单位》",
        pattern(r"(?<=\d)(?P<hit>公斤)", to="千克"),
        wrong=("收到大米30公斤。 → 收到大米30千克。",),
        right=("收到大米30千克。", "三公斤重的心意。"),
    ),
    Rule(
        "N24",
        Level.INFO,
        "斤",
        "正式文字用“千克”；1 斤是 0.5 千克。",
        f"{UNITS}；《中华人民共和国法定计量单位》",
        pattern(r"(?<![\d.])(?P<hit>(?P<n>\d{1,6}(?:\.\d)?)市?斤)", to=_in_kilograms),
        wrong=("收到豆油60斤。 → 收到豆油30千克。",),
        right=("粮食产量300亿斤。", "半斤八两。"),
    ),
)
