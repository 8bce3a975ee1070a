"""What a bank may not promise or boast of (Advertising Law, rules for wealth products). Pure."""

import re
from collections.abc import Iterator

from ..findings import Level
from ..texts import Text
from .rule import IN_CLAUSE, Hit, Rule, apart, pattern, sentence

ADVERTISING = "《广告法》第二十五条；资管新规（银发〔2018〕106 号）"


def _promise(text: Text) -> Iterator[Hit]:
    """Warnings against fraud and rules that forbid the words quote them; that blocks nothing.

    刚性兑付 is the trade's own term: it blocks only where somebody is to have it.
    """
    for hit in _PROMISES(text):
        around = text.string[max(0, hit.start - 60) : hit.end + 60]
        within = sentence(text.string, hit.start, hit.end)
        warns = bool(_WARNING.search(around))
        if text.string.startswith(("刚兑", "刚性兑付"), hit.start) and not _GIVEN.search(within):
            if warns:
                continue
            warns = True
        yield hit._replace(level=Level.INFO, why=_QUOTED) if warns else hit


_QUOTED = "提到了“保本”“零风险”一类的话；这里像是提醒或禁止，请确认不会被读成承诺。"
_WARNING = re.compile(
    "骗|谨防|警惕|防范|不得|严禁|禁止|不承诺|不保证|打破|切勿|勿信|轻信|非法集资|并非|不是|不可能|不存在|陷阱|违规|没有|"
    "处置|化解|缓释|压降|清理|整治|消除|取消|规避|隐性|破除|不再|告别|拒绝|误导|误以为|误认为|以为"
)
_GIVEN = re.compile(
    r"(?:实现|承诺|保证|支持|享受|享有|提供|做到|均|都|全部|一律|可以?|能够?|确保).{0,8}刚(?:性兑付|兑)"
)
_PROMISES = pattern(
    r"保本(?=保息|保收益|理财|型|产品|基金|浮动|高收益|稳赚|又|且|[，。、”])(?<![确担社医环劳低参投]保本)",
    r"保本保息|保本付息|(?<![确环])保收益|保证收益|保证本金|承诺收益|承诺保本|承诺本息|本息保障|本息无忧",
    r"[零无0]风险(?!利率|收益率|套利|资产|溢价|点|隐患|事件|控制|管理|责任)(?=[^。！？\n]{0,20}(?:理财|产品|投资|收益|基金|存|赚|购买|认购|保险))",
    r"(?<=[财品资益金存])[^。！？\n]{0,12}?(?P<hit>[零无0]风险)(?!利率|收益率|套利|资产|溢价)",
    r"稳赚不赔|稳赚|只赚不赔|包赚|刚性兑付|刚兑|收益有保[证障]|高收益低风险|低风险高收益",
)

#: What is sold.
_PRODUCT = (
    "(?:理财|存款|存单|贷款|利率|收益|费率|手续费|基金(?!组织|会)|保险|信用卡|借记卡|贵金属|金条|产品|年化|"
    "消费贷|经营贷|按揭|信贷)"
)
_WHERE = "(?:同业|全国|全省|全市|全县|全区|全网|行业|市场|业内|同行|本地|当地|区域|全球|世界|史上)"
# 第一时间, 最后, 最美夕阳, 最低还款额 and 最高额抵押 boast of nothing.
_FIRST = r"第一(?![时次步天年季批笔个位轮课线人届期产大届节站章条名代])"
_BEST = (
    r"最(?:优惠|低廉|划算|实惠|便宜|安全|可靠|稳健|专业|先进|省钱|省心|快速|佳|优(?!解|先|化)|"
    r"好|强(?!音))"
)
_MOST = (
    r"最(?:高|低|大|多)(?!额|限|可|降|不|至|还款|起|化|程度|限度|努力|需|的?时候|年限|期限|"
    r"标准|档|达)"
)
_ONLY = (
    r"唯一(?!性|标识|指定|编号|代码)|首选|独一无二|绝无仅有|无与伦比|史无前例|前所未有|顶级|"
    r"极致|国家级|世界级|王牌"
)
_BOAST = (
    rf"(?:{_WHERE}(?:利率|收益率?|费率|价格)?(?:{_BEST}|{_MOST}|{_FIRST})|{_BEST}|{_MOST}|"
    rf"{_FIRST}|{_ONLY})"
)
_LIMITS = re.compile(
    "不得|不能|禁止|严禁|避免|不用|不使用|谨防|骗|虚假|夸大|误导|最低还款|最高法|最高人民|法律|处罚|监管|违法|违规"
)
#: Somebody is selling.
_OFFERED = re.compile(
    "我行|本行|我社|支行(?!行长)|网点|推出|推荐|欢迎|办理|购买|认购|抢购|专享|专属|发售|热销|选择|享受|客户|您|利息|[这一本]款|全网"
)
_FINANCIAL = re.compile("理财|存款|存单|利率|收益|年化|基金|信用卡")
_BOASTS = apart(
    pattern(
        rf"(?:本市|全市|全县|全省|当地|同业|本地|全国|[我本]行){IN_CLAUSE}{{0,6}}(?P<hit>最(?:专业|可靠|权威|安全|优质|先进|放心|值得信赖))"
        r"(?=(?:、最[^，。、]{2,5})?的(?:银行|金融机构|品牌|服务机构))",
        rf"(?P<hit>{_BOAST})(?=(?:的|、|，)?{IN_CLAUSE}{{0,8}}?{_PRODUCT})",
        rf"{_PRODUCT}(?!业务|客户|余额|增量|规模|投放|增速|占比|总量|任务|营销|市场份额){IN_CLAUSE}{{0,10}}?(?P<hit>{_BOAST})",
    )
)
#: Ranks of what was done are facts to be proved, no advertising: 贷款增速全市第一.
_RANKED = re.compile(
    r"余额|增量|增速|增幅|规模|投放|占比|总量|排名|位居|位列|名列|列|份额|净增|新增"
)


def _boasts(text: Text) -> Iterator[Hit]:
    for hit in _BOASTS(text):
        around = sentence(text.string, hit.start, hit.end)
        before = text.string[max(0, hit.start - 16) : hit.start].rpartition("\n")[2]
        if _LIMITS.search(around) or _RANKED.search(before):
            continue
        if _OFFERED.search(around):
            yield hit
        elif _FINANCIAL.search(around):
            yield hit._replace(level=Level.INFO)


RULES = (
    Rule(
        "F01",
        Level.WARN,
        "产品宣传里的绝对化用语",
        "说到产品、利率和收益，不用“最优惠”“第一”“唯一”一类的话；有依据的请写出来源。",
        "《广告法》第九条第三项",
        _boasts,
        wrong=(
            "我行理财是同业最佳。",
            "本行发售的存单利率最高。",
            "欢迎选购全省最划算的信用卡。",
            "支行推出顶级理财产品。",
        ),
        right=(
            "他是最好的大堂经理。",
            "理财的第一步是看懂。",
            "贷款出了问题，她第一时间赶到。",
            "我行贷款增速全市第一。",
            "我行存款位居全市第一。",
            "信用卡的最低还款额。",
            "宣传产品不得使用“最佳”。",
        ),
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
            "到期可以刚性兑付。",
        ),
        right=(
            "确保本周完成。",
            "无风险利率下行。",
            "全年案件零风险。",
            "环保本是大事。",
            "社保本年度缴费。",
            "打破刚性兑付，化解存量。",
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
)
