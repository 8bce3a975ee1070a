"""What the search counts by: lines of titles, and what hits are narrowed by."""

from datetime import date

import pytest

from articles.naming import merging
from issues.making import indexing
from issues.models import Edition, Issue
from issues.reading.searching import catalogue, finding
from issues.reading.searching.catalogue import Lines
from servicejournal import generation
from servicejournal.roles import Role
from tests.factories import a_section, a_user, an_article, an_author, an_issue


@pytest.mark.any_database
@pytest.mark.parametrize("many", [catalogue._MANY, 0], ids=["one by one", "walking over all"])
def test_lines_that_hold_a_word(monkeypatch, many):
    monkeypatch.setattr(catalogue, "_MANY", many)
    lines = Lines(["雨伞与雨伞", "灯", "", "红雨伞", "雨"])
    assert list(lines.holding("雨伞")) == [0, 3]
    assert list(lines.beginning("雨伞")) == [0]
    assert list(lines.holding("伞灯")) == list(lines.holding("")) == []
    assert [lines[at] for at in range(5)] == ["雨伞与雨伞", "灯", "", "红雨伞", "雨"]


def an_issue_out(year: int, signed: tuple[str, str], **facts) -> Issue:
    issue = an_issue(published=True, year=year, number=1, date=date(year, 6, 1))
    an_article(issue=issue, title=f"{year}年的雨伞", authors=[signed], **facts)
    indexing.index(Edition.objects.get(standing_for=issue))
    return issue


def choices(word: str, name: str) -> dict[str, int]:
    hits = finding.look_up(word)
    return {each.label: count for each, count in hits.choices(name)}


@pytest.mark.django_db
class TestChoices:
    @pytest.fixture(autouse=True)
    def shelf(self):
        an_issue_out(2024, ("雨伞镇支行", "柳明远"))
        an_issue_out(2025, ("东岭支行", "高志远"), section=a_section("preamble"))
        generation.turn()

    @pytest.mark.parametrize("wide", [catalogue._WIDE, 0], ids=["few values", "many values"])
    def test_each_says_how_many_it_leaves(self, monkeypatch, wide):
        monkeypatch.setattr(catalogue, "_WIDE", wide)
        generation.turn()
        assert choices("雨伞", "branch") == {"雨伞镇支行": 1, "东岭支行": 1}
        assert choices("雨伞", "year") == {"2024年": 1, "2025年": 1}
        assert choices("2025年的", "author") == {"高志远": 1}

    def test_hits_can_be_walked_through(self):
        hits = finding.look_up("雨伞")
        assert [*hits] == hits[0:20]
        assert len(hits) == len(set(hits)) == 2

    def test_who_was_merged_stands_where_they_went_as_they_were_printed_last(self):
        chief = a_user(Role.CHIEF_EDITOR)
        kept, other = an_author("柳明远", "雨伞镇支行"), an_author("高志远", "东岭支行")
        merging.merge_authors(kept, [other], by=chief, why="是同一位")
        merging.merge_branches(kept.branch, [other.branch], by=chief, why="两家并成一家")
        generation.turn()
        assert choices("雨伞", "author") == {"高志远": 2}
        assert choices("雨伞", "branch") == {"东岭支行": 2}

    def test_hits_of_so_many_queries_are_kept_and_no_more(self, monkeypatch):
        monkeypatch.setattr(catalogue, "_ASKED", 2)
        for word in ("雨伞", "2024", "2025", "年的"):
            finding.look_up(word, order=finding.BY_DATE)
        assert len(catalogue.current().found) == 2
