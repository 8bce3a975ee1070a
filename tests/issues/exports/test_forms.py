"""Forms that a text has by what stands in it."""

from itertools import count

from issues.exports import bodies
from issues.exports.pdf import columns, forms, setting
from tests.issues.exports import hostile_issue, samples
from tests.issues.exports.samples import a_picture, an_article, figure, paragraphs

TEXTS = hostile_issue.Texts(1)


def blocks(body: str, *pictures) -> list[dict]:
    paths = {picture.token: f"{picture.token}.jpg" for picture in pictures}
    return columns.read(an_article(body=body, pictures=pictures), paths)


def test_short_lines_that_the_writer_broke_are_verses():
    looks = [block.get("look") for block in blocks(hostile_issue.poem(TEXTS, 0))]
    assert looks == ["stanza"] * 5
    assert "look" not in blocks(f"<p>{samples.SENTENCE}<br>{samples.SENTENCE}</p>")[0]


def test_a_letter_ends_with_its_greeting_and_signature():
    found = {bodies.text(b["words"]): b.get("look") for b in blocks(hostile_issue.letter(TEXTS, 0))}
    assert found["此致"] is None
    assert found["敬礼！"] == "flush"
    assert found["一名普通客户"] == found["2026年5月8日"] == "signature"
    assert found["你们好！"] is None


def test_a_story_in_pictures_opens_with_one_and_hangs_the_others_in_pairs():
    pictures = [a_picture(n) for n in range(1, 10)]
    hung = "".join(figure(each, f"图{n}") for n, each in enumerate(pictures, start=1))
    text, story = columns.in_columns(blocks(paragraphs(2) + hung, *pictures), count())
    assert (text["kind"], story["kind"]) == ("columns", "plain")
    assert [block["kind"] for block in story["blocks"]] == ["opener", *["pair"] * 4]
    assert [each["token"] for block in story["blocks"] for each in block["blocks"]] == [
        picture.token for picture in pictures
    ]
    narrow = setting.in_one_column({"segments": [story]})
    assert narrow == {f"{picture.token}.jpg" for picture in pictures[1:]}


def test_pictures_between_paragraphs_are_no_story():
    pictures = [a_picture(n) for n in range(1, 7)]
    body = "".join(paragraphs(1, 2) + figure(each) for each in pictures)
    found = blocks(body, *pictures)
    assert not forms.is_story(found, columns.length(found))


def test_a_few_words_between_them_run_over_both_columns():
    pictures = [a_picture(n) for n in range(1, 7)]
    body = paragraphs(1, 3) + "".join(map(figure, pictures))
    kinds = [part["kind"] for part in columns.in_columns(blocks(body, *pictures), count())]
    assert kinds == ["plain", "plain"]
