"""Where the links of a text lead, by their addresses alone."""

import pytest

from articles.bodies.links import Link, is_broken

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("to", "broken"),
    [
        ("https://www.example.org:8443/a?b=c", False),
        ("https://示范银行.中国/", False),
        ("http://便民服务.政务/网点", False),
        ("https://www.example.org./", False),
        ("http://10.0.0.8/", False),
        ("mailto:desk@示范银行.中国", False),
        ("/issues/", False),
        ("http://待补/", True),
        ("https://desk.example/", True),
        ("https://", True),
        ("mailto:desk", True),
        ("tel:待补", True),
        ("javascript:alert(1)", True),
    ],
)
def test_an_address_that_nobody_can_have_is_broken(to, broken):
    assert is_broken(Link("看这里", to)) is broken
