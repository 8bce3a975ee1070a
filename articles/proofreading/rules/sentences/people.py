"""How people are named: offices said twice or in the wrong order, words of courtesy. Pure."""

from ...findings import Level
from ..personal import SURNAME
from ..rule import HANZI, IN_CLAUSE, Rule, apart, pattern, several
from .grammar import DICTIONARY

_TITLE = (
    "董事长|监事长|副行长|行长|副主任|主任|副总经理|总经理|经理|副书记|书记|处长|科长|主席|局长|所长|"
    "校长|院长|主管"
)
_OURS = "(?:我们?|我行|我社|支行|我部|本行)"

RULES = (
    Rule(
        "G82",
        Level.WARN,
        "姓名前后的职务重复",
        "姓名前面已经写了职务，后面不再写。",
        "新闻报道惯例（职务和姓名）",
        apart(
            pattern(
                rf"(?P<title>{_TITLE})(?:、[{HANZI}]{{2,8}}?(?:{_TITLE}))+{SURNAME}[{HANZI}]{{1,2}}?(?P<hit>(?P=title))",
                rf"(?:客户经理|大堂经理|总经理){SURNAME}[{HANZI}]{{1,2}}(?P<hit>经理)(?=[，。；在的为把对和说])",
                rf"(?P<hit>(?P<family>{SURNAME})(?:副?行长|董事长|书记|主任|经理))(?=(?P=family)[{HANZI}]{{1,2}}(?:讲话|说|表示|出席|到场|主持|带队|参加|指出|强调|[，。]))",
                to="",
            )
        ),
        wrong=("支行副行长、营业部主任孙丽副行长到场。 → 支行副行长、营业部主任孙丽到场。",),
        right=("支行副行长、营业部主任孙丽到场。", "客户经理孙丽到场。"),
    ),
    Rule(
        "S15",
        Level.WARN,
        "职务的先后",
        "先写党内职务，再写行政职务；先写正职，再写副职。",
        "党政机关公文写作惯例；新闻报道惯例（职务的次序）",
        several(
            pattern(
                rf"(?P<hit>(?P<office>(?:董事长|行长|副行长|总经理|主任|局长|校长|院长))、(?P<party>党(?:委|组|总支|支部)(?:副)?书记))(?={SURNAME}[{HANZI}]{{1,2}})",
                to=lambda match: f"{match['party']}、{match['office']}",
            ),
            pattern(
                rf"(?P<hit>副(?P<second>市长|县长|区长|行长|主任|董事长|总经理|书记|局长|科长){SURNAME}[{HANZI}]{{1,2}}、(?<!副)(?P=second)){SURNAME}[{HANZI}]{{1,2}}",
                rf"(?P<hit>(?:市长|县长|区长|省长){SURNAME}[{HANZI}]{{1,2}}、[市县区省]委书记)",
            ),
        ),
        wrong=("行长、党委书记李明到场。 → 党委书记、行长李明到场。",),
        right=("党委书记、行长李明到场。",),
    ),
    Rule(
        "G83",
        Level.WARN,
        "敬辞用在自己身上，谦辞用在别人身上",
        "“光临”“赐教”“鼎力”“府上”说对方，“拜访”“寒舍”“蓬荜生辉”说自己。",
        f"{DICTIONARY}：光临、赐教、鼎力、府上、蓬荜生辉",
        pattern(
            rf"(?<![请向给对邀]){_OURS}(?:将|会|要|一定|也|定|就|都|必)?(?P<hit>光临|莅临|惠临|赏光|赐教|惠顾|垂询|雅正|笑纳|斧正|鼎力)(?![小寒我])",
            r"(?:到|来|去)(?P<hit>我(?:们)?(?:的)?府上)",
            rf"(?:您|贵行|贵公司|贵单位|贵府|你)(?:家|这里|们)?{IN_CLAUSE}{{0,8}}(?P<hit>蓬荜生辉)",
            r"(?:请|欢迎|恳请|敬请)(?:您|你|各位|大家|领导)?(?P<hit>拜读|拜访我|拜会我|拜托)(?![您你])",
            r"(?:先生|女士|同志|经理|行长|主任|老师)的?(?P<hit>家父|家母|拙作|寒舍|犬子|内人|愚见|拙见)",
            r"(?:您|你|各位|专家|领导)的(?P<hit>抛砖引玉|愚见|浅见|拙文|管见|鄙见)",
            rf"{_OURS}的?(?P<hit>高见|大作|华诞|高寿|芳龄)(?=[，。、是])",
        ),
        wrong=("我们一定莅临。", "欢迎您到我府上坐坐。", "请您拜读这封信。"),
        right=("敬请莅临。", "请您到寒舍坐坐。", "请各位领导莅临我行。", "感谢您的鼎力支持。"),
    ),
)
