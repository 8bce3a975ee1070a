"""An issue of sixty articles that makes it hard for the compositor: texts of every length put
together from a few clauses, and every form that a journal of a bank lives on. The same every time.
"""

from random import Random

from issues.exports.shape import Book, BookArticle, BookAuthor, BookPicture
from tests.issues.exports.samples import a_book, a_picture, a_table, an_article, figure

CLAUSES = (
    "清早开门以前，先把填单台的笔一支支试过",
    "老人把存折翻到最后一页，又翻了回来",
    "她没有催，只把椅子往前挪了半步",
    "雨停了",
    "排在后面的人也安静下来",
    "回到柜台里，她在本子上记了一行字",
    "我们把那张表从三页改成一页",
    "“不急，您慢慢说”",
    "谁也没有想到，第二天他又来了",
    "这件事情后来在晨会上讲了三遍",
    "账号、姓名和日期都要核对",
    "一个字一个字地念给他听",
    "门外的风把告示吹得哗哗响",
    "所谓服务，说到底是两个人之间的事",
    "他摆摆手，走了",
    "《窗口日记》里写着这样一句话：“人来了，先看见人。”",
    "那一年，她刚满二十岁",
    "从东岭支行到南湖支行，要走四十分钟",
)
MIXED = ("2026年3月", "95%以上", "iPhone 手机", "3,480笔", "ATM", "7×24小时", "PDF")
LONG = (
    "Pneumonoultramicroscopicsilicovolcanoconiosis",
    "https://www.example.com/notices/2026/04/guidance-for-branch-managers?from=journal",
    "622202020001234567890123456789012345",
)
ENDS = "。。。。！？……"
STEPS = ("先把水烧开", "再把面和好，醒二十分钟", "切成细丝，越细越好", "下锅，点三次凉水")
SIXTY = 60


class Texts:
    """Sentences, paragraphs and forms, drawn by a dice that always falls alike."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)  # noqa: S311  # no secret

    def sentence(self, mixed: float = 0.12) -> str:
        clauses = [self.dice.choice(CLAUSES) for _ in range(self.dice.randint(1, 5))]
        if self.dice.random() < mixed:
            clauses.insert(0, f"到{self.dice.choice(MIXED)}为止")
        if self.dice.random() < 0.1:
            clauses[0] += "——这是后话"
        return "，".join(clauses) + self.dice.choice(ENDS).replace("……", "…")

    def paragraph(self, mixed: float = 0.12) -> str:
        many = self.dice.randint(1, 7)
        return "<p>" + "".join(self.sentence(mixed) for _ in range(many)) + "</p>"

    def paragraphs(self, many: int, mixed: float = 0.12) -> str:
        return "".join(self.paragraph(mixed) for _ in range(many))


def plain(texts: Texts, at: int) -> str:
    return texts.paragraphs(4 + at % 23)


def with_headings(texts: Texts, at: int) -> str:
    heads = "一二三四五六七八九"
    parts = (
        f"<h2>{heads[n]}、{texts.dice.choice(CLAUSES)[:14]}</h2>"
        + texts.paragraphs(texts.dice.randint(1, 5))
        for n in range(3 + at % 6)
    )
    return texts.paragraphs(2) + "".join(parts)


def interview(texts: Texts, at: int) -> str:
    pairs = (
        f"<p><strong>记者：</strong>{texts.sentence()}</p><p><strong>何静：</strong>"
        + texts.paragraph()[3:]
        for _ in range(7)
    )
    return texts.paragraphs(1) + "".join(pairs)


def poem(texts: Texts, at: int) -> str:
    stanzas = (
        "<p>" + "<br>".join(texts.dice.choice(CLAUSES)[:9] for _ in range(4)) + "</p>"
        for _ in range(5)
    )
    return "".join(stanzas)


def letter(texts: Texts, at: int) -> str:
    body = "<p>亲爱的同事们：</p><p>你们好！</p>" + texts.paragraphs(4)
    return body + "<p>此致</p><p>敬礼！</p><p>一名普通客户</p><p>2026年5月8日</p>"


def recipe(texts: Texts, at: int) -> str:
    steps = "".join(f"<li>{step}</li>" for step in STEPS * 2)
    return f"{texts.paragraphs(1)}<h3>用料</h3><p>面粉、清水、盐。</p><h3>做法</h3><ol>{steps}</ol>"


def noted(texts: Texts, at: int) -> str:
    many = 30
    body = "".join(f"<p>{texts.sentence()}<sup>{n + 1}</sup></p>" for n in range(many))
    listed = "".join(f"<li>《窗口日记》，第 {n + 1} 页。</li>" for n in range(many))
    return f"{body}<h3>注释</h3><ol>{listed}</ol>"


def tabled(texts: Texts, at: int) -> str:
    wide = a_table(40, 8, "各支行办理笔数")
    return texts.paragraphs(3) + wide + texts.paragraphs(3) + a_table(5, 3, "小表")


def long_words(texts: Texts, at: int) -> str:
    return "".join(
        f"<p>{texts.sentence()}请看 {word} 这一处，账号要核对。</p>" for word in LONG * 2
    )


def quoted(texts: Texts, at: int) -> str:
    return (
        texts.paragraphs(3)
        + "<blockquote><p>人来了，先看见人。</p></blockquote>"
        + texts.paragraphs(3)
        + f"<blockquote>{texts.paragraphs(2)}</blockquote><hr>"
        + texts.paragraphs(4)
        + "<ul><li>√ 请坐下来填表</li><li>× 指着墙上的样表说照着写</li></ul>"
        + texts.paragraphs(2)
    )


FORMS = (plain, with_headings, plain, interview, quoted, plain, poem, letter)
RARE = {7: recipe, 15: noted, 23: tabled, 31: long_words, 47: noted, 55: tabled}
SECTIONS = ("service-management", "service-discussion", "a-new-one")
LONG_TITLE = "关于进一步做好网点厅堂适老化服务并请各支行逐项对照落实的几点体会"


def book() -> Book:
    """A preamble and sixty articles, two stories in pictures among them."""
    texts = Texts(60)
    preamble = an_article("人来了，先看见人", texts.paragraphs(5), section="preamble")
    articles = [_article(texts, at) for at in range(SIXTY)]
    articles.sort(key=lambda article: SECTIONS.index(article.section))
    return a_book(preamble, *articles)


def _article(texts: Texts, at: int) -> BookArticle:
    facts = {"section": SECTIONS[at * len(SECTIONS) // SIXTY], "authors": _authors(at)}
    title = texts.dice.choice(CLAUSES).strip("“”")[:14]
    if at % 9 == 4:
        title = LONG_TITLE
    if at % 3 == 0:
        facts["standfirst"] = texts.sentence()
    if at in (11, 41):
        return an_article("九张照片", **facts, **_story(texts, at))
    if at == 19:
        return an_article("一道算式", **facts, **_formulas(texts, at))
    body = RARE.get(at, FORMS[at % len(FORMS)])(texts, at)
    shown = [_shown(texts, at * 10 + n) for n in range((at * 7) % 3 if at % 8 < 2 else 0)]
    return an_article(title, _between(body, shown), pictures=tuple(shown), **facts)


def _authors(at: int) -> tuple[BookAuthor, ...]:
    names = ("高志远", "何静", "卢青", "欧阳明月")
    branches = ("东岭支行", "南湖支行", "运营管理部", "净月开发区支行")
    many = 4 if at % 9 == 4 else 1
    return tuple(map(BookAuthor, names[:many], branches[:many]))


def _shown(texts: Texts, number: int) -> BookPicture:
    sizes = ((1500, 1000), (900, 1200), (2400, 900), (800, 600), (400, 300))
    return a_picture(1000 + number, *sizes[number % len(sizes)])


def _between(body: str, shown: list[BookPicture]) -> str:
    """The pictures behind the first paragraphs."""
    parts = body.split("</p>")
    for at, picture in enumerate(shown, start=1):
        if at < len(parts) - 1:
            parts[at] = figure(picture, "窗口前，队伍从门口排到台阶下面") + parts[at]
    return "</p>".join(parts)


def _story(texts: Texts, at: int) -> dict:
    shown = [a_picture(5000 + at * 10 + n, 1500, 1000) for n in range(9)]
    hung = "".join(figure(each, f"图{n}　{CLAUSES[n]}") for n, each in enumerate(shown, start=1))
    return {"body": texts.paragraph() + hung, "pictures": tuple(shown)}


def _formulas(texts: Texts, at: int) -> dict:
    """Pictures inside sentences, and one that is tiny."""
    inside, tiny = a_picture(7000, 240, 60), a_picture(7001, 64, 64)
    image = f'<img src="/pictures/{inside.token}/" alt="月均余额的算式">'
    body = "".join(f"<p>{texts.sentence()}月均余额是{image}，照此计算。</p>" for _ in range(5))
    body += figure(tiny, "印章") + texts.paragraphs(5)
    return {"body": body, "pictures": (inside, tiny)}
