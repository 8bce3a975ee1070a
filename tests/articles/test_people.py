"""Accounts and authors: a confirmation ties them, its end unties them; lists make accounts."""

import pytest

from articles import people
from articles.authorship import Byline
from articles.models import Author, Branch
from articles.writing import saving
from articles.writing.forms import ManuscriptForm
from articles.writing.text import Text
from servicejournal import record
from servicejournal.accounts import registration
from servicejournal.accounts.registration import NotAllowed, Person
from servicejournal.accounts.staff_lists import Fault, Row, StaffList
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_author

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return a_user(Role.EDITOR)


@pytest.fixture
def writer() -> User:
    branch = Branch.objects.named("东岭支行")
    person = Person(staff_number="204418", name="何晓棠", branch=branch)
    return registration.register(person, password="counter-three-umbrella")


def a_list(*rows: tuple[str, str, str], faults: tuple[Fault, ...] = ()) -> StaffList:
    """(name, branch, staff number) each, from row 2 on."""
    return StaffList(tuple(Row(at, *row) for at, row in enumerate(rows, start=2)), faults)


def first_byline(user: User) -> tuple[str, int | None]:
    row = ManuscriptForm(by=user).authors.forms[0].initial
    return row["name"], row["branch"]


class TestConfirming:
    def test_makes_the_account_an_author(self, writer, editor):
        assert people.confirm(writer, by=editor)
        author = Author.objects.get(user=writer)
        assert (author.name, author.branch) == ("何晓棠", writer.branch)
        assert record.of(author).get().verb == "关联作者"

    def test_finds_the_author_of_that_name_in_that_branch(self, writer, editor):
        there = an_author("何晓棠", "东岭支行")
        an_author("何晓棠", "南湖支行")
        people.confirm(writer, by=editor)
        assert people.author_of(writer) == there

    def test_leaves_anothers_author_alone_and_tells_the_two_apart(self, writer, editor):
        theirs = an_author("何晓棠", "东岭支行")
        theirs.user = a_user()
        theirs.save()
        people.confirm(writer, by=editor)
        own = people.author_of(writer)
        assert (own == theirs, own.namesake) == (False, "204418")

    def test_does_not_guess_between_two_of_one_name(self, writer, editor):
        an_author("何晓棠", "东岭支行")
        Author.objects.create(name="何晓棠", branch=writer.branch, namesake="柜员")
        assert people.confirm(writer, by=editor)
        assert people.author_of(writer) is None

    def test_keeps_the_author_that_an_editor_chose(self, writer, editor):
        chosen = an_author("何晓棠", "南湖支行")
        chosen.user = writer
        chosen.save()
        people.confirm(writer, by=editor)
        people.take_back(writer, by=editor)
        assert people.author_of(writer) == chosen

    def test_taken_back_unties_and_forgets_an_author_made_for_nothing(self, writer, editor):
        people.confirm(writer, by=editor)
        assert people.take_back(writer, by=editor)
        assert not Author.objects.exists()

    def test_taken_back_keeps_an_author_who_was_there(self, writer, editor):
        there = an_author("何晓棠", "东岭支行")
        people.confirm(writer, by=editor)
        people.take_back(writer, by=editor)
        there.refresh_from_db()
        assert there.user is None

    def test_taken_back_keeps_an_author_who_wrote_something(self, writer, editor):
        people.confirm(writer, by=editor)
        an_article(contributor=writer, authors=[("东岭支行", "何晓棠")])
        people.take_back(writer, by=editor)
        assert Author.objects.get(name="何晓棠").user is None

    def test_is_not_for_everybody(self, writer):
        with pytest.raises(NotAllowed):
            people.confirm(writer, by=writer)
        assert not Author.objects.exists()


class TestTheFirstByline:
    def test_is_the_writers_name_and_branch_before_anybody_confirmed_them(self, writer):
        assert first_byline(writer) == ("何晓棠", writer.branch_id)

    def test_follows_the_writer_to_another_branch(self, writer, editor):
        people.confirm(writer, by=editor)
        other = Branch.objects.named("南湖支行")
        user = registration.correct(User.objects.get(pk=writer.pk), by=writer, branch=other)
        assert first_byline(user) == ("何晓棠", other.pk)

    def test_offers_ones_own_branch_although_it_was_closed(self, writer):
        Branch.objects.update(retired=True)
        form = ManuscriptForm(by=writer)
        offered = [value for value, _ in form.authors.forms[0].fields["branch"].choices]
        assert offered == ["", str(writer.branch_id)]

    def test_makes_an_account_of_a_list_an_author(self, editor):
        people.enrol(
            a_list(("沈一鸣", "南湖支行", "300101")), by=editor, list_id="a", branches=["南湖支行"]
        )
        user = User.objects.get(username="300101")
        self.write(user, Byline("沈一鸣", user.branch))
        assert people.author_of(user).authorships.count() == 1

    def test_does_not_tie_an_account_that_nobody_confirmed(self, writer):
        self.write(writer, Byline("何晓棠", writer.branch))
        assert people.author_of(writer) is None

    def write(self, user: User, byline: Byline) -> None:
        text = Text(title="伞", section=None, body="", note="", bylines=(byline,))
        saving.save(text, by=user)


class TestLists:
    def test_the_plan_tells_new_ones_those_there_and_what_is_wrong(self, writer):
        Branch.objects.create(name="旧支行", slug="old", retired=True)
        staff = a_list(
            ("沈一鸣", "东岭支行", "300101"),
            ("何晓棠", "东岭支行", "204418"),
            ("罗七", "松山支行", "300102"),
            ("罗八", "旧支行", "300103"),
            faults=(Fault(9, "", "没有写工号"),),
        )
        planned = people.plan(staff)
        assert planned.new == (staff.rows[0],)
        assert planned.there == ((staff.rows[1], writer),)
        assert planned.lacking == {"松山支行": (staff.rows[2],)}
        assert [(fault.number, fault.who) for fault in planned.faults] == [(5, "罗八"), (9, "")]
        assert User.objects.count() == 1

    def test_a_branch_that_the_list_calls_by_an_old_name_is_known_and_said(self, editor):
        branch = Branch.objects.named("松山分行")
        branch.former.create(name="松山支行")
        staff = a_list(("罗七", "松山支行", "300102"))
        planned = people.plan(staff)
        assert (planned.new, planned.renamed) == (staff.rows, {"松山支行": "松山分行"})
        assert people.enrol(staff, by=editor, list_id="a")[0].branch == branch

    def test_where_a_branch_went_is_said(self):
        new = Branch.objects.named("新支行")
        Branch.objects.create(name="旧支行", slug="old", retired=True, moved_into=new)
        (fault,) = people.plan(a_list(("罗八", "旧支行", "300103"))).faults
        assert fault.words == "旧支行已经撤并到新支行，请写现在的单位。"

    def test_accounts_are_made_known_and_without_a_password(self, editor):
        Branch.objects.named("东岭支行")
        there = an_author("沈一鸣", "东岭支行")
        staff = a_list(("沈一鸣", "东岭支行", "300101"), ("罗七", "松山支行", "300102"))
        user = people.enrol(staff, by=editor, list_id="a")[0]
        assert (user.name, user.is_unconfirmed, user.has_usable_password()) == (
            "沈一鸣",
            False,
            False,
        )
        assert (user.grants.get().role, user.grants.get().granted_by) == ("contributor", editor)
        assert people.author_of(user) == there
        assert record.of(user).get().verb == "按名单开通账号"
        assert not Branch.objects.filter(name="松山支行").exists()
        assert list(registration.enrolled("a")) == [user]

    def test_a_branch_is_made_where_it_was_ticked(self, editor):
        staff = a_list(("罗七", "松山支行", "300102"), ("罗八", "青山支行", "300103"))
        made = people.enrol(staff, by=editor, list_id="a", branches=["松山支行", "没有的支行"])
        assert [user.branch.name for user in made] == ["松山支行"]
        assert [branch.name for branch in Branch.objects.all()] == ["松山支行"]

    def test_the_same_list_again_makes_nothing(self, editor):
        staff = a_list(("罗七", "松山支行", "300102"))
        people.enrol(staff, by=editor, list_id="a", branches=["松山支行"])
        assert people.enrol(staff, by=editor, list_id="b", branches=["松山支行"]) == []

    def test_one_who_registered_in_the_meantime_stops_the_whole(self, editor, writer):
        """Between the look and the insert: the verb of the ground takes all or none."""
        persons = [
            Person(staff_number="300101", name="沈一鸣"),
            Person(staff_number="204418", name="何晓棠"),
        ]
        with pytest.raises(registration.Taken):
            registration.enrol(persons, by=editor, list_id="a")
        assert not User.objects.filter(username="300101").exists()
        assert not registration.enrolled("a").exists()

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUDITOR])
    def test_are_not_for_everybody(self, role):
        with pytest.raises(NotAllowed):
            people.enrol(a_list(), by=a_user(role), list_id="a")
