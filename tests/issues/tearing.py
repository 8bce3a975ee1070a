"""Random back issues, and print torn apart as the flipbook host does it. All words are our own."""

from dataclasses import dataclass, field
from random import Random

WORDS = (
    "清晨 柜台 老人 微笑 账本 风雨 邻里 脚步 灯光 温度 村口 小店 窗外 茶香 孩子 菜园 钥匙 "
    "雨伞 长椅 河岸 信封 掌心 门铃 早餐 田埂 渔船 书包 棉袄 山路 集市 算盘 花盆 藤椅 车站 "
    "炉火 稻香 歌声 目光 耐心 牵挂 默契 叮嘱"
).split()
SURNAMES = "许叶高赵沈方郑宋唐梁江温何董薛陆苏谭"
GIVEN = "安远青明圆平雨慧成帆书静齐晓岚禾川雅"
BRANCHES = (
    "东岭支行 南湖支行 滨河支行 学府路支行 运营管理部 零售金融部 信息科技中心 营业部 总行办公室"
).split()
SECTIONS = [
    ("柜台故事", "Counter stories"),
    ("田间金融", "Field finance"),
    ("夜读", "Night reading"),
    ("一线观察", "From the front line"),
    ("服务手记", "Service notes"),
    ("服务课堂", "Service classroom"),
    ("老照片", "Old photographs"),
]
JOURNAL = "邻里服务专刊"
JOURNAL_EN = "Neighbourhood service review"
NUMERALS = "一二三四五六七八九十"
HALF = str.maketrans("，；：！？（）", ",;:!?()")


@dataclass
class Piece:
    """A block of an article: `tag` p, h2, h3, h4 or li; `run_in`: the text behind a heading."""

    tag: str
    text: str
    run_in: str = ""


@dataclass
class Made:
    section: str
    title: tuple[str, ...]  # as lines; one that ends in a space is a couplet's first half
    branch: str
    authors: tuple[str, ...]
    pieces: list[Piece]

    @property
    def whole_title(self) -> str:
        return "".join(self.title)

    @property
    def body(self) -> str:
        out, items = [], []
        for piece in self.pieces:
            if piece.tag == "li":
                items.append(f"<li>{piece.text[0]} {piece.text[1:]}</li>")
                continue
            out += [f"<ul>{''.join(items)}</ul>"] if items else []
            items = []
            out.append(f"<{piece.tag}>{piece.text}</{piece.tag}>")
            out += [f"<p>{piece.run_in}</p>"] if piece.run_in else []
        return "\n".join(out + ([f"<ul>{''.join(items)}</ul>"] if items else []))


@dataclass
class MadeIssue:
    year: int
    number: int
    running: int | None
    sections: list[tuple[str, str]]
    articles: list[Made]
    cover_lines: list[str] = field(default_factory=list)
    slogan: str = ""
    colophon: bool = True
    contents: bool = True


class Writer:
    """Makes an issue from a source of chance."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def words(self, least: int, most: int) -> str:
        return "".join(self.random.choices(WORDS, k=self.random.randint(least, most)))

    def sentence(self) -> str:
        clauses = [self.words(3, 7) for _ in range(self.random.randint(1, 4))]
        return "，".join(clauses) + self.random.choice("。。。！？")

    def paragraph(self) -> str:
        text = "".join(self.sentence() for _ in range(self.random.randint(2, 5)))
        extras = ("共1,200元，", "早上8:30，", "“您好”，", "《规程》；", "（含上门）")
        return self.random.choice(extras) + text if self.random.random() < 0.3 else text

    def name(self) -> str:
        if self.random.random() < 0.1:
            return "阿依古丽·买买提"
        given = self.random.randint(1, 2)
        return self.random.choice(SURNAMES) + "".join(self.random.choices(GIVEN, k=given))

    def title(self) -> tuple[str, ...]:
        kind = self.random.randint(0, 2)
        if kind == 0:
            return (self.words(4, 7),)
        if kind == 1:
            half = self.random.randint(2, 4)
            return (self.words(half, half) + " ", self.words(half, half))
        return (self.words(3, 4) + "的", self.words(2, 2))

    def pieces(self) -> list[Piece]:
        made = [Piece("p", self.paragraph()) for _ in range(self.random.randint(1, 3))]
        for number in range(self.random.randint(0, 3)):
            made.append(Piece("h2", f"{NUMERALS[number]}、{self.words(3, 5)}"))
            made += self._under_heading()
        return made

    def _under_heading(self) -> list[Piece]:
        kind = self.random.randint(0, 3)
        texts = [Piece("p", self.paragraph()) for _ in range(self.random.randint(1, 2))]
        if kind == 0:
            return texts
        if kind == 1:
            heads = [f"（{NUMERALS[n]}）{self.words(3, 6)}" for n in range(2)]
            run_in = self.random.random() < 0.5
            return [
                piece
                for head in heads
                for piece in (
                    [Piece("h3", head, self.paragraph())]
                    if run_in
                    else [Piece("h3", head), Piece("p", self.paragraph())]
                )
            ]
        if kind == 2:
            heads = [Piece("h4", f"{n}.{self.words(3, 5)}") for n in (1, 2)]
            return [heads[0], *texts, heads[1], Piece("p", self.paragraph())]
        mark, count = self.random.choice("√×"), self.random.randint(2, 5)
        items = [Piece("li", f"{mark}{self.words(1, 2)}：{self.sentence()}") for _ in range(count)]
        lead_in = f"{self.words(4, 6)}有{NUMERALS[count - 1]}个缘由："
        return [*texts, Piece("p", lead_in), *items, Piece("p", self.paragraph())]

    def article(self, section: str, preamble: bool = False) -> Made:
        count = 1 if preamble else self.random.choice([1, 1, 1, 2, 3])
        names = tuple(dict.fromkeys(self.name() for _ in range(count)))
        branch = "" if preamble else self.random.choice(BRANCHES)
        pieces = [Piece("p", self.paragraph()) for _ in range(3)] if preamble else self.pieces()
        return Made(section, self.title(), branch, names, pieces)

    def issue(self) -> MadeIssue:
        chance = self.random.random
        sections = self.random.sample(SECTIONS, self.random.randint(2, 4))
        articles = [
            self.article(name) for name, _ in sections for _ in range(self.random.randint(1, 3))
        ]
        if chance() < 0.7:
            sections.insert(0, ("卷首语", "Preamble"))
            articles.insert(0, self.article("卷首语", preamble=True))
        whole = [made.whole_title for made in articles]
        half = self.random.randint(4, 5)
        return MadeIssue(
            year=self.random.randint(2015, 2026),
            number=self.random.randint(1, 12),
            running=self.random.choice([None, self.random.randint(1, 99)]),
            sections=sections,
            articles=articles,
            cover_lines=self.random.sample(whole, min(3, len(whole))) if chance() < 0.8 else [],
            slogan=f"{self.words(half, half)} {self.words(half, half)}" if chance() < 0.7 else "",
            colophon=chance() < 0.7,
            contents=chance() < 0.8,
        )


class Tearer:
    """Writes an issue as the host's text: frames of lines, blank lines between them."""

    def __init__(self, random: Random, made: MadeIssue) -> None:
        self.random = random
        self.made = made
        self.indented = random.random() < 0.6
        self.indent = random.choice(["\xa0 \xa0 \xa0 \xa0 ", "　　", "    ", "\xa0\xa0\xa0\xa0"])
        self.chinese_first = random.random() < 0.7
        self.half = random.random() < 0.8
        self.spaces = random.choice([" ", "\xa0"])
        self.english = dict(made.sections)
        self.heads = random.choice(["apart", "apart", "apart", "in one line", "with page"])
        self.frame_style = random.choice(["frames", "frames", "frames", "loose", "run together"])
        self.filled_contents = random.random() < 0.7
        self.byline_style = random.choice(["◎", "◎", "◎", "文/", "作者："])
        self.wrapped = random.random() < 0.9  # the host's head and footer are there
        self.frames: list[list[str]] = []
        self.page = 2

    def text(self) -> str:
        self._host()
        self._cover()
        articles = list(self.made.articles)
        if articles[0].section == "卷首语":
            self._preamble(articles.pop(0))
        if self.made.contents:
            self._contents()
        if self.made.colophon:
            self._colophon()
        for article in articles:
            self._article(article)
        self._footer()
        blank = "\n" * self.random.choice([2, 2, 3])
        within = blank if self.frame_style == "loose" else "\n"
        return blank.join(within.join(frame) for frame in self.frames) + "\n"

    def _host(self) -> None:
        if not self.wrapped:
            return
        number = self.made.number
        written = self.random.choice(
            [f"第{number}期", f"{number}期", f"年第{number}期", f"年第{in_hanzi(number)}期"]
        )
        self.frames += [["注册"], [f"{JOURNAL}{self.made.year}{written}"]]
        self.frames.append(["其他分类其他2023-05-06", "1,377"])

    def _cover(self) -> None:
        self.frames.append(["专刊"])
        self.frames.append(["Neighbourhood" + self.spaces, "service" + self.spaces + "review"])
        if self.made.cover_lines:
            self.frames.append([f"◎{line}{self.spaces}" for line in self.made.cover_lines])
        if self.made.slogan:
            self.frames.append([self.made.slogan.replace(" ", self.spaces * 2)])
        self.frames.append(["02"])
        marks = [f"{self.made.year}年第{self.made.number}期"]
        marks += [f"总第{self.made.running}期"] if self.made.running else []
        self.frames.append(marks)

    def _head(self, section: str) -> list[list[str]]:
        names = [[section], [self.english[section]]]
        names = names if self.chinese_first else names[::-1]
        if self.heads == "in one line":
            names = [[f"{names[0][0]}{self.spaces * 2}{names[1][0]}"]]
        if self.heads == "with page":
            names[0][0] += f" {self.page:02d}"
        self.page += 1
        around = self.random.randint(0, 3)
        if around == 1:
            names.append([f"{self.page:02d}"])
        if around == 2:
            names = [["专刊"], [JOURNAL_EN], *names]
        return names

    def _title(self, made: Made) -> list[str]:
        lines = [made.title[0].replace(" ", self.spaces)]
        return lines + [self.spaces * 9 + line for line in made.title[1:]]

    def _byline(self, made: Made) -> list[str]:
        between = self.random.choice([" ", "、", self.spaces * 2])
        mark = self.byline_style
        return [mark + self.spaces.join(filter(None, [made.branch, between.join(made.authors)]))]

    def _preamble(self, made: Made) -> None:
        """Title, a piece of the text, then head and byline in the middle of a sentence."""
        self.frames.append(self._title(made))
        pieces = self._torn(made)
        self.frames.append(pieces[0])
        self.frames += [*self._head(made.section), self._byline(made)]
        self.frames += pieces[1:]

    def _article(self, made: Made) -> None:
        self.frames += self._head(made.section)
        torn = self._torn(made)
        if self.frame_style == "run together":
            self.frames.append(self._title(made) + self._byline(made) + torn.pop(0))
        elif self.random.random() < 0.8:
            self.frames += [self._title(made), self._byline(made)]
        else:
            self.frames += [self._byline(made), *self._head(made.section), self._title(made)]
        for n, frame in enumerate(torn):
            if n and self.random.random() < 0.4:
                self.frames += self._head(made.section)
            self.frames.append(frame)

    def _contents(self) -> None:
        self.frames += [["CONTENTS"], ["目录"]]
        for section, english in self.made.sections:
            names = [[section], [english]]
            self.frames += names if self.chinese_first else names[::-1]
            mine = [made for made in self.made.articles if made.section == section]
            titles = [made.whole_title for made in mine]
            once = self.made.articles[0].whole_title
            self.frames.append(titles if self.filled_contents else [once] * 3)

    def _colophon(self) -> None:
        self.frames.append(
            [
                "某某农商银行 编印",
                "电 话:0400-8888123",
                "网 址:www.example.org",
                "欢迎投稿:a@example.org",
            ]
        )

    def _footer(self) -> None:
        if not self.wrapped:
            return
        self.frames.append(["Copyright © 2024 某某网络科技有限责任公司 All Rights Reserved"])
        self.frames.append(["增值电信业务经营许可证:某B2-20210000 | 某ICP备13000001号"])

    # Lines of a text ----------------------------------------------------------------------------

    def _torn(self, made: Made) -> list[list[str]]:
        """The text in frames; cut between lines, and inside of sentences."""
        loose, pieces = self._items_astray(made.pieces)
        frames: list[list[str]] = [[]]
        for piece in pieces:
            text = self._typed(piece)
            stands = piece.tag[0] == "h" and not piece.run_in
            last = frames[-1][-1] if frames[-1] else ""
            if piece.tag == "h2" and last and last[-1] in "。！？!?" and self.random.random() < 0.3:
                frames[-1][-1] += self.spaces * 6 + text
                continue
            # No column is so short that its only line could be taken for a title.
            least = 18 if len(frames) > 1 or frames[0] else 44
            cut = 0 if stands else self._cut(text, least)
            first = self._indent(piece) + (text[:cut] if cut else text)
            frames[-1].append(first)
            if cut:
                frames.append([text[cut:]])
            elif not stands and self.random.random() < 0.3 and piece is not pieces[-1]:
                frames.append([])
        frames = [frame for frame in frames if frame]
        return [*loose, *self._columns_astray(frames)]

    def _items_astray(self, pieces: list[Piece]) -> tuple[list[list[str]], list[Piece]]:
        """Now and then the last items of the first list stand above the whole text."""
        first = next((n for n, piece in enumerate(pieces) if piece.tag == "li"), None)
        if first is None or self.random.random() < 0.7:
            return [], pieces
        stop = next(n for n in range(first, len(pieces)) if pieces[n].tag != "li")
        cut = self.random.randint(first + 1, stop)
        items = [self._indent(piece) + self._typed(piece) for piece in pieces[cut:stop]]
        return [items] if items else [], [*pieces[:cut], *pieces[stop:]]

    def _columns_astray(self, frames: list[list[str]]) -> list[list[str]]:
        """Now and then two columns change places, where the indents still tell."""
        frames = list(frames)
        for at in range(1, len(frames) - 1):
            broken, tail, other = frames[at - 1][-1], frames[at], frames[at + 1]
            told = (
                self.indented
                and self.frame_style != "loose"
                and broken[-1].isalpha()
                and len(broken) > 30
                and not tail[0].startswith(self.indent)
                and tail[-1][-1] in "。！？!?"
                and other[0].startswith(self.indent)
                and other[-1][-1] in "。！？!?"
            )
            if told and self.random.random() < 0.2:
                frames[at], frames[at + 1] = other, tail
                break
        return frames

    def _indent(self, piece: Piece) -> str:
        return self.indent if self.indented else ""

    def _typed(self, piece: Piece) -> str:
        text = f"{piece.text}。{piece.run_in}" if piece.run_in else piece.text
        return text.translate(HALF) if self.half else text

    def _cut(self, text: str, least: int) -> int:
        """A place inside of a sentence, or 0. Not at a mark, where print could begin anew."""
        if self.random.random() < 0.5 or len(text) < least + 20 or text[0] in "(（":
            return 0
        cut = self.random.randint(least, len(text) - 1)
        while cut < len(text) and not (text[cut - 1].isalpha() and text[cut].isalpha()):
            cut += 1
        return cut if cut < len(text) else 0


def in_hanzi(number: int) -> str:
    """12 → 十二."""
    tens, units = divmod(number, 10)
    ten = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return ten + (NUMERALS[units - 1] if units else "")


def encoded(text: str, random: Random) -> bytes:
    """The text with one of the line ends and encodings that editors leave behind."""
    text = text.replace("\n", random.choice(["\n", "\r\n", "\r"]))
    return text.encode(random.choice(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
