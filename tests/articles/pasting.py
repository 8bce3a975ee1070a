"""Clipboards of Word, WPS, WeChat, telephones and documents on the web, and the body that each
leaves, in a browser and without.
"""

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
    "wechat-editor": (
        "<p><strong>窗口旁的小板凳</strong></p>"
        "<p>小板凳是<strong>门卫老秦</strong>钉的，<strong>不高不矮</strong>。</p>"
        "<p>谁坐过，他都记得。</p><blockquote><p>坐下，慢慢说。</p></blockquote>"
        "<p>水温 60<sup>℃</sup> 刚好</p>"
    ),
    "safari-phone": (
        "<p>傍晚收工，<strong>灯最后关</strong> ，门口还有人问路。</p><p>往东两百米，</p>"
        "<p>过了桥就到。</p><p>第 2<sup>③</sup> 路也行。</p>"
    ),
    "chrome-phone": (
        "<p>早班车六点十分，<em>赶得上</em>。</p>"
        "<p><strong>末班车</strong>晚上九点。</p><ol><li>先看站牌</li>"
        "<li>再看钟<ul><li>快五分钟</li></ul></li></ol>"
    ),
    "notes-phone": (
        "<p><strong>雨伞登记本</strong></p>"
        "<p>借出去的伞，<strong>七天</strong>里都会回来。</p><ul><li>蓝的三把</li>"
        "<li>黑的五把</li></ul><p>本子就挂在门后。</p>"
    ),
    "notes-huawei": (
        "<p>清晨的第一件事</p><p>是把灯打开，<strong>再</strong>把门打开。</p>"
        "<p>热水</p><p>毛巾</p>"
    ),
    "notes-xiaomi": (
        "<p>门口的三件事</p><p><strong>伞</strong>要擦干，地垫要换。</p>"
        "<p>• 热水常有</p><p>• 老花镜常有</p><p>☑毛巾洗过</p><p>灯要看。</p>"
    ),
    "google-docs": (
        "<h2>门外的树</h2>"
        "<p>树下有<strong>三条长凳</strong><em>，共 12 m</em>"
        "<sup>2</sup>，H<sub>2</sub>O 常有。</p>"
        "<ul><li>春天换土<ul><li>土要松</li></ul></li><li>秋天扫叶</li></ul>"
        "<table><tbody><tr><td>树</td><td>棵</td></tr>"
        "<tr><td>槐</td><td>3</td></tr></tbody></table>"
    ),
    "feishu": (
        "<h2>换零钱的人</h2><p>每周三，<strong>秦师傅</strong>来换零钱。</p>"
        "<p>一袋子硬币，数<strong>半个钟头</strong>，不急。</p>"
        "<ul><li>一角<ul><li>旧的</li></ul></li><li>五角</li></ul>"
        '<ol start="1"><li>先倒出来</li></ol>'
        '<ol start="2"><li>再分开</li></ol><ul><li>数过两遍</li></ul>'
        "<blockquote><p>慢慢数，错不了。</p></blockquote><p>提示：硬币周三最多。</p>"
    ),
    "dingtalk": (
        "<h3>夜里的电话</h3><p>夜里<strong>十一点</strong>，值班电话响了。</p>"
        "<p>卡被<sup>[1]</sup>吞了，人还在门口。</p><ol><li>先报平安</li>"
        "<li>再问在哪</li></ol>"
    ),
    "tencent-docs": (
        "<p><strong>半个馒头</strong></p>"
        "<p>老人来取养老金，<strong>怀里</strong>揣着半个馒头。</p>"
        "<p>面积 5\xa0m<sup>2</sup> 的屋子，坐满了人。</p><ul><li>热一热</li>"
        "<li>再倒水</li></ul>"
    ),
    "qq": ("<p>下雨了，伞在门口。</p><p>记得还。</p><p>谢谢！</p>"),
    "word-online": (
        "<h2>一把旧锁</h2><p>锁是<strong>建行那年</strong>的，还好用。</p>"
        "<ul><li>钥匙两把</li></ul>"
    ),
    "wps-phone": (
        "<p><strong>雨天的伞</strong></p>"
        "<p>门口的伞架，<strong>早晚各擦一遍</strong>。</p><p>擦干了才好借。</p>"
        "<p>10<sup>2</sup>把，够用。</p>"
    ),
    "libreoffice": (
        "<p><strong>一盏路灯</strong></p><p><em>灯下</em>能看清号码<sup>1</sup>。</p>"
        "<ol><li>先看灯</li><li>再看路</li></ol><p>1号码在灯杆上。</p>"
    ),
    "excel": (
        "<table><tbody><tr><td>网点</td><td>笔数</td></tr>"
        "<tr><td>东岭</td><td>31</td></tr></tbody></table>"
    ),
}
