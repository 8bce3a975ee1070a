"""Which tests run beside PostgreSQL as well as beside SQLite (`--only-the-database`).

What an engine can do otherwise is tried on both: locks and commits, constraints, questions that
sort, sum, search or count, foreign values in a question, migrations, backups, and every verb.
`ONCE` names the modules that look at something else: they read rows by their keys, save them one
by one, and ask what somebody sees of them. A module that is not named runs on both.
docs/testing.md tells how to decide, and how to see which statements PostgreSQL was never asked.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent

#: folder → modules without `test_` and `.py`; `*` is the whole folder.
ONCE = {
    # Journeys of one person through pages: scripts, focus, what Chromium draws.
    "browser": (
        "accounts desk editor flipbook notices no_word_lost_at_the_desk pictures preview_link "
        "reading reviewing second_factor second_look submitting word"
    ),
    # Pages and forms: what they say, refuse and keep.
    "articles/admin": "accounts bylines deputies kept_words naming notices outcomes recorded",
    "articles/reviewing": (
        "at_first_sight mending_comments ones_own review_sheet stale_pages undoing"
    ),
    "articles/reviewing/reading_copy": "*",
    "articles/writing": (
        "autosaving enclosures endorsing_views forms handing_in_views manuscripts_views "
        "notices_views progress two_texts word_pictures word_views"
    ),
    "issues": (
        "admin contents demo_scenes export_issue first_steps issue_form words_of_the_desk"
    ),
    "issues/looking": "galley preview_links",
    "issues/making": (
        "colophon cover_design deputy_of_the_chief indexing leads names_of_a_signed_issue "
        "outlining printer quality seen_on_the_page signing_freezes stale_pages "
        "taking_back_the_sign_off"
    ),
    "issues/reading": (
        "closed_issue door downloads drawing drift flipbook kinds_of_issue names readers_pages "
        "store store_of_members store_torn"
    ),
    "issues/reading/beside": "*",
    "issues/reading/outside": "cards metadata",
    "servicejournal": "offering too_large",
    "servicejournal/accounts": (
        "devices hashing links passwords profile signing_in telephones"
    ),
    "servicejournal/web": (
        "by_button crowd error_pages full_disk policies site storage_away turnstile"
    ),
    # Files: bodies, pictures, letters, archives, settings.
    ".": "deployment",
    "articles": "one_spelling printed_names writers",
    "articles/bodies": "*",
    "articles/letters": "occasions",
    "articles/pictures": "for_print views",
    "articles/proofreading": "*",
    "issues/backissues": "account hostile_archives restore scanned torn",
    "issues/exports": "*",
    "servicejournal/standing": "logs",
    "servicejournal/storage": "*",
}  # fmt: skip


def modules(folder: str, names: str) -> list[Path]:
    wanted = names.split()
    return [path for name in wanted for path in sorted((TESTS / folder).glob(f"test_{name}.py"))]


_ONCE = {path for folder, names in ONCE.items() for path in modules(folder, names)}


def on_both(item: pytest.Item) -> bool:
    """Whether PostgreSQL may answer this test otherwise than SQLite."""
    marker, fixtures = item.get_closest_marker("django_db"), set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("any_database"):
        return False
    if not marker and not fixtures & {"db", "transactional_db", "live_server"}:
        return False
    commits = marker is not None and bool(marker.kwargs.get("transaction"))
    by_itself = "live_server" not in fixtures
    return (commits and by_itself) or item.path not in _ONCE
