"""Forms that the State rules for regions and offices. Pure."""

from ..findings import Level
from .rule import IN_CLAUSE, Rule, pattern

XINHUA = "新华社新闻信息报道中的禁用词和慎用词"


_CHINA = "(?:中国|我国)"
_ISLANDS = "(?:台湾|香港|澳门|港澳台)"

RULES = (
    Rule(
        "S03",
        Level.ERROR,
        "和“中国”并列的地区",
        "香港、澳门、台湾是中国的一部分，不与“中国”并列，不列在“国家”之下。",
        XINHUA,
        pattern(
            rf"{_CHINA}(?:和|与|同|、|及|以及)(?P<hit>{_ISLANDS})(?!省|地区|特别行政区|当局|问题|关系|海峡|大学|银行)",
            rf"{_ISLANDS}{IN_CLAUSE}{{0,12}}等(?:多个|多|几个|各|十几个)?(?P<hit>国家)(?!级|重点|标准|战略|重大|机关|和地区|及地区|与地区|、地区|或地区|（地区)",
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
