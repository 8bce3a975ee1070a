"""What stands around words in quotation marks and titles, and signs of units. Pure."""

from ..findings import Level
from .marks import STANDARD
from .numerals import UNITS
from .rule import HANZI, IN_SENTENCE, START, Rule, pattern

RULES = (
    Rule(
        "P45",
        Level.WARN,
        "句首引语外面的问号、叹号",
        "引的是一句完整的话，问号、叹号放在引号里面。",
        f"{STANDARD} 4.2、4.3、4.8",
        pattern(
            rf"{START}“{IN_SENTENCE}{{1,60}}?(?P<hit>(?<![。？！…])”(?P<mark>[？！]))"
            rf"(?=[{HANZI}]{{1,12}}(?:说|问|道|喊|笑|答|回应|应声|叫)[。，着了]?)",
            to=lambda match: f"{match['mark']}”",
        ),
        wrong=("“慢走”！保安李师傅笑着说。 → “慢走！”保安李师傅笑着说。",),
        right=("“慢走！”保安李师傅笑着说。", "您听过“慢走”吗？", "“慢走”！这两个字多好。"),
    ),
    Rule(
        "P46",
        Level.WARN,
        "书名号里的活动和称号",
        "书名号标书、报、刊、文章和节目；活动、评选、称号、奖项用引号。",
        f"{STANDARD} 4.15",
        pattern(
            r"《(?P<in>[^《》\n]{2,20})》(?=(?:评选|称号|荣誉称号|奖项|竞赛|大赛|比赛|专项行动|行动计划|"
            r"评选活动|主题活动|志愿活动|公益活动|荣誉|奖牌|奖杯|劳动竞赛|技能竞赛))",
            to=lambda match: f"“{match['in']}”",
        ),
        wrong=("她得了《暖心之星》称号。 → 她得了“暖心之星”称号。",),
        right=("她得了“暖心之星”称号。", "《门边的伞》获奖。", "学习《反洗钱法》活动。"),
    ),
    Rule(
        "P47",
        Level.INFO,
        "“说”和引文之间的逗号",
        "“某某说”在引文前面，用冒号。",
        f"{STANDARD} 4.7",
        pattern(
            rf"(?:{START}|(?<=，))[{HANZI}]{{2,10}}(?<![是再来可听据这话要想就能不好的])(?:说|问|问道|说道|答道|回答|喊道|笑道)(?P<hit>，)"
            rf"(?=“{IN_SENTENCE}{{2,60}}[。？！…]+”)",
            to="：",
        ),
        wrong=("住户李大妈说，“灯亮了。” → 住户李大妈说：“灯亮了。”",),
        right=("住户李大妈说：“灯亮了。”", "住户李大妈说，灯亮了。", "也就是说，“灯亮了。”"),
    ),
    Rule(
        "N28",
        Level.FIX,
        "平方米、立方米的符号",
        "面积写 m²，体积写 m³；正文里写“平方米”“立方米”更好。",
        UNITS,
        pattern(
            r"(?<=\d)(?P<hit>\s?(?P<unit>k?m|cm|mm)(?P<power>[23]))(?![\d\w])",
            to=lambda match: f" {match['unit']}{'²' if match['power'] == '2' else '³'}",
        ),
        wrong=("大厅有90m2。 → 大厅有90 m²。",),
        right=("大厅有90 m²。", "型号m2号。"),
    ),
)
