"""Marks that depend on the sentence: before a list, in a quotation that is part of a sentence, between
titles, in questions of choice, between speech and speaker. Pure.
"""

from collections.abc import Iterator

from ...findings import Level
from ...texts import Text
from ..marks import STANDARD
from ..rule import HANZI, IN_CLAUSE, START, Hit, Rule, apart, pattern

_FIRST = r"(?=一是|一要|其一[，是]|第一[，是]|首先[，是]|（一）|①|1[.．、])"
_SAID = "说|道|问|喊|答|写道|表示|回答|叮嘱|提醒|告诉|感叹|：|，"
_COUNTED = "级|者|方|位|岗|地|省|市|县|校|行|家|项|大|类|种|个|条|院|所|部门|层"


def _counted(text: Text) -> Iterator[Hit]:
    """省、市、县、三级: the number is how many are listed, no member of the list."""
    for hit in _MEMBERS(text):
        members = hit.suggestion or ""
        number = "两二三四五六七八九".find(text.string[hit.end])
        if (2 if number < 2 else number + 1) == members.count("、") + 1:
            yield hit._replace(suggestion="")


_MEMBERS = pattern(
    rf"(?P<all>[{HANZI}“”]{{1,6}}(?:、[{HANZI}“”]{{1,6}}){{1,6}})(?P<hit>、)(?=[两二三四五六七八九](?:{_COUNTED}))",
    to=lambda match: match["all"],
)

RULES = (
    Rule(
        "P50",
        Level.WARN,
        "分项前面的冒号",
        "“三件事”“以下几点”引起下文的分项，后面用冒号。",
        f"{STANDARD} 4.7",
        pattern(
            r"(?:[两二三四五六七八九十几\d](?:件事|个方面|项[^，。；：！？\n]{0,6}|点[^，。；：！？\n]{0,6}|条[^，。；：！？\n]{0,6})|如下|以下几[点个方面项条]{1,3})"
            rf"(?P<hit>[；、]){_FIRST}",
            r"(?:情况|内容|事项|要求|通知|名单|安排|意见|做法|措施|方案)(?:通报|汇报|公布|通知|报告|安排)?如下(?P<hit>[。；，])",
            to="：",
        ),
        wrong=(
            "今天做三件事；一是备伞，二是换垫。 → 今天做三件事：一是备伞，二是换垫。",
            "有关事项通知如下。 → 有关事项通知如下：",
        ),
        right=("今天做三件事：一是备伞，二是换垫。", "今天做三件事，一是备伞。"),
    ),
    Rule(
        "P51",
        Level.WARN,
        "句中引语末尾的句号",
        "引号里的话只是句子的一部分，句号放在引号外面。",
        f"{STANDARD} 附录 B.2",
        pattern(
            rf"(?<=[{HANZI}])(?<![说道问喊答])“[^“”。，！？；：…\n]{{2,16}}(?P<hit>。”)(?=$|[{HANZI}“])(?![{HANZI}]{{0,6}}[说道])",
            to="”。",
        ),
        wrong=("她被评为“服务明星。” → 她被评为“服务明星”。",),
        right=("她被评为“服务明星”。", "她说：“门垫换好了。”", "她说“好。”"),
    ),
    Rule(
        "P52",
        Level.WARN,
        "并列的书名号、引号之间的逗号",
        "并列的书名号、引号之间不用标点。",
        f"{STANDARD} 4.5.3.5",
        pattern(
            r"(?:了|和|有|读|据|如|订|括|按|照|发|为|对|守|行|彻|落实|：|、)《[^《》\n]{2,30}》(?P<hit>，)(?=《[^《》\n]{2,30}》(?:等|和|及|两|三|四|的?(?:书|规定|要求|文件|制度|精神)))",
            to="",
        ),
        wrong=("学习了《章程》，《办法》等制度。 → 学习了《章程》《办法》等制度。",),
        right=("学习了《章程》《办法》等制度。", "先有《章程》，《办法》是后来的。"),
    ),
    Rule(
        "P53",
        Level.WARN,
        "列举和总数之间的顿号",
        "“三级”“四方”总说前面列举的各项，和它们之间不用顿号。",
        f"{STANDARD} 4.5",
        _counted,
        wrong=("省、市、县、三级联动。 → 省、市、县三级联动。",),
        right=("省、市、县三级联动。", "一、二、三级响应。", "红、黄、三色"),
    ),
    Rule(
        "P54",
        Level.WARN,
        "选择问中间的问号",
        "“是……还是……”是一句问话，问号只用在末尾，中间用逗号。",
        f"{STANDARD} 4.2.3.3",
        pattern(rf"是{IN_CLAUSE}{{1,20}}(?P<hit>？)(?=还是{IN_CLAUSE}{{1,24}}？)", to="，"),
        wrong=("门是开着？还是关着？ → 门是开着，还是关着？",),
        right=("门是开着，还是关着？", "门是开着的？窗呢？"),
    ),
    Rule(
        "P55",
        Level.WARN,
        "问句末尾的句号",
        "这是问句，句末用问号。",
        f"{STANDARD} 4.2",
        apart(
            pattern(
                r"(?<![^。！？；：“”（\n])[^。！？；：“”（\n]{2,30}(?<![干好行可])吗(?P<hit>。)",
                rf"{START}(?:难道|怎么能|岂不是?|何不|谁能|哪能|怎能|何尝不|何乐而不){IN_CLAUSE}{{1,24}}(?:呢|吗)(?P<hit>。)",
                rf"{START}(?:[^。！？；：“”\n]{{1,16}})?(?:是不是|能不能|会不会|有没有|为什么|怎么办|什么时候|多少)(?:(?!知道|清楚|明白|看|想|问|取决)[^。！？；：“”\n]){{0,20}}呢(?P<hit>。)",
                to="？",
            )
        ),
        wrong=("您带伞了吗。 → 您带伞了吗？", "难道门垫不用换吗。 → 难道门垫不用换吗？"),
        right=("您带伞了吗？", "他问我带伞了吗，我点头。", "谁知道呢。"),
    ),
    Rule(
        "P56",
        Level.WARN,
        "说话人在引语中间",
        "前后两段是同一句话，“说”在中间，后面用逗号，不用冒号。",
        f"{STANDARD} 4.7、附录 B.2",
        pattern(r"，”[^，。；：！？“”\n]{1,12}(?:说|道)(?P<hit>：)(?=“)", to="，"),
        wrong=("“慢一点，”保安说：“地上滑。” → “慢一点，”保安说，“地上滑。”",),
        right=("“慢一点，”保安说，“地上滑。”", "保安说：“地上滑。”"),
    ),
    Rule(
        "P57",
        Level.WARN,
        "单引号在外",
        "引号先用双引号，双引号里面再用单引号。",
        f"{STANDARD} 4.8",
        pattern(
            r"(?<![A-Za-z0-9])(?P<hit>‘(?P<in>[^‘’“”\n]{1,60})’)(?![^“”\n]{0,200}”)",
            unless="“|”|…",
            to=lambda match: f"“{match['in']}”",
        ),
        wrong=("墙上写着‘慢一点’。 → 墙上写着“慢一点”。",),
        right=("墙上写着“慢一点”。", "她说：“墙上写着‘慢一点’呢。”"),
    ),
    Rule(
        "P58",
        Level.WARN,
        "一句话里两个冒号",
        "一句话里一般只用一个冒号，套着用不清楚，请改一个。",
        f"{STANDARD} 4.7.4",
        pattern(
            rf"(?:[两二三四五六七八九十几](?:件|个|项|点|条|种|方面)[{HANZI}]{{0,6}}|如下|一个道理|指出|强调|表示|认为|要求)：[^。！？；：“”\n\d（]{{2,40}}"
            rf"(?<![{HANZI}]是)(?P<hit>：)(?![\d“])"
        ),
        wrong=("她强调：要做好两点：看见，记住。",),
        right=("她强调，要做好两点：看见，记住。", "她强调：“两点：看见，记住。”"),
    ),
)
