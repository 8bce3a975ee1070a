"""What was changed or left out, in sentences for the writer."""

from collections.abc import Iterable

from .losses import Losses
from .signing import Signed

#: In the order in which they are said: first what is missing, then what only looks different.
_SENTENCES = {
    "vector pictures": "{} 张图片不是照片格式（例如画的图、EMF），没有导入。请截图后另外上传。",
    "rare pictures": "{} 张图片的格式很少见，没有导入。请截图后另外上传。",
    "lost pictures": "{} 张图片在文件里找不到，或者太大，没有导入。请另外上传。",
    "linked pictures": "{} 张图片只是链接，没有存在文件里，没有导入。请另外上传。",
    "slanted pictures": "{} 张图片在原稿里斜着放，这里放正了。",
    "shaped pictures": "{} 张图片在原稿里裁成圆形等形状，这里是整张。请看看该不该露出四边。",
    "recoloured pictures": "{} 张图片在原稿里调过颜色（黑白、亮度等），这里是原来的颜色。",
    "too many pictures": "图片太多，最后 {} 张没有导入。请另外上传。",
    "charts": "{} 个图表没有导入。请截图后另外上传。",
    "diagrams": "{} 个流程图（SmartArt）没有导入。请截图后另外上传。",
    "drawn shapes": "{} 处画的图形（线条、箭头、方框等）没有导入。需要的话请截图后另外上传。",
    "old formulas": "{} 个公式没有导入。请截图后另外上传，或把它写成文字。",
    "objects": "{} 个嵌入的文件没有导入，只留下它的图片（如果有）。",
    "videos": "{} 个视频没有导入，只留下它的画面。",
    "foreign": "{} 处插入的外部文档没有导入。请复制它的文字，粘贴到正文里。",
    "symbols": "{} 个特殊符号认不出来，没有导入。请对照原稿看一遍。",
    "fields": "{} 处由 Word 现算的内容（域）没有存下结果，没有导入。请对照原稿补上。",
    "captions": "{} 处图表的编号（如图 1 的 1）原稿里没有存下，按先后补上了，请核对。",
    "hidden": "{} 处隐藏的文字没有导入。",
    "hidden art": "{} 处隐藏的图片、图形没有导入。",
    "prompts": "{} 处没有填写的提示（如“单击此处输入文字”）没有导入。",
    "deletions": "原稿里有修订：{} 处已删除的文字没有导入。",
    "deleted rows": "原稿里有修订：表格里已删除的 {} 行没有导入。",
    "insertions": "原稿里有修订：{} 处新加的文字已当作正文。",
    "comments": "{} 条批注没有导入。",
    "margins": "页眉、页脚没有导入。",
    "contents": "目录没有导入，刊物会自己编。",
    "tables of notes": "脚注里的 {} 个表格变成了普通文字，请核对。",
    "formulas": "{} 个公式变成了普通文字，请核对。",
    "odd fonts": (
        "{} 处文字用了符号字体（{fonts}），认不出是什么符号，先照字母导入。请对照原稿改一遍。"
    ),
    "empty numbers": "{} 个自动编号后面没有文字，编号留在了正文里。不要的请删掉。",
    "odd numbers": ("{} 处自动编号的写法认不出来，写成了 1、2、3。请对照原稿看一遍。"),
    "private": "{} 个字是自造字，换一台电脑就显示不出来。请换成通用的字，或在“给编辑的话”里说明。",
    "drawn characters": "{} 处拼成的字（带圈字、合并字、分数等）变成了普通文字，请核对。",
    "boxes": "{} 个文本框里的文字放到了它旁边的段落后面，请看看位置。",
    "ruby": "{} 处拼音没有导入，只留下汉字。",
    "struck": "{} 处删除线去掉了，文字还在。不要的文字请删掉。",
    "coloured": "去掉了 {} 处文字颜色。",
    "marked": "去掉了 {} 处底色。",
    "dotted": "去掉了 {} 处着重号。",
    "underlined": "去掉了 {} 处下划线。",
    "framed": "去掉了 {} 处文字边框。",
}


def of(losses: Losses) -> list[str]:
    return [
        words.format(losses[what], fonts="、".join(losses.fonts)) + losses.where(what)
        for what, words in _SENTENCES.items()
        if losses[what]
    ]


def of_notes(count: int) -> Iterable[str]:
    if count:
        yield f"{count} 条脚注放到了正文末尾的“注释”里，文中用 [1] 这样的数字指向它们。"


def of_opening(title: str, signed: Signed, *, is_guessed: bool) -> Iterable[str]:
    if not title:
        yield "没有认出标题，请自己写上。"
    elif is_guessed:
        yield "把第一行当作了标题，请看看对不对。"
    if signed.unit and signed.unit not in {one.branch for one in signed.signatures}:
        yield f"只认出单位“{signed.unit}”，没有放进正文。请填“作者”一栏。"
    for line in signed.unsure:
        yield f"署名“{line}”认得不全，请核对“作者”一栏。"
    for line in signed.asides:
        yield f"署名里的“{line}”没有导入，需要的话请写在“给编辑的话”里。"
    for line in [] if signed.signatures else signed.unread:
        yield f"“{line}”像是署名，没有认出来，留在了正文里。请填“作者”一栏。"
    for line in signed.dropped:
        short = line if len(line) <= 30 else f"{line[:29]}…"
        yield f"“{short}”没有放进正文：联系方式和落款日期不刊出。"
