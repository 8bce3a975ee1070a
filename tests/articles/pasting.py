"""Clipboards of Word, WPS and WeChat, and the body that each leaves, in a browser and without."""

from pathlib import Path

FILES = Path(__file__).parents[1] / "files" / "paste"


def fragment(name: str) -> str:
    return (FILES / f"{name}.html").read_text()


CLEAN = {
    "word-lists": (
        "<h2>下雨天的三件事</h2>"
        "<p>雨从早上下到傍晚，柜台里外<strong>都</strong>记着这几件事：</p>"
        "<ul><li>门口的伞架先擦干</li><li>地垫换成厚的</li><li>老人来了有人扶"
        "<ul><li>从下车的台阶扶起</li><li>扶到取号机旁</li></ul></li><li>毛巾放在手边</li></ul>"
        "<p>做的时候，分三步：</p>"
        "<ol><li>先看天气</li><li>再看人手</li></ol>"
        "<p>a) 人手不够，请隔壁来</p><p>b) 人手够，轮着站</p>"
        '<ol start="3"><li>最后看自己</li></ol>'
        "<p>中间停了一天，接着写：</p>"
        '<ol start="4"><li>第四步是收伞</li><li>第五步是晾伞</li></ol>'
        "<h2>一、往后怎么办</h2><p>雨停了，伞还在。</p>"
    ),
    "word-table-notes-pictures": (
        "<h2>（一）一张表</h2><p>看看这一周的数<sup>[1]</sup>。</p>"
        '<table><tbody><tr><td rowspan="2">网点</td><td colspan="2">借出的伞</td></tr>'
        "<tr><td>晴</td><td>雨</td></tr><tr><td>南湖</td><td>2</td><td>31</td></tr></tbody></table>"
        "<p>表后面还有一句话。</p><hr><p>[1] 只数当天还没有还的。</p>"
    ),
    "wps": (
        "<h2>二、取号机旁</h2><p>机器会说话，人也要说话。</p>"
        "<ul><li>您办什么</li><li>带证件了吗</li></ul>"
        "<ol><li>等多久</li><li>能不能先办</li></ol><p><strong>问完</strong>再取号。</p>"
    ),
    "wechat": (
        "<h3><strong>一杯热水</strong></h3>"
        "<p>冬天的早晨，门一开，先有人递上一杯热水[微笑]。</p>"
        "<ul><li>先问冷不冷</li><li>再问办什么</li></ul>"
    ),
}
