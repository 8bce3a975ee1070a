"""What must not go out: promises, superlatives, forms that the State rules. Pure."""

import re
from collections.abc import Iterator

from ..findings import Level
from ..texts import Text
from .rule import IN_CLAUSE, Hit, Rule, pattern

ADVERTISING = "《广告法》第二十五条；资管新规（银发〔2018〕106 号）"
XINHUA = "新华社新闻信息报道中的禁用词和慎用词"


def _promise(text: Text) -> Iterator[Hit]:
    """Warnings against fraud and rules that forbid the words quote them; that blocks nothing."""
    for hit in _PROMISES(text):
        around = text.string[max(0, hit.start - 60) : hit.end + 60]
        warns = bool(_WARNING.search(around))
        yield hit._replace(level=Level.INFO, why=_QUOTED) if warns else hit


_QUOTED = "提到了“保本”“零风险”一类的话；这里像是提醒或禁止，请确认不会被读成承诺。"
_WARNING = re.compile(
    "骗|谨防|警惕|防范|不得|严禁|禁止|不承诺|不保证|打破|切勿|勿信|轻信|非法集资|并非|不是|不可能|不存在|陷阱|违规|没有"
)
_PROMISES = pattern(
    r"保本(?=保息|保收益|理财|型|产品|基金|浮动|高收益|稳赚|又|且|[，。、”])(?<![确担社医环劳低参投]保本)",
    r"保本保息|保本付息|(?<![确环])保收益|保证收益|保证本金|承诺收益|承诺保本|承诺本息|本息保障|本息无忧",
    r"[零无0]风险(?!利率|收益率|套利|资产|溢价|点|隐患|事件|控制|管理|责任)(?=[^。！？\n]{0,20}(?:理财|产品|投资|收益|基金|存|赚|购买|认购|保险))",
    r"(?<=[财品资益金存])[^。！？\n]{0,12}?(?P<hit>[零无0]风险)(?!利率|收益率|套利|资产|溢价)",
    r"稳赚不赔|稳赚|只赚不赔|包赚|刚性兑付|刚兑|最高收益|收益有保[证障]|高收益低风险|低风险高收益",
)

_PRODUCT = r"(?:理财|存款利率|存款产品|贷款利率|基金(?!组织|会)|保险产品|我行产品|收益率|利率)"
_ABSOLUTE = (
    r"(?P<hit>最佳|最优|最好|最高|最低|最大|最强|唯一|首选|顶级|极致|国家级|"
    r"(?:同业|全国|行业|市场|业内|全市|全省)第一)"
)
_CHINA = "(?:中国|我国)"
_ISLANDS = "(?:台湾|香港|澳门|港澳台)"

RULES = (
    Rule(
        "F01",
        Level.INFO,
        "产品宣传里的绝对化用语",
        "说到产品和利率，不用“最佳”“第一”“唯一”一类的话；有依据的请写出来源。",
        "《广告法》第九条",
        pattern(
            rf"{_PRODUCT}{IN_CLAUSE}{{0,12}}{_ABSOLUTE}(?!的?时候|次|步|天|年|季|批|笔|个|时间|点|条|名是)",
        ),
        wrong=("我行理财是同业最佳。",),
        right=("他是最好的大堂经理。", "理财的第一步是看懂。"),
    ),
    Rule(
        "F02",
        Level.BLOCK,
        "承诺性用语",
        "不得承诺保本、保收益或没有风险；请删去或改写。",
        ADVERTISING,
        _promise,
        wrong=(
            "这款保本理财卖得好。",
            "稳赚不赔的产品。",
            "这款产品零风险。",
            "零风险的理财产品。",
        ),
        right=(
            "确保本周完成。",
            "无风险利率下行。",
            "全年案件零风险。",
            "环保本是大事。",
            "社保本年度缴费。",
        ),
    ),
    Rule(
        "F03",
        Level.INFO,
        "营销用语",
        "“保值增值”“秒批”“零门槛”这样的话容易被读成承诺，请斟酌。",
        "银发〔2019〕316 号《关于进一步规范金融营销宣传行为的通知》",
        pattern(r"保值增值|秒批|秒到账|零门槛|无门槛|稳健增值|躺赚", unless="国有|集体|国资"),
        wrong=("帮助客户保值增值。",),
        right=("帮助客户理财。",),
    ),
    Rule(
        "S03",
        Level.ERROR,
        "和“中国”并列的地区",
        "香港、澳门、台湾是中国的一部分，不与“中国”并列，不列在“国家”之下。",
        XINHUA,
        pattern(
            rf"{_CHINA}(?:和|与|同|、|及|以及)(?P<hit>{_ISLANDS})(?!省|地区|特别行政区|当局|问题|关系|海峡|大学|银行)",
            rf"{_ISLANDS}{IN_CLAUSE}{{0,12}}等(?:多个|多|几个|各|十几个)?(?P<hit>国家)(?!和地区|及地区|与地区|、地区|或地区|（地区)",
            rf"{_ISLANDS}(?:居民|同胞|游客|客商|学生|代表团|同业)(?P<hit>来华|访华)",
        ),
        wrong=("中国和台湾的同业。", "日本、香港等国家的网点。", "台湾同胞来华考察。"),
        right=("日本、中国香港等国家和地区的网点。", "大陆和台湾的同业。", "台湾同胞来大陆考察。"),
    ),
    Rule(
        "S08",
        Level.WARN,
        "“省省委书记”",
        "写“××省委书记”“××市委书记”，不写“××省省委书记”。",
        XINHUA,
        pattern(
            r"(?<![该某本我全各邻外两几])(?P<hit>省省委书记|市市委书记)", to=lambda hit: hit[0][1:]
        ),
        wrong=("吉林省省委书记来了。 → 吉林省委书记来了。",),
        right=("吉林省委书记来了。", "该市市委书记来了。"),
    ),
    Rule(
        "S07",
        Level.ERROR,
        "“台独”要加引号",
        "“台独”“港独”“藏独”“疆独”必须加引号。",
        XINHUA,
        pattern(r"(?<![“‘新])(?P<hit>台独|港独|藏独|疆独)(?![”’立资家特具院])"),
        wrong=("反对台独。",),
        right=("反对“台独”。", "一台独立的机器。", "舞台独特。", "新疆独山子。"),
    ),
)
