import pytest
from django.test import Client

from servicejournal.models import User
from tests.factories import a_user


@pytest.fixture
def writer(db) -> User:
    return a_user(name="沈一鸣")


@pytest.fixture
def signed_in(client: Client, writer: User) -> Client:
    """A browser in which the writer is signed in."""
    client.force_login(writer)
    return client
