"""What a notice says. The first line is the next step; then what happened.

Never an opinion and never the manuscript's text: letters leave the bank.
"""

from dataclasses import dataclass
from datetime import date

from articles.models import Deputy


@dataclass(frozen=True, slots=True)
class Words:
    """`subject` is one line of at most 160 characters, `body` a few lines."""

    subject: str
    body: str


def received(title: str, receipt: str, *, round: int, days: int) -> Words:
    if round > 1:
        return Words(
            f"改好的稿子收到了：《{title}》",
            "您现在不用做什么，等编辑再看一遍。\n"
            f"《{title}》（稿号 {receipt}）第 {round} 次提交，已经收到。",
        )
    return Words(
        f"稿件收到了：《{title}》",
        f"您现在不用做什么，{days} 天内会有编辑开始看。\n"
        f"《{title}》已经收到，稿号 {receipt}，询问时请报这个号。审稿有了结果会告诉您。",
    )


def endorsed(title: str, signer: str) -> Words:
    return Words(
        f"单位已签审：《{title}》",
        f"您现在不用做什么，稿件已经送到编辑部。\n{signer}看过《{title}》，同意报送。",
    )


def not_endorsed(title: str, signer: str) -> Words:
    return Words(
        f"单位退回了：《{title}》",
        "请打开稿件的页面，按签审的意见修改，再送签一次。\n"
        f"{signer}看过《{title}》，没有同意报送。理由写在稿件的页面上。",
    )


def returned(title: str, receipt: str) -> Words:
    return Words(
        f"请您修改：《{title}》",
        "请打开稿件的页面，按编辑的意见修改，再提交一次。\n"
        f"编辑看过《{title}》（稿号 {receipt}），请您修改后再投。意见写在稿件的页面上。",
    )


def accepted(title: str, receipt: str) -> Words:
    return Words(
        f"决定采用：《{title}》",
        "您现在不用做什么，编入哪一期会再告诉您。\n"
        f"《{title}》（稿号 {receipt}）通过了三审，决定采用。谢谢您的来稿。",
    )


def held(title: str, receipt: str) -> Words:
    return Words(
        f"留作备用：《{title}》",
        "您现在不用做什么；想另作他用，可以在稿件的页面撤稿。\n"
        f"《{title}》（稿号 {receipt}）这一期没有用上，编辑部留着以后用，用上时会告诉您。",
    )


def rejected(title: str, receipt: str) -> Words:
    return Words(
        f"这次没有采用：《{title}》",
        "请打开稿件的页面看看编辑的意见，欢迎再投新的稿件。\n"
        f"《{title}》（稿号 {receipt}）这次没有采用。谢谢您把它交给我们。",
    )


def placed(title: str, issue: str) -> Words:
    return Words(
        f"编入{issue}：《{title}》",
        "您现在不用做什么，出刊时会再告诉您。\n"
        f"《{title}》编入了{issue}的目录；出刊之前，目录还可能调整。",
    )


def out(title: str, issue: str) -> Words:
    return Words(
        f"刊出了：《{title}》",
        "请打开看看刊出的文章；发现差错，请告诉编辑部。\n"
        f"《{title}》在{issue}刊出，读者已经读得到。",
    )


def corrected(title: str, issue: str) -> Words:
    return Words(
        f"更正了：《{title}》",
        "请打开看看更正以后的文章；还有差错，请告诉编辑部。\n"
        f"《{title}》在{issue}刊出以后更正过，读者看到的已经是新的一版，说明写在文末。",
    )


def taken_back(title: str, issue: str) -> Words:
    return Words(
        f"刊出后撤下了：《{title}》",
        f"想知道缘由，请与编辑部联系。\n《{title}》先前在{issue}刊出，现在撤下了，读者已经看不到。",
    )


def echoed(title: str) -> Words:
    return Words(
        f"读者来信谈您的《{title}》",
        f"来信登在文章后面了，请您看看。\n编辑部收到一封谈《{title}》的来信，已经登出。",
    )


def review_due(title: str, due: date, *, today: date) -> Words:
    day = f"{due.month}月{due.day}日"
    if due < today:
        return Words(
            f"审稿已逾期：《{title}》",
            f"请尽快作决定，来不及就交给同事。\n《{title}》分派给您审，期限是{day}，已经过了。",
        )
    return Words(
        f"审稿快到期：《{title}》",
        f"请在{day}之前作决定。\n《{title}》分派给您审，{day}到期。",
    )


def role_asked(whom: str, role: str, *, asked_by: str, why: str) -> Words:
    return Words(
        f"请您同意或不同意：{whom}任{role}",
        f"请打开页面看看，由您决定。\n{asked_by}提出，授予{whom}“{role}”，理由：{why}"
        "\n这个角色要两个人：没有您或另一位的同意，就不生效。",
    )


def two_hats(whom: str, *, by: str) -> Words:
    return Words(
        f"管理员兼了编辑部的角色：{whom}",
        "觉得不妥，请与授予的人商量，管理员可以收回。\n"
        f"{whom}现在既管账号、角色，又能审稿。授予的人：{by}。",
    )


def to_confirm(title: str) -> Words:
    return Words(
        f"请您确认改动：《{title}》",
        "请打开稿件，看过改动的对照，没有问题就确认。\n"
        f"《{title}》终审之后文字有改动，您确认以前不能刊出。",
    )


def correction_proposed(title: str, *, by: str) -> Words:
    return Words(
        f"请您确认更正：《{title}》",
        "请打开对照，看过以后确认或者不同意。\n"
        f"{by}提出更正已经刊出的《{title}》，您确认以前读者看到的还是原来的文本。",
    )


def nobody_confirms(title: str) -> Words:
    return Words(
        f"没有人能确认改动：《{title}》",
        "请指定一位同事代行终审，由他看过对照后确认。\n"
        f"《{title}》终审之后文字有改动；能终审的人都写过、投过或审过这篇稿件。",
    )


def deputy_granted(deputy: Deputy, *, theirs: bool) -> Words:
    stage = deputy.get_stage_display()
    if theirs:
        reviews = "复审、终审" if deputy.stage == Deputy.Duty.CHIEF else stage
        signs = "签发、发布、确认更正也由您来做。\n" if deputy.stage == Deputy.Duty.CHIEF else ""
        return Words(
            f"请您代行{stage}：{deputy.days}",
            f"这几天里，等{reviews}的稿件也请您审，列在编辑部首页“等您处理的稿件”里。\n"
            f"{signs}"
            f"{deputy.granted_by}指定您代行{stage}，{deputy.days}。理由写在编辑部“代行”里。",
        )
    return Words(
        f"{deputy.user}代行{stage}：{deputy.days}",
        f"您现在不用做什么；不合适，请主编或管理员在“代行”里收回。\n"
        f"{deputy.granted_by}指定{deputy.user}代行{stage}，{deputy.days}。理由写在“代行”里。",
    )


def deputy_revoked(deputy: Deputy, *, theirs: bool) -> Words:
    stage, who = deputy.get_stage_display(), "您" if theirs else str(deputy.user)
    return Words(
        f"代行收回了：{who}不再代行{stage}",
        f"您现在不用做什么，审过的仍然算数。\n"
        f"{deputy.revoked_by}收回了{who}的代行{stage}（{deputy.days}），理由写在“代行”里。",
    )


def assigned(title: str, by: str, due: date) -> Words:
    day = f"{due.month}月{due.day}日"
    return Words(
        f"分派给您审：《{title}》",
        f"请在{day}之前作决定。\n{by}把《{title}》分派给您，期限是{day}。",
    )


def taken_off(title: str, by: str, how: str) -> Words:
    """`how` says what was done with it: 改由何静审."""
    return Words(
        f"不用您审了：《{title}》",
        f"您现在不用做什么；写过的批注都还在。\n{by}把《{title}》{how}。",
    )


def deadline_near(title: str, theme: str, deadline: date, *, today: date) -> Words:
    day, days = f"{deadline.month}月{deadline.day}日", (deadline - today).days
    if days < 0:
        return Words(
            f"征稿已经截止：《{title}》",
            "草稿还在，写好了仍然可以提交，按自由来稿处理。\n"
            f"征稿“{theme}”{day}截稿，您的草稿《{title}》没有提交。",
        )
    left = "今天截稿" if days == 0 else f"还有 {days} 天截稿"
    return Words(
        f"{left}：《{title}》",
        f"请在{day}之前写好并提交，当天提交也算。\n"
        f"征稿“{theme}”{left}，您的草稿《{title}》还没有提交。",
    )
