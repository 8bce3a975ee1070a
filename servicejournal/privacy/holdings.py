"""What is kept about whom, what for, where, for how long, and who sees it. 个人信息保护法 第十七条.

The page `/privacy/` shows this table and nothing else; docs/security.md leads to it. Whoever adds a
field about people adds it here.
"""

from dataclasses import dataclass

from django.conf import settings

#: Days for which the record is kept at least (网络安全法 第二十一条: 日志不少于六个月). Nothing
#: sweeps it; backups are to be kept as long.
RECORD_DAYS = 183


@dataclass(frozen=True, slots=True)
class Holding:
    what: str
    whom: str
    purpose: str
    where: str
    how_long: str
    who_sees: str


def all_of_them() -> list[Holding]:
    return [
        *_of_accounts(),
        *_of_writing(),
        *_of_printing(),
        *_along_the_way(),
        *_of_reading(),
    ]


def _of_accounts() -> list[Holding]:
    return [
        Holding(
            "工号或用户名、姓名、单位、手机、邮箱",
            "有账号的人",
            "登录、核实身份、联系作者、算稿酬",
            "数据库（账号）",
            "离任清理前一直保存；清理后不再有手机、邮箱和工号",
            "本人、编辑（只看投稿人的）、管理员、审计员",
        ),
        Holding(
            "密码",
            "有账号的人",
            "登录",
            "数据库，只存加盐的散列，不存原文",
            f"最近 {max(settings.PASSWORD_NOT_LAST, 1)} 个的散列；离任清理时删除",
            "谁也看不到",
        ),
        Holding(
            "动态口令的密钥和恢复码",
            "启用了动态口令的人",
            "登录时多核对一步",
            "数据库；恢复码只存散列",
            "关闭、重置或离任清理时删除",
            "谁也看不到",
        ),
        Holding(
            "现在登录着的浏览器：开始和最近的时间、网络地址、浏览器名称",
            "有账号的人",
            "认出并结束不是自己的登录",
            "数据库（登录）",
            f"退出即删，最多 {settings.SESSION_COOKIE_AGE // 3600} 小时，过后自动清理",
            "本人、管理员",
        ),
        *_at_the_banks_own_sign_in(),
        Holding(
            "登录、退出、登录失败的时间和网络地址",
            "有账号的人",
            "查账号是否被冒用",
            "数据库（工作记录）、前置服务器的访问日志",
            f"工作记录不删，至少 {RECORD_DAYS} 天；访问日志由运维按行内规定",
            "本人（下载自己的资料）、管理员、审计员",
        ),
        Holding(
            "谁在何时做了什么：投稿、审稿、签发、授权、导出",
            "投稿人、编辑、管理员",
            "追溯责任，出版物档案",
            "数据库（工作记录），只增不改",
            f"不删，至少 {RECORD_DAYS} 天",
            "审计员、编辑部（不含自己的稿件）；账号类由管理员看",
        ),
    ]


def _of_writing() -> list[Holding]:
    return [
        Holding(
            "稿件、历史版本、图片、Word 原稿、给编辑的话",
            "投稿人和署名的作者",
            "审稿和出版",
            "数据库和文件存储",
            _of_rejected(),
            "投稿人；投出以后编辑部",
        ),
        Holding(
            "审稿意见、批注",
            "审稿人、投稿人",
            "审稿，三审档案",
            "数据库",
            "不删",
            "编辑部（不含自己的稿件）；给作者的意见投稿人也看",
        ),
        Holding(
            "送看时写下的姓名、意见、“同意付印”；打开链接的时间、次数和网络地址",
            "编辑部送看的领导",
            "改稿，付印的凭据，查链接有没有外传",
            "数据库（版面意见、同意付印、工作记录）",
            "随这一期；工作记录不删",
            "编辑部；本人从自己的链接",
        ),
        Holding(
            "单位签审人的姓名、职务、意见",
            "单位负责人",
            "核实稿件经单位同意",
            "数据库",
            f"随稿件；{_of_rejected()}",
            "投稿人、编辑部",
        ),
    ]


def _of_printing() -> list[Holding]:
    return [
        Holding(
            "刊出的署名：单位和姓名",
            "作者",
            "署名权，出版物档案",
            "数据库、各期 PDF、EPUB 和存档",
            "永久",
            "读者",
        ),
        Holding(
            "稿酬：每篇文章、每位作者的金额，改动和冲账的理由；积分、用稿证明不存，用时现算",
            "刊出文章的作者",
            "付稿酬、考核",
            "数据库（稿酬单）；不存银行卡号和身份证号",
            "不删（会计档案）",
            "主编、管理员、审计员；关账以后本人",
        ),
    ]


def _along_the_way() -> list[Holding]:
    return [
        Holding(
            "通知和信：标题、下一步做什么、寄往的邮箱",
            "有账号的人",
            "告诉作者和编辑该做什么",
            "数据库、邮件服务器",
            "随稿件；离任清理时删除",
            "本人；编辑部看有没有寄到",
        ),
        Holding(
            "没有存上的字（在您自己的浏览器里）",
            "写稿的人",
            "断网、登录过期时不丢字",
            "浏览器本地存储，不在服务器",
            "存上即删，最多 30 天",
            "能用这台电脑的人",
        ),
        Holding(
            "检索、上传、导出、写信的次数",
            "所有来访的人",
            "防止滥用",
            "数据库，账号和网络地址只存散列",
            "一小时到一天，自动清理",
            "谁也看不到",
        ),
    ]


def _of_reading() -> list[Holding]:
    return [
        Holding(
            "读者来信：写下的字，愿意写的称呼和单位",
            "给编辑部写信的读者",
            "编辑看过登在文章后面，好的编成“服务回声”的稿件",
            "数据库；不存网络地址、账号和浏览器",
            _of_refused_letters(),
            "登出的读者都看得到；没有登的只有编辑部",
        ),
        Holding(
            "今天谁点过“有帮助”",
            "点过的读者",
            "一天只算一次",
            "数据库，只存用当天的随机数加盐的散列，不存账号和网络地址",
            "当天；第二天连同随机数一起删去，留下的只有次数",
            "谁也看不到",
        ),
        Holding(
            "每篇文章、每一期、翻页的每一页一天读了多少次；没有查到的词和次数",
            "谁的也不是：只有总数，不记是谁读、谁查的",
            "知道哪些文章有人读，读者在找什么",
            "数据库，每天一个总数；词里有号码、邮箱、住址的不存",
            "一直保存",
            "编辑部；读得多的几篇，读者也看得到",
        ),
        Holding(
            "这次来访看过哪些页（在您自己的浏览器里）",
            "读者",
            "刷新不重复计数",
            "浏览器的会话存储，不在服务器",
            "关了标签页就没有了",
            "能用这台电脑的人",
        ),
    ]


def _at_the_banks_own_sign_in() -> list[Holding]:
    if not settings.OIDC_ISSUER:
        return []
    return [
        Holding(
            "在统一身份认证那边的编号",
            "用过单点登录的人",
            "下次登录时认出是同一个人",
            "数据库（单点登录身份）",
            "离任清理时删除",
            "本人（下载自己的资料）、管理员",
        )
    ]


def _of_refused_letters() -> str:
    days = settings.REJECTED_DAYS
    kept = f"没有登的，{days} 天后清理写的字、称呼和单位" if days else "没有登的也留着"
    return f"登出的随文章；{kept}，编辑部查得到理由"


def _of_rejected() -> str:
    days = settings.REJECTED_DAYS
    if not days:
        return "一直保存"
    return f"刊出的永久；没有采用和撤回的，{days} 天后清理正文、原稿、图片和署名"
