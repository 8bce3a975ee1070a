"""What a writer sends, and manuscripts as far as a writer can bring them."""

import uuid
from datetime import timedelta

from django.utils import timezone

from articles.authorship import Byline
from articles.models import Article
from articles.reviewing import workflow
from articles.writing import handing_in, saving
from articles.writing.text import Text
from servicejournal import clock
from tests.factories import a_section, a_user

WORDS = "柜台内外的一件小事，写下来就不会忘。" * 4


def posted(**changes) -> dict:
    """A form that is whole: one author, a section, enough words."""
    data = {
        "form_id": str(uuid.uuid4()),
        "title": "雨天的伞",
        "section": a_section("service-sketch").pk,
        "body": f"<p>{WORDS}</p>",
        "note": "请看标题",
        "captions": "",
        "authors-TOTAL_FORMS": 3,
        "authors-INITIAL_FORMS": 1,
        "authors-MIN_NUM_FORMS": 0,
        "authors-MAX_NUM_FORMS": 20,
        "authors-0-name": "沈一鸣",
        "authors-0-branch": "",
        "authors-0-ORDER": 1,
        "authors-1-ORDER": 2,
        "authors-2-ORDER": 3,
        "action": "save",
        "end": "1",
    }
    return {**data, **changes}


def a_draft(writer, **facts) -> Article:
    text = Text(
        **{
            "title": "雨天的伞",
            "section": a_section(),
            "body": f"<p>{WORDS}</p>",
            "note": "",
            "bylines": (Byline("沈一鸣"),),
            **facts,
        }
    )
    return saving.save(text, by=writer)


def handed_in(writer) -> Article:
    return handing_in.hand_in(a_draft(writer), by=writer, declared=True)


def sent_back(writer, *, told: bool = False) -> Article:
    """Just now; or an hour ago, so that the writer is told of it."""
    with clock.set_to(timezone.now() - timedelta(hours=told)):
        article, editor = handed_in(writer), a_user("editor")
        workflow.receive(article, by=editor)
        workflow.decide(article, "return", by=editor, opinion="请核对数字。", note="文笔一般")
    return article
