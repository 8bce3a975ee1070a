"""Merging, closing and signing at the same moment, on an engine with more than one writer."""

import threading
from functools import partial

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connections, transaction

from articles.authorship import Byline, bylines_of, sign
from articles.models import Article, Branch
from articles.naming import closing, merging
from servicejournal.accounts import registration
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_author

pytestmark = pytest.mark.django_db(transaction=True)


def branch(name: str) -> Branch:
    return Branch.objects.named(name)


class TestRaces:
    def beside(self, *acts) -> list[str]:
        """All at once, each on a connection of its own; what each raised."""
        start, raised = threading.Barrier(len(acts)), [""] * len(acts)

        def run(at, act):
            try:
                start.wait()
                act()
            except Exception as error:
                raised[at] = type(error).__name__
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(30)
        return raised

    def test_a_writer_who_signs_meanwhile_signs_with_what_it_became(self):
        editor = a_user(Role.EDITOR)
        for number in range(12):
            keep, gone = branch(f"甲{number}支行"), branch(f"乙{number}支行")
            article = an_article(authors=[])
            raised = self.beside(
                partial(merging.merge_branches, keep, [gone], by=editor, why="合"),
                partial(signed, article, Byline("谷淳", gone)),
            )
            assert raised == ["", ""]
            row = article.authorships.get()
            assert (row.branch, row.author_name) == (keep, "谷淳")
            assert bylines_of(article) == (Byline("谷淳", keep),)

    @pytest.mark.parametrize("signs_already", [True, False])
    def test_a_writer_who_signs_by_somebody_who_is_being_merged(self, signs_already):
        editor = a_user(Role.EDITOR)
        for number in range(12):
            keep, gone = an_author(f"壬{number}", "甲支行"), an_author(f"壬 {number}", "甲支行")
            byline = Byline(gone.name, gone.branch)
            article = an_article(authors=[("甲支行", gone.name)] if signs_already else [])
            raised = self.beside(
                partial(merging.merge_authors, keep, [gone], by=editor, why="合"),
                partial(signed, article, byline, Byline("谷淳")),
            )
            assert raised == ["", ""]
            assert bylines_of(article) == (byline, Byline("谷淳"))
            if signs_already:
                assert article.authorships.first().author == keep

    def test_two_editors_who_merge_crosswise_one_is_told(self):
        editor = a_user(Role.EDITOR)
        for number in range(8):
            one, other = branch(f"丙{number}支行"), branch(f"丁{number}支行")
            raised = self.beside(
                partial(merging.merge_branches, one, [other], by=editor, why="合"),
                partial(merging.merge_branches, other, [one], by=editor, why="合"),
            )
            assert sorted(raised) == ["", "NotAllowed"]
            with pytest.raises(ObjectDoesNotExist):
                [each.refresh_from_db() for each in (one, other)]

    def test_two_that_close_into_each_other_one_stands(self):
        editor = a_user(Role.EDITOR)
        for number in range(8):
            one, other = branch(f"戊{number}支行"), branch(f"己{number}支行")
            raised = self.beside(
                partial(closing.retire_branch, one, by=editor, why="并", into=other),
                partial(closing.retire_branch, other, by=editor, why="并", into=one),
            )
            assert sorted(raised) == ["", "NotAllowed"]
            assert Branch.objects.filter(pk__in=[one.pk, other.pk], retired=True).count() == 1

    def test_an_account_that_moves_here_meanwhile_is_never_left_behind(self):
        """It moved before and came along, or the branch that it wanted is gone, and it stays."""
        editor = a_user(Role.EDITOR)
        for number in range(8):
            keep, gone = branch(f"庚{number}支行"), branch(f"辛{number}支行")
            user = a_user()
            raised = self.beside(
                partial(merging.merge_branches, keep, [gone], by=editor, why="合"),
                partial(registration.correct, user, by=user, branch=gone),
            )
            assert raised[0] == ""
            user.refresh_from_db()
            assert user.branch == (None if raised[1] else keep)


def signed(article: Article, *names: Byline) -> None:
    with transaction.atomic():
        sign(Article.objects.select_for_update(of=("self",)).get(pk=article.pk), names)
