"""Words from the lists in `terms/`, and the house's own, matched in one pass. Pure."""

from collections.abc import Iterator
from pathlib import Path

from .. import idioms, suspects
from ..boundaries import is_two_words
from ..findings import Level
from ..suspects import neighbours
from ..terms import TermList, read
from ..texts import Text
from .rule import Find, Hit, Rule, addresses, within

FOLDER = Path(__file__).parent.parent / "terms"
_LISTS = TermList(term for path in sorted(FOLDER.glob("*.txt")) for term in read(path))


def _listed(text: Text) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    for start, end, term in _LISTS.find(text.string):
        in_an_address = within((start, end), text.once(addresses))
        if in_an_address or is_two_words(text.string, start, end):
            continue
        hit = Hit(start, end, term.preferred, term.why or None)
        found.setdefault(term.rule, []).append(hit)
    return found


def _of_list(rule: str) -> Find:
    def find(text: Text) -> Iterator[Hit]:
        yield from text.once(_listed).get(rule, ())

    return find


def _idioms(text: Text) -> Iterator[Hit]:
    listed = [hit[:2] for hit in text.once(_listed).get("W01", ())]
    for wrong in idioms.find(text.string):
        if within((wrong.at, wrong.at + 1), listed):
            continue
        # In quotation marks by itself it is a play on words, the name of a campaign.
        if text.string[wrong.start - 1 : wrong.start + 5 : 5] != "“”":
            yield Hit(wrong.at, wrong.at + 1, wrong.right, f"应为“{wrong.phrase}”。")


def _suspects(text: Text) -> Iterator[Hit]:
    for each in suspects.find(text.string):
        if text.at(each.start).block.part != "byline":
            quote = text.string[each.start : each.end]
            why = f"“{quote}”不像一个词，是不是“{each.word}”？"
            yield Hit(each.start, each.end, each.word, why)


def _neighbours(text: Text) -> Iterator[Hit]:
    for each in neighbours.find(text.string):
        why = f"和旁边的词不相合，是不是“{each.right}”？"
        yield Hit(each.start, each.end, each.right, why)


RULES = (
    Rule(
        "W05",
        Level.SUSPECT,
        "疑似同音词",
        "两个词同音，从旁边的词看该用另一个。建议核对；本来就对，点“不是错字”。",
        "《现代汉语词典》第 7 版；国家法律和报纸里词的搭配",
        _neighbours,
        wrong=(
            "国家权利机关。 → 国家权力机关。",
            "她收到了征稿启示。 → 她收到了征稿启事。",
            "雪天给出行带来不变。 → 雪天给出行带来不便。",
        ),
        right=("国家权力机关。", "她得到了启示。", "初心不变。"),
    ),
    Rule(
        "W01",
        Level.ERROR,
        "别字",
        "写了别字。",
        "《现代汉语词典》第 7 版",
        _of_list("W01"),
        wrong=(
            "按装了新的叫号机。 → 安装了新的叫号机。",
            "大家迫不急待。 → 大家迫不及待。",
            "大部份客户都来了。 → 大部分客户都来了。",
        ),
        right=(
            "各部份额不同。",
            "良好象征。",
            "安装了叫号机。",
            "三座落成的新楼。",
            "和健身有关健步走。",
            "他按装修合同付了款。",
            "候机仓储一体。",
        ),
    ),
    Rule(
        "W03",
        Level.ERROR,
        "成语里的别字",
        "成语里有一个同音的别字。",
        "《现代汉语词典》第 7 版",
        _idioms,
        wrong=(
            "老人持之以横地练。 → 老人持之以恒地练。",
            "循序渐近地换。 → 循序渐进地换。",
            "大家集思广义，锦上填花。 → 大家集思广益，锦上添花。",
        ),
        right=("她任劳任怨地守着柜台。", "恪尽职守和克尽职守。", "再接再厉。"),
    ),
    Rule(
        "W04",
        Level.SUSPECT,
        "疑似别字",
        "这里不像一个词，换一个音同或形近的字才是。建议核对；本来就对，点“不是错字”。",
        "词典、国家法律和报纸里的用字",
        _suspects,
        wrong=(
            "大家提高了业务技术水品。 → 大家提高了业务技术水平。",
            "老人学会了操做步骤。 → 老人学会了操作步骤。",
            "社区落实各项措失。 → 社区落实各项措施。",
            "支行开展了宣船活动。 → 支行开展了宣传活动。",
            "她在柜台积垒了丰富的经验。 → 她在柜台积累了丰富的经验。",
        ),
        right=(
            "大家提高了业务技术水平。",
            "数字赋能，减负提质。",
            "客户谷静淳和卢雨霖都来了。",
            "引洮济合供水工程通水了。",
            "雨洗青石，风摇绿柳，人立小桥听橹声。",
            "“食”全“食”美，“粽”享端午。",
            "營業廳的門墊換了三次。",
        ),
    ),
    Rule(
        "W02",
        Level.WARN,
        "重复、赘余",
        "意思重复，请删去多余的字。",
        "《现代汉语词典》第 7 版；病句（成分赘余）",
        _of_list("W02"),
        wrong=(
            "涉及到三个部门。 → 涉及三个部门。",
            "付诸于行动。 → 付诸行动。",
            "截止目前为止，来了三百人。 → 截至目前，来了三百人。",
        ),
        right=("涉及到期的存单。", "报名昨天截止。", "截至目前。"),
    ),
    Rule(
        "D02",
        Level.FIX,
        "“粘”和“黏”",
        "形容词和“黏性、黏度”用“黏”；动词“粘贴”用“粘”。",
        "《现代汉语词典》第 6、7 版：黏；《通用规范汉字表》",
        _of_list("D02"),
        wrong=("增加客户粘性。 → 增加客户黏性。",),
        right=("把通知粘贴在门上。", "客户黏性。"),
    ),
    Rule(
        "D03",
        Level.FIX,
        "“帐”和“账”",
        "钱款的事用“账”，“帐”只用于帐篷、蚊帐。",
        "《现代汉语词典》第 7 版：账；《第一批异形词整理表》（GF 1001—2001）",
        _of_list("D03"),
        wrong=("查一下帐户，记帐。 → 查一下账户，记账。",),
        right=("搬进帐篷。", "挂着蚊帐。", "账户。", "大家一起算帐篷的钱。", "这顶蚊帐单独收好。"),
    ),
    Rule(
        "D05",
        Level.WARN,
        "推荐词形",
        "国家标准或词典推荐另一种写法。",
        "《第一批异形词整理表》（GF 1001—2001）；《现代汉语词典》第 7 版",
        _of_list("D05"),
        wrong=("这是份内的事。 → 这是分内的事。", "按步就班。 → 按部就班。"),
        right=(
            "三月份内办完。",
            "股份内部转让。",
            "她留了一份内容详细的清单。",
            "远处走来两头象。",
        ),
    ),
    Rule(
        "D06",
        Level.WARN,
        "金融用语",
        "和现行的机构名称、业务用语不一致。",
        "中国人民银行、国家金融监督管理总局现行用语",
        _of_list("D06"),
        wrong=("请登陆手机银行。 → 请登录手机银行。",),
        right=("台风登陆。", "登录手机银行。"),
    ),
    Rule(
        "D07",
        Level.WARN,
        "产品名的大小写",
        "产品和技术的名称按官方写法。",
        "各产品官方写法；编辑惯例（专有名词按官方写法）",
        _of_list("D07"),
        wrong=("店里有Wifi。 → 店里有Wi-Fi。", "用Iphone扫码。 → 用iPhone扫码。"),
        right=("店里有Wi-Fi。", "见https://wifi.example.org/wifi。", "MyIphoneX"),
    ),
    Rule(
        "S01",
        Level.ERROR,
        "港澳台和主权表述",
        "不符合规定的表述。",
        "新华社新闻信息报道中的禁用词和慎用词",
        _of_list("S01"),
        wrong=("两岸三地的同业。 → 两岸的同业。",),
        right=("台湾国际学校。", "海峡两岸。", "“一带一路”倡议。", "思维族群。"),
    ),
    Rule(
        "S02",
        Level.WARN,
        "慎用词",
        "对人不尊重或不准确，请换一个说法；写历史或引用原话可以保留。",
        "新华社新闻信息报道中的禁用词和慎用词",
        _of_list("S02"),
        wrong=("方便残废人进门。 → 方便残疾人进门。", "解放前的老银号。 → 新中国成立前的老银号。"),
        right=(
            "解放前线送来的信。",
            "养老外包。",
            "瞎子阿炳。",
            "她的老外婆来了。",
            "缸里蓄满清水。",
        ),
    ),
    Rule(
        "S04",
        Level.ERROR,
        "低俗用语",
        "低俗的网络用语不刊出。",
        "新华社新闻信息报道中的禁用词（低俗用语）",
        _of_list("S04"),
        wrong=("笑死个屌丝。",),
        right=("你妹妹来了。",),
    ),
)
