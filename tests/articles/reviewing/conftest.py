"""Races need an engine with more than one writer."""

from django.db import connection

collect_ignore = [] if connection.vendor == "postgresql" else ["test_queue_races.py"]
