"""Figures for Prometheus (METRICS=on): requests, the store, the queue, hearts.

Several processes share a folder (deploy/gunicorn.conf.py makes it), and any of them tells for all.
"""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from . import hearts, readiness

logger = logging.getLogger(__name__)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_requests = Counter(
    "servicejournal_requests", "Requests answered.", ["method", "pattern", "status"]
)
_seconds = Histogram(
    "servicejournal_request_seconds", "From a request to its answer.", ["pattern"], buckets=_BUCKETS
)
_stored = Counter("servicejournal_store_hits", "Pages answered out of the store.")


def count(method: str, pattern: str, status: int, seconds: float, *, stored: bool) -> None:
    """Does nothing unless they are switched on. Methods of nobody's making are one.

    What cannot be counted, as on a full disk, is answered nevertheless.
    """
    if not settings.METRICS:
        return
    known = method if method in _METHODS else "other"
    try:
        _requests.labels(known, pattern, str(status)).inc()
        _seconds.labels(pattern).observe(seconds)
        if stored:
            _stored.inc()
    except OSError as reason:
        logger.error("A request was not counted: %s", reason)


class OfTheDatabase(Collector):
    """Looked up when somebody asks; left out while the database is away."""

    def collect(self) -> Iterator[Metric]:
        try:
            yield from (_depth(), _age(), _hearts())
        except DatabaseError:
            return


def _depth() -> GaugeMetricFamily:
    found = GaugeMetricFamily("servicejournal_queue_tasks", "Tasks that wait.", labels=["queue"])
    waiting = DBTaskResult.objects.ready().order_by().values_list("queue_name")
    for queue, number in waiting.annotate(number=Count("pk")):
        found.add_metric([queue], number)
    return found


def _age() -> GaugeMetricFamily:
    oldest = readiness.oldest_waiting()
    age = max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0
    told = "Seconds that the task waits which is due longest."
    return GaugeMetricFamily("servicejournal_queue_age_seconds", told, value=age)


def _hearts() -> GaugeMetricFamily:
    told = "Workers that were heard of in the last 90 seconds."
    return GaugeMetricFamily("servicejournal_workers", told, value=hearts.alive().count())


def told() -> bytes:
    """In Prometheus's text format. Three queries."""
    registry = CollectorRegistry()
    if settings.METRICS_FOLDER:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no types there
    else:
        registry.register(REGISTRY)
    registry.register(OfTheDatabase())
    return generate_latest(registry)
