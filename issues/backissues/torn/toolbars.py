"""The host's toolbar, wherever it was copied into the print: 上一页 1/24 下一页 全屏 分享 收藏.

A word like 分享 or 目录 is print too; it is the host's only in company, or at the file's two ends.
"""

import re
from collections import Counter
from collections.abc import Sequence

from issues.backissues.lines import Line

#: Nobody prints these: one of them makes its line the host's.
_OWN = frozenset(
    "上一页 下一页 上页 下页 上一张 下一张 前一页 后一页 尾页 末页 跳转 全屏 全屏阅读 退出全屏 "
    "全屏观看 缩略图 自动翻页 自动播放 单页模式 双页模式 免费注册 注册登录 登录注册 打开APP "
    "立即下载 下载APP 免费制作 制作画册 我要制作 云展网 复制链接 分享到 返回顶部 返回首页 返回列表 "
    "打开App 旋转屏幕 微信分享 扫码分享 手机阅读 扫码阅读 手机观看 在线阅读 添加书签 "
    "点击翻页 滑动翻页".split()
)
_SHARED = frozenset(
    "注册 登录 登陆 首页 退出 分享 下载 收藏 点赞 举报 返回 目录 评论 打印 搜索 放大 缩小 音乐 "
    "静音 书签 关注 转发 微信 微博 QQ空间 朋友圈 二维码 更多 赞 踩 推荐 设置 帮助 客服 反馈 单页 "
    "声音 双页 播放 暂停 关闭 菜单 批注 纠错 订阅 打赏 已收藏 未收藏 旋转 适应 原始大小".split()
)
_COUNTER = re.compile(
    r"第?\d{1,4}(?:页|[/／]\d{1,4}页?)|[/／共]\d{1,4}页?|\d{1,3}[%％]|[<>‹›«»|·←→]+"
)
_SENTENCES = re.compile(
    r"(?:当前|您的|所在|现在的?)?位置[:：].{1,60}|首页\s*[>›»].{1,60}"
    r"|(?:上|下)一[篇期本][:：].{1,60}"
    r"|(?:播放|点赞|收藏|评论|分享|下载)(?:量|次数|数)?[:：]?\s*[(（]?\d[\d,.]*[万wk+]?[)）]?次?"
    r"|(?:微信|手机)?扫[一码].{0,24}|长按.{0,12}识别.{0,12}|(?:正在|页面)?加载(?:中|完成)?[.…。]*"
    r"|.{0,8}浏览器(?:版本)?(?:不支持|过低).{0,40}|(?:请)?(?:左右)?(?:滑动|点击).{0,6}翻页.{0,12}"
    r"|(?:本(?:作品|画册|书|刊|文档)|电子书)由.{1,30}(?:上传|制作|生成|提供).{0,10}"
    r"|.{0,16}技术支持[:：]?.{0,30}|Powered\s+by\s.{1,40}|上传者[:：].{1,30}|版权归.{2,24}所有.{0,20}",
    re.IGNORECASE,
)
_OTHERS = frozenset(
    "相关推荐 相关阅读 相关作品 猜你喜欢 热门推荐 更多作品 推荐阅读 大家还在看".split()
)
#: What the host says in sentences, it says so many lines from an end of the file.
_EDGE = 14
#: So many lines from an end a toolbar may hold the name of the site too.
_OUTERMOST = 3
_LONGEST = 80
_LISTED_MOST = 40


def find(lines: Sequence[Line]) -> set[int]:
    """Indices of the host's lines."""
    found = _bars(lines) | _sentences(lines)
    return found | _recommended(lines, found)


def _words(text: str) -> list[str]:
    return text.replace("|", " ").replace("·", " ").split() if len(text) <= _LONGEST else []


def _is_bar(words: list[str]) -> bool:
    return bool(words) and all(
        word in _OWN or word in _SHARED or _COUNTER.fullmatch(word) for word in words
    )


def _bars(lines: Sequence[Line]) -> set[int]:
    """Lines of nothing but a toolbar's words; a toolbar may stand word below word."""
    found: set[int] = set()
    run: list[int] = []
    for at in range(len(lines) + 1):
        if at < len(lines) and (_is_bar(_words(lines[at].text)) or _is_outermost(lines, at)):
            run.append(at)
        else:
            found.update(_of_a_bar(lines, run))
            run = []
    return found


def _is_outermost(lines: Sequence[Line], at: int) -> bool:
    """某某画册网 | 第 8/8 页 | 放大 | 缩小"""
    if _OUTERMOST <= at < len(lines) - _OUTERMOST:
        return False
    words = _words(lines[at].text)
    own = sum(2 * (word in _OWN) + (word in _SHARED) for word in words)
    return own > 1 and all(len(word) <= 8 and not re.search("[，。；]", word) for word in words)


def _of_a_bar(lines: Sequence[Line], run: list[int]) -> list[int]:
    """The lines of a run that are the host's. Print's own 目录 is none, nor a number alone."""
    while run and _is_prints_own(lines[run[0]].text):
        run = run[1:]
    while run and _is_prints_own(lines[run[-1]].text):
        run = run[:-1]
    words = [word for at in run for word in _words(lines[at].text)]
    at_an_end = bool(run) and (run[0] == 0 or run[-1] == len(lines) - 1)
    shared = sum(word in _SHARED for word in words)
    if any(word in _OWN for word in words) or shared > 1 or (shared and at_an_end):
        return run
    return []


def _is_prints_own(text: str) -> bool:
    words = _words(text)
    return words == ["目录"] or all(_COUNTER.fullmatch(word) for word in words)


def _sentences(lines: Sequence[Line]) -> set[int]:
    """What the host says at the ends of the file, or, but for its numbers, on every page."""
    said = [
        at
        for at, line in enumerate(lines)
        if len(line.text) <= _LONGEST and _SENTENCES.fullmatch(line.text)
    ]
    often = Counter(_without_numbers(lines[at].text) for at in said)
    return {
        at
        for at in said
        if at < _EDGE or at >= len(lines) - _EDGE or often[_without_numbers(lines[at].text)] > 2
    }


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _recommended(lines: Sequence[Line], known: set[int]) -> set[int]:
    """Names of other booklets that the host lists behind the print."""
    start = next(
        (at for at in range(len(lines)) if "".join(lines[at].text.split()) in _OTHERS), None
    )
    if start is None or len(lines) - start > _LISTED_MOST:
        return set()
    rest = range(start, len(lines))
    plain = all(at in known or _is_a_name(lines[at].text) for at in rest)
    return set(rest) if plain else set()


def _is_a_name(text: str) -> bool:
    return len(text) <= 60 and not re.search("[。；;！!]", text)
