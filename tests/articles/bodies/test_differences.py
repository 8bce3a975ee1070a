"""Two texts compared: by character, paragraph by paragraph, in bounded time."""

import random

import pytest

from articles.bodies import differences, html
from articles.bodies.differences import Text
from issues.demo import texts


def between(old: str, new: str, **changed) -> differences.Difference:
    return differences.between(
        Text(title="题", body=old), Text(**{"title": "题", "body": new, **changed})
    )


def told(difference: differences.Difference) -> list[str]:
    """Each passage as «kind words», with +…+ what was added and -…- what was taken away."""
    marks = {"same": "", "ins": "+", "del": "-"}
    return [
        f"{passage.kind} "
        + "".join(f"{marks[each.op]}{each.words}{marks[each.op]}" for each in passage.pieces)
        for stretch in difference.body
        for passage in stretch.passages
    ]


def sides(difference: differences.Difference) -> tuple[str, str]:
    """The old and the new words, put together again from the pieces."""
    pieces = [
        piece
        for stretch in difference.body
        for passage in stretch.passages
        for piece in passage.pieces
    ]
    return tuple(
        "".join(piece.words for piece in pieces if piece.op in ("same", side))
        for side in ("del", "ins")
    )


class TestWords:
    def test_one_character_of_a_clause_is_one_character(self):
        found = between("<p>门口的垫子换了三次。</p>", "<p>门口的垫子换了四次。</p>")
        assert told(found) == ["p 门口的垫子换了-三-+四+次。"]
        assert (found.added, found.removed) == (1, 1)

    def test_the_same_text_has_no_difference(self):
        found = between("<p>一样。</p>", "<p>一样。</p>")
        assert found.is_empty
        assert (found.added, found.removed) == (0, 0)

    def test_a_paragraph_that_came_and_one_that_went_are_whole(self):
        found = between("<p>甲乙丙丁。</p><p>留下的。</p>", "<p>留下的。</p><p>新来的话。</p>")
        assert told(found) == ["p -甲乙丙丁。-", "p 留下的。", "p +新来的话。+"]

    def test_a_changed_paragraph_is_found_among_others_that_went(self):
        found = between(
            "<p>全然不同的第一段话。</p><p>下雨那天门口的垫子换了三次。</p>",
            "<p>下雨那天门口的垫子换了四次。</p>",
        )
        assert told(found) == [
            "p -全然不同的第一段话。-",
            "p 下雨那天门口的垫子换了-三-+四+次。",
        ]

    def test_one_mark_changed_in_every_paragraph_of_a_long_text_is_one_mark_each(self):
        old = "".join(f"<p>第{n}段,写的是柜台内外的小事。</p>" for n in range(100, 180))
        found = between(old, old.replace(",", "，"))
        assert (found.added, found.removed) == (80, 80)

    def test_two_that_share_nothing_are_not_mixed(self):
        found = between("<p>甲乙丙丁戊。</p>", "<p>子丑寅卯辰。</p>")
        assert told(found) == ["p -甲乙丙丁戊。-", "p +子丑寅卯辰。+"]

    def test_rare_characters_and_emoji_stay_whole(self):
        found = between("<p>龑先生到了😀。</p>", "<p>䶮先生到了😀。</p>")
        assert told(found) == ["p -龑-+䶮+先生到了😀。"]


class TestShapes:
    def test_headings_items_quotations_rows_and_captions_are_told_apart(self):
        body = (
            "<h2>一、伞</h2><ul><li>甲</li><li><p>乙</p></li></ul><blockquote><p>引文</p></blockquote>"
            "<table><tr><th>年</th><td><p>2025</p><p>全年</p></td></tr></table><hr>"
            '<figure><img src="/pictures/x/" alt="伞架"><figcaption>门口</figcaption></figure>'
        )
        assert told(between(body, body)) == [
            "h2 一、伞",
            "item 甲",
            "item 乙",
            "quote 引文",
            "row 年 ｜ 2025全年",
            "rule ◎　◎　◎",
            "picture 伞架",
            "caption 门口",
        ]

    def test_a_picture_that_came_or_went_is_named(self):
        one = '<figure><img src="/pictures/1/" alt="伞架"></figure>'
        two = '<figure><img src="/pictures/2/" alt=""></figure>'
        assert told(between(one, two)) == ["picture -伞架-", "picture +没有文字说明的图片+"]

    def test_another_picture_under_the_same_words_is_another_picture(self):
        one, two = (f'<figure><img src="/pictures/{n}/" alt="伞架"></figure>' for n in (1, 2))
        assert told(between(one, two)) == ["picture -伞架-", "picture +伞架+"]

    def test_other_words_for_the_same_picture_are_a_change(self):
        one, two = (
            f'<figure><img src="/pictures/1/" alt="{w}"></figure>' for w in ("伞架", "雨伞架")
        )
        assert told(between(one, two)) == ["picture +雨+伞架"]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("<p>重点</p>", "<p><strong>重点</strong></p>"),
            (
                '<p><a href="http://a.example">看</a></p>',
                '<p><a href="http://b.example">看</a></p>',
            ),
            ("<p>小标题</p>", "<h2>小标题</h2>"),
        ],
        ids=["bold", "link", "heading"],
    )
    def test_markup_that_changed_under_the_same_words_is_said(self, old, new):
        (stretch,) = between(old, new).body
        assert [passage.mark for passage in stretch.passages] == ["markup"]

    def test_lines_above_the_text_are_told_when_they_changed(self):
        found = between(
            "<p>文</p>", "<p>文</p>", title="新题", byline="南湖支行 方圆", section="服务掠影"
        )
        labels = [label for label, _ in found.heads]
        assert labels == ["标题", "署名", "栏目"]
        assert not found.is_empty

    def test_what_is_far_from_a_change_is_folded(self):
        old = "".join(f"<p>第{n}段，各不相同。</p>" for n in range(9))
        found = between(old, old.replace("第0段", "头一段"))
        assert [(len(each.passages), each.folded) for each in found.body] == [(2, False), (7, True)]

    def test_a_text_without_any_change_is_shown_in_full(self):
        old = "".join(f"<p>第{n}段，各不相同。</p>" for n in range(9))
        assert [each.folded for each in between(old, old).body] == [False]


def test_the_pieces_put_together_are_both_texts_whatever_was_done_to_them():
    """Articles of the demo, cut, doubled, shuffled and misspelt at random."""
    chance = random.Random(11)  # noqa: S311
    for article in texts.desk():
        old = html.clean(article.body)
        blocks = old.replace("</p>", "</p>\x00").split("\x00")
        chance.shuffle(blocks)
        words = "".join(blocks[: len(blocks) * 2 // 3] + blocks[:1])
        new = html.clean(words.replace("的", chance.choice(["地", "", "得得"])))
        found = differences.between(Text(title="题", body=old), Text(title="题", body=new))
        expected = tuple(
            "".join(block.words for block in differences.blocks_of(body)) for body in (old, new)
        )
        assert sides(found) == expected


LONG = 390_000


def a_jumble(length: int, seed: int) -> str:
    return "".join(random.Random(seed).choices("服务文化柜台的一是在", k=length))  # noqa: S311


WORST = {
    "one character a paragraph": lambda n: "<p>字</p>" * (40_000 + n),
    "paragraphs that share nothing": lambda n: "".join(
        f"<p>{a_jumble(90, seed)}</p>" for seed in range(n * 4000, n * 4000 + 4000)
    ),
    "long paragraphs that share nothing": lambda n: "".join(
        f"<p>{a_jumble(3900, seed)}</p>" for seed in range(n * 90, n * 90 + 90)
    ),
    "one paragraph without a stop": lambda n: f"<p>{a_jumble(LONG, n)}</p>",
    "one paragraph of stops": lambda n: f"<p>{'。'.join(a_jumble(LONG // 2, n))}</p>",
    "items in items": lambda n: "<ul><li>" * 4000 + str(n) + "</li></ul>" * 4000,
}


@pytest.mark.parametrize("shape", WORST)
def test_the_worst_texts_are_compared_too(shape):
    """How long that takes: benchmarks/bench_differences.py."""
    found = between(WORST[shape](0), WORST[shape](1))
    assert not found.is_empty
