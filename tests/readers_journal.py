"""A small journal as readers meet it: two issues out, one in the making."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from articles.models import Article, Author, Branch, Call
from issues.models import Correction, Edition, Issue
from tests.factories import (
    a_call,
    a_picture,
    a_section,
    a_user,
    an_article,
    an_issue,
    printed_anew,
)

#: The names of everything in the journal that is not out.
SECRETS = [
    "还没有写完的一期",
    "还没有刊出的文章",
    "还在审的稿子",
    "丁一",
    "梁成",
    "北湖支行",
    "青山支行",
]
LONG_TITLE = "关于乡镇网点把一张登记簿用好、带动厅堂和后台一起改进的若干做法（一份写给同行的报告）"
EVERYTHING = """
<p>开头一段，有<strong>加粗</strong>和<em>着重号</em>，面积 12 m<sup>2</sup>。</p>
<h2>一、先问来意</h2>
<ul><li>√ 进门有人问一声</li><li>× 让客人自己找号</li></ul>
<ol><li>先坐下</li><li>再说话</li></ol>
<h2>二、再递笔</h2>
<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>
<h3>（一）一句话</h3>
<blockquote><p>表格问的是用途，谈话听见的是难处。</p></blockquote>
<figure><img src="/pictures/{token}/" alt="等候区的椅子">
<figcaption>上午十点总是满的</figcaption></figure>
<hr>
<h2>三、一年以后</h2>
<p><a href="https://example.com/">出处</a>在这里。{long}</p>
<p>最后一段。</p>
"""


@dataclass(frozen=True, slots=True)
class Journal:
    earlier: Issue
    current: Issue
    making: Issue
    rich: Article  # in the current issue: pictures, table, headings, corrections
    plain: Article  # in the current issue, its only one line
    unpublished: Article  # in the issue in the making
    manuscript: Article  # in no issue
    author: Author
    branch: Branch
    call: Call

    @property
    def pages(self) -> list[str]:
        """The address of one readers' page of every kind, all of them out."""
        return [
            "/",
            "/issues/",
            self.current.get_absolute_url(),
            self.earlier.get_absolute_url(),
            f"{self.current.get_absolute_url()}edition/",
            self.rich.get_absolute_url(),
            self.plain.get_absolute_url(),
            "/sections/",
            "/sections/service-discussion/",
            self.branch.get_absolute_url(),
            self.author.get_absolute_url(),
            self.call.get_absolute_url(),
            "/offline/",
            "/accessibility/",
        ]


def a_journal() -> Journal:
    earlier = an_issue(
        published=True, year=2026, number=2, running_number=62, date=date(2026, 4, 24)
    )
    an_article(issue=earlier, title="母亲的存折", section=a_section("service-emotion"))
    current = an_issue(
        published=True,
        year=2026,
        number=3,
        running_number=63,
        theme="把服务做到家门口",
        standfirst="四月的城市安静下来，网点的灯却没有灭。",
        cover_lines="把表格变成谈话\n一封没有寄出的信",
        compiled_by="示范农商银行党群工作部",
        telephone="0431-80000000",
        date=date(2026, 6, 24),
    )
    rich = _rich_article(current)
    plain = an_article(issue=current, title=LONG_TITLE, body="<p>一行。</p>", kicker="系列之一")
    preamble = {"section": a_section("preamble"), "authors": [("", "林晓岚")]}
    an_article(issue=current, title="春天从门口开始", **preamble)
    making = an_issue(year=2026, number=4, running_number=64, theme="还没有写完的一期")
    unpublished = an_article(issue=making, title="还没有刊出的文章", authors=[("北湖支行", "丁一")])
    manuscript = an_article(
        title="还在审的稿子", status="submitted", authors=[("青山支行", "梁成")]
    )
    author = Author.objects.get(name="沈一鸣")
    call = a_call(theme="年关前的一天")
    branch = author.branch
    return Journal(
        earlier, current, making, rich, plain, unpublished, manuscript, author, branch, call
    )


def _rich_article(issue: Issue) -> Article:
    article = an_article(
        issue=issue,
        title="把表格变成谈话",
        standfirst="一张开户申请表有四十一个空格。",
        section=a_section("service-discussion"),
        authors=[("南湖支行", "沈一鸣"), ("南湖支行", "方圆"), ("", "林晓岚")],
    )
    article.body = EVERYTHING.format(
        token=a_picture(article).token,
        heads="".join(f"<th>第{n}季度的户数</th>" for n in range(1, 11)),
        cells="".join(f"<td>{n},000</td>" for n in range(1, 11)),
        long="这一段写得长，好让页面往下滚。" * 120,
    )
    article.save()
    chief = a_user("chief_editor")
    edition = Edition.objects.create(
        issue=issue, number=2, made_by=chief, sha256="0" * 64, out_since=timezone.now()
    )
    Issue.objects.filter(pk=issue.pk).update(standing=edition)
    printed_anew(Issue.objects.get(pk=issue.pk))
    Correction.objects.create(article=article, edition=edition, by=chief, reason="第三段户数改正。")
    return article
