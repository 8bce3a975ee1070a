"""Books without a database: every kind of page that an issue can have, and what should break it."""

from datetime import date
from html import escape
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from articles.bodies import html
from issues.exports import archive, offline
from issues.exports.shape import (
    Book,
    BookArticle,
    BookAuthor,
    BookEdition,
    BookPicture,
    BookSection,
    Face,
)

SENTENCE = "傍晚，柜台外的队伍散了，值班的人把雨伞一把一把收起来，数到第七把，停住了。"

#: What a program that took a text for markup would run, load or swallow; each stands in a text.
HOSTILE = (
    '#image("/etc/passwd")',
    "$x^2$",
    "#panic(1)",
    "*星* _线_ `码` @引 <标> [括]",
    "</section><script>alert(1)</script>",
    "]]>",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "&lt;b&gt; & &#x41;",
    "\\u{1F600} // /* */ ~ -- ---",
)
SECTIONS = (
    BookSection("preamble", "卷首语", "Preamble", True),
    BookSection("service-management", "服务管理", "Service management", False),
    BookSection("service-discussion", "服务探讨", "Service discussion", False),
    BookSection("a-new-one", "新开的栏目", "", False),
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 570">'
    '<rect width="420" height="570" fill="#a5281d"/></svg>'
)
FACE = Face(
    name="服务文化专刊",
    name_en="Service culture special issue",
    about="一本由支行员工写的刊物。",
    cover_svg=DRAWING,
    cover_file="",
    ground="#a5281d",
    ink="#fff3e2",
    seal="#fff3e2",
    seal_ink="#a5281d",
)


def paragraphs(count: int, sentences: int = 4) -> str:
    """So many paragraphs, each with its own number."""
    return "".join(f"<p>第{n + 1}段。{SENTENCE * sentences}</p>" for n in range(count))


def an_article(title: str = "数到第七把伞", body: str = "", **facts) -> BookArticle:
    authors = facts.pop("authors", (BookAuthor("高志远", "东岭支行"),))
    facts = {
        "section": "service-management",
        "kicker": "",
        "standfirst": "",
        "pictures": (),
        **facts,
    }
    return BookArticle(
        title=title, authors=authors, body=html.clean(body or paragraphs(3)), **facts
    )


def a_book(*articles: BookArticle, **facts) -> Book:
    used = dict.fromkeys(article.section for article in articles)
    known = {section.slug: section for section in SECTIONS}
    return Book(
        **{
            "year": 2026,
            "number": 4,
            "running_number": 64,
            "date": date(2026, 8, 21),
            "theme": "听见柜台外的声音",
            "standfirst": "这一期，我们离开扬声器，去听没有写进登记簿的声音。",
            "cover_lines": ("数到第七把伞",),
            "slogan": "传播服务文化价值　展示服务品牌形象",
            "compiled_by": "示范农商银行党群工作部",
            "telephone": "0431-80000000",
            "website": "www.example.com",
            "submissions_to": "tougao@example.com",
            "sections": tuple(known[slug] for slug in used),
            "articles": articles,
            **facts,
        }
    )


def a_picture(number: int, width: int = 1500, height: int = 1000) -> BookPicture:
    token = str(UUID(int=number))
    return BookPicture(token, f"pictures/{token}-{width}x{height}.jpg", "0" * 64, width, height)


def figure(picture: BookPicture, caption: str = "", alt: str = "窗口外的队伍") -> str:
    told = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="/pictures/{picture.token}/" alt="{alt}">{told}</figure>'


def an_archive(
    book: Book,
    edition: BookEdition = BookEdition(),  # noqa: B008  frozen
    *,
    epub: bytes | None,
    pdf: bytes | None,
) -> bytes:
    out = BytesIO()
    archive.write(out, book, FACE, edition, read, epub=epub, pdf=pdf, copy=offline.render)
    return out.getvalue()


def read(name: str) -> bytes:
    """A picture of the size that its name tells: no file system."""
    width, height = map(int, name.removesuffix(".jpg").rsplit("-", 1)[1].split("x"))
    image = Image.new("RGB", (width, height), "#c9b79b")
    draw = ImageDraw.Draw(image)
    draw.line((0, 0, width, height), fill="#a4231d", width=width // 60)
    draw.line((0, height, width, 0), fill="#a4231d", width=width // 60)
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def a_table(rows: int, columns: int, caption: str = "") -> str:
    head = "".join(f"<th>项目{n + 1}</th>" for n in range(columns))
    body = "".join(
        "<tr>" + "".join(f"<td>{row * 7 + n}</td>" for n in range(columns)) + "</tr>"
        for row in range(rows)
    )
    told = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{told}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def every_block() -> str:
    """A body with each kind of block, once or more."""
    return (
        paragraphs(2)
        + "<h2>一、先把队伍看清楚</h2>"
        + paragraphs(1)
        + "<h3>（一）高的标题下面直接是低的</h3><h4>1. 更低的</h4>"
        + "<p>正文里有<strong>加重</strong>、<em>着重的字</em>、10<sup>4</sup> 和 H<sub>2</sub>O，"
        + '还有<a href="https://example.com/">一个链接</a>，CSS 与 2026年混排。<br>换行以后。</p>'
        + "<ul><li>√ 请坐下来填表，站着写的字自己也认不出，第二天还要再来一趟</li>"
        + "<li>× 指着墙上的样表说照着写</li></ul>"
        + "<ol><li>先问来意</li><li>再看证件<ul><li>身份证</li><li>户口簿</li></ul></li></ol>"
        + "<ul><li>没有标记的一条</li><li>第二条</li></ul>"
        + "<blockquote><p>你们第一遍问我，我觉得是问给摄像头听的。</p></blockquote>"
        + "<blockquote><p>"
        + SENTENCE * 2
        + "</p><p>"
        + SENTENCE
        + "</p></blockquote><hr>"
        + a_table(4, 3, "窄表")
        + paragraphs(2)
        + a_table(40, 6, "四十行的表")
        + paragraphs(3)
    )


def with_notes() -> str:
    """A body whose marks are told at its end."""
    return (
        "<p>服务二字，见于旧时账册<sup>1</sup>，也见于行规<sup>[2]</sup>。</p>"
        + paragraphs(4)
        + "<h3>注释</h3><ol><li>《柜台日记》，1986年自印本。</li><li>东岭支行旧规第三条。</li></ol>"
    )


def everything() -> Book:
    """Each kind of page and block, once or more."""
    many = [a_picture(n) for n in range(1, 13)]
    upright, wide = a_picture(20, 900, 1400), a_picture(21, 2400, 900)
    long_title = (
        "关于在网点厅堂试行“首问不推、问完再走、走后回访”三步做法"
        "并请各支行结合实际逐项对照落实的一点体会"
    )
    pictures = "".join(
        paragraphs(1) + figure(picture, f"图{n}　队伍从门口排到台阶下面，撑伞的人站在最外面")
        for n, picture in enumerate(many, 1)
    )
    return a_book(
        an_article(
            "门口的那把伞",
            figure(many[0], "雨停以前") + paragraphs(6),
            section="preamble",
            pictures=(many[0],),
        ),
        an_article(
            "数到第七把伞",
            every_block(),
            kicker="厅堂笔记",
            standfirst="意见簿挂了半年，只收到三条。我们改在大堂里听。",
            authors=(
                BookAuthor("高志远", "东岭支行"),
                BookAuthor("龑䶮", "东岭支行"),
                BookAuthor("何静", "运营管理部"),
            ),
        ),
        an_article(long_title, with_notes()),
        an_article("一句话", "<p>只有一句话的文章。</p>"),
        an_article("短的一篇", paragraphs(3)),
        an_article("十二张照片", pictures, section="service-discussion", pictures=tuple(many)),
        an_article(
            "高的和宽的",
            paragraphs(4) + figure(upright) + paragraphs(4) + figure(wide, "全景") + paragraphs(5),
            section="service-discussion",
            pictures=(upright, wide),
        ),
        an_article(
            "九千字",
            "".join(f"<h2>{n}、小标题</h2>" + paragraphs(6, 5) for n in "一二三四五六七八"),
            section="a-new-one",
        ),
        an_article(
            "生僻字：龑、䶮、𠮷、𬱖",
            "<p>他叫龑，她叫䶮，还有𠮷和😀，还有\U0010ffff。</p>" + paragraphs(2),
            section="a-new-one",
        ),
    )


def hostile() -> BookArticle:
    """Every hostile text in every field and kind of block that a writer fills in."""
    words = "".join(f"<p>{escape(text)}</p>" for text in HOSTILE)
    items = "".join(f"<li>{escape(text)}</li>" for text in HOSTILE)
    first = escape(HOSTILE[0])
    return an_article(
        HOSTILE[4],
        words
        + f"<h2>{escape(HOSTILE[1])}</h2><ul>{items}</ul><blockquote><p>{first}</p></blockquote>"
        + f"<table><tr><td colspan='99999' rowspan='99999'>{first}</td><td>二</td></tr></table>"
        + "<p><a href='javascript:alert(1)'>点我</a><a href='/articles/1/'>站内</a></p>"
        + '<figure><img src="/pictures/00000000-0000-0000-0000-00000000ffff/" alt="别人的图">'
        + "<figcaption>别人的图注</figcaption></figure>",
        kicker=HOSTILE[1],
        standfirst=HOSTILE[6],
        authors=(BookAuthor(HOSTILE[5], HOSTILE[0]),),
    )
