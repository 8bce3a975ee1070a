"""Rows change hands whichever model they are of: tried with what has nothing to do with names."""

import pytest
from django.contrib.auth.models import Group, Permission

from articles.models import Article, Authorship, Branch, relations
from articles.naming import moving
from articles.naming.rules import NotAllowed
from servicejournal.models import RoleGrant, User
from tests.factories import a_section, a_user, accepted, an_article, an_issue

pytestmark = pytest.mark.django_db


def field(model, name):
    return model._meta.get_field(name)


def test_every_relation_is_found_hidden_ones_too():
    found = {f"{each.model._meta.label}.{each.name}" for each in relations.pointing_to(User)}
    named = {"articles.Article.contributor", "servicejournal.RoleGrant.user"}
    hidden = {"servicejournal.RoleGrant.granted_by", "issues.Edition.made_by"}
    one_to_one = {"articles.Author.user"}
    assert named | hidden | one_to_one <= found
    assert "articles.Branch.moved_into" in {
        f"{each.model._meta.label}.{each.name}" for each in relations.pointing_to(Branch)
    }


def test_both_ends_of_a_many_to_many_are_found():
    (one,) = [each for each in relations.pointing_to(Group) if moving.is_a_pair(each)]
    assert one.model is Group.permissions.through


def test_what_may_only_be_added_is_moved_too():
    """Who reviewed is one row by now; what was decided is untouched."""
    review = accepted().reviews.first()
    other = a_user()
    assert moving.move(field(type(review), "reviewer"), [review.reviewer_id], other.pk) == 1
    assert type(review).objects.get(pk=review.pk).reviewer == other


def test_a_pair_that_both_have_is_kept_once():
    one, other = Group.objects.create(name="甲"), Group.objects.create(name="乙")
    first, second = Permission.objects.all()[:2]
    one.permissions.add(first)
    other.permissions.add(first, second)
    (pairs,) = [each for each in relations.pointing_to(Group) if moving.is_a_pair(each)]
    moving.move(pairs, [other.pk], one.pk)
    assert set(one.permissions.all()) == {first, second}
    assert not other.permissions.exists()


def test_twins_are_told_by_every_rule_of_uniqueness():
    one, other, third = a_user("editor"), a_user("editor"), a_user("auditor")
    user = field(RoleGrant, "user")
    assert moving.clashes(user, [one.pk, third.pk]) == []
    assert moving.clashes(user, [one.pk, other.pk, third.pk]) == [other.grants.get()]
    article = an_article(authors=[("", "甲"), ("", "乙")])
    first, second = article.authorships.all()
    keys = [first.author_id, second.author_id]
    assert moving.clashes(field(Authorship, "author"), keys) == [second]


def test_what_is_unknown_of_both_is_not_the_same():
    """Manuscripts in no issue have no place there, however many they are."""
    one, other = a_section(), a_section("service-emotion")
    for section in (one, other):
        an_article(section=section)
    assert moving.clashes(field(Article, "section"), [one.pk, other.pk]) == []
    for section in (one, other):
        an_article(issue=an_issue(year=2031, number=section.pk), section=section, position=1)
    Article.objects.exclude(issue=None).update(issue=an_issue(year=2032))
    assert len(moving.clashes(field(Article, "section"), [one.pk, other.pk])) == 1


def test_what_the_database_does_not_allow_twice_is_refused_whole():
    one, other = a_user("editor"), a_user("editor")
    with pytest.raises(NotAllowed, match="角色"):
        moving.move(field(RoleGrant, "user"), [other.pk], one.pk)
    assert other.grants.count() == 1


def test_what_nothing_refers_to_is_unused():
    used, free = Branch.objects.named("甲支行"), Branch.objects.named("乙支行")
    a_user(branch=used)
    assert list(relations.unused(Branch.objects.all())) == [free]
    Branch.objects.create(name="丙支行", slug="c", retired=True, moved_into=free)
    assert [each.name for each in relations.unused(Branch.objects.all())] == ["丙支行"]
