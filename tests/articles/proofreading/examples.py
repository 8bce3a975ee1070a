"""What the examples of rules mean, and texts that are hard on them."""

import html

from articles.bodies.html import clean, text
from articles.proofreading import Manuscript


def manuscript(example: str) -> Manuscript:
    """`<` begins a body, `# ` a title; anything else is a paragraph."""
    if example.startswith("# "):
        return Manuscript(title=example[2:])
    is_body = example.startswith("<")
    return Manuscript(body=clean(example if is_body else f"<p>{html.escape(example)}</p>"))


def words(of: Manuscript) -> str:
    return of.title or text(of.body)


#: What a long text is made of to be slow on, each to the full length.
WORST = [
    "服务,管理;",
    "(",
    "（",
    "（》",
    "“",
    "“服",
    "《",
    '"服',
    "服 ",
    "服  ",
    "服" + " " * 200,
    "。" + " " * 90,
    "服\xa0",
    "，、",
    "…",
    "。",
    "——",
    "1",
    "1 ",
    "1-",
    "一",
    "一、",
    "十",
    "一是",
    "根据",
    "据服务",
    "通过服务，",
    "之所以",
    "本着",
    "即要服，",
    "渡过",
    "约一",
    "约1,",
    "62",
    "6222 ",
    "A",
    "ABC ",
    "a@",
    "http://a ",
    "行长",
    "亲自",
    "保本",
    "零风险",
    "客户李",
    "理财",
    "中国",
    "台湾",
    "台湾等",
    "服*",
    "帐户",
    "目的的",
    "我们我们",
    "３",
    "😀",
    "\u202e服",
    "1、服\n",
    "服\n",
    "“服\n",
    "身份证",
    "身份证11010519491231002",
    "账号1",
    "住1号",
    "3单元",
    "客户李建",
    "李建国女士",
    "吉A",
    "全市最优惠",
    "最好理财",
    "四个意识",
    "中华人民",
    "总行行长李明、",
    "日本、",
    "學",
    "「",
    "said，we are ",
    "图一图2",
    "，。",
    "等等、",
    "说：“服务",
    "（（服",
    "√服\n",
    "（一）服\n",
    "雨下了一上午，门垫换了三次，客人进门先低头看脚下，再抬头看我们\n",
]
