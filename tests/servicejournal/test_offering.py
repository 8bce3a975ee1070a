import pytest
from django import forms

from servicejournal import offering
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import a_user

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    who = forms.ModelChoiceField(queryset=User.objects.none())
    why = forms.CharField()


def test_the_field_takes_one_of_the_rows_and_no_other():
    offered, other = a_user(Role.EDITOR), a_user()
    for person, fits in ((offered, True), (other, False)):
        form = Form({"who": person.pk, "why": "审稿"})
        offering.only(form, "who", User.objects.filter(pk=offered.pk))
        assert form.is_valid() is fits


def test_a_field_for_words_offers_no_rows():
    with pytest.raises(TypeError, match="why is no choice among rows"):
        offering.only(Form(), "why", User.objects.all())
