"""What is counted and measured, in the text form of Prometheus; ``docs/watching.md`` says what.

Nothing here is about one reader: sessions and requests are counted, not told apart.
"""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from loaders import Library
from watch import memory, survey
from watch.logs import tell

KIND = "text/plain; version=0.0.4; charset=utf-8"
# From a page that was there to one that a reader gives up on, in seconds.
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
disable_created_metrics()  # type: ignore[no-untyped-call]

registry = CollectorRegistry()
ProcessCollector(registry=registry)
sessions = Gauge("dashboard_sessions", "Pages open in a browser now.", registry=registry)
kept = Gauge("dashboard_answers_kept", "Answers kept for all readers.", registry=registry)
reruns = Histogram(
    "dashboard_rerun_seconds", "How long drawing a page took.", ["page"],
    buckets=BOUNDS, registry=registry,
)  # fmt: skip
requests = Counter(
    "dashboard_requests", "Requests answered.", ["path", "status"], registry=registry
)
request_seconds = Histogram(
    "dashboard_request_seconds", "How long answering a request took.", ["path"],
    buckets=BOUNDS, registry=registry,
)  # fmt: skip


@contextmanager
def rerun(page: str) -> Iterator[None]:
    """Measure and log how long the block takes to draw a page; costs some microseconds."""
    started = time.perf_counter()
    try:
        yield
    finally:
        took = time.perf_counter() - started
        reruns.labels(page).observe(took)
        tell("rerun", page=page, ms=round(took * 1000, 1))


@dataclass(frozen=True)
class Source:
    """Where the figures come from: ``library`` as it now is, when its folder was last looked at.

    ``looked`` and ``read`` return the time, in seconds since 1970, of the last look that succeeded
    and of the last time the content was new; ``None`` where that is not known. ``alerts`` is the
    file in which ``python -m watch`` notes what it sent.
    """

    library: Callable[[], Library]
    looked: Callable[[], float | None]
    read: Callable[[], float | None]
    alerts: Path


class Figures(Collector):
    """Measures the figures when asked; contradictions in the background, once for each content."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._found: tuple[tuple[str, dt.date], dict[str, int]] | None = None
        self._working: threading.Thread | None = None

    def collect(self) -> Iterable[Metric]:
        """Yield what is known of the figures and of the alerts."""
        library, today = self._source.library(), dt.date.today()
        states = survey.states(library, today)
        yield from _of_crises(states, today)
        yield from self._times()
        findings = GaugeMetricFamily(
            "dashboard_findings", "Findings in the data files.", labels=["code", "severity"]
        )
        for code, severity, count in survey.findings_by_code(library):
            findings.add_metric([code, severity], count)
        yield findings
        yield self._contradictions(library, states, today)
        yield from _of_alerts(self._source.alerts)

    def _times(self) -> Iterator[Metric]:
        for name, when, text in (
            ("looked", self._source.looked(), "When the data folder was last listed."),
            ("read", self._source.read(), "When new content was last read from it."),
        ):
            family = GaugeMetricFamily(f"dashboard_library_{name}_timestamp_seconds", text)
            if when is not None:
                family.add_metric([], when)
            yield family

    def _contradictions(
        self, library: Library, states: list[survey.State], today: dt.date
    ) -> Metric:
        """Return those last worked out; have newer ones worked out, but only one lot at a time."""
        key = (library.fingerprint, today)
        with self._lock:
            known = self._found is not None and self._found[0] == key
            if not known and (self._working is None or not self._working.is_alive()):
                work = threading.Thread(target=self._work, args=(key, library, states), daemon=True)
                self._working = work
                work.start()
            counts = dict(self._found[1]) if self._found is not None else {}
        text = "Sets of figures that cannot all be true on the newest day of a crisis."
        family = GaugeMetricFamily("dashboard_contradictions", text, labels=["crisis"])
        for crisis, count in counts.items():
            family.add_metric([crisis], count)
        return family

    def _work(self, key: tuple[str, dt.date], library: Library, states: list[survey.State]) -> None:
        counts = {state.crisis: len(survey.contradicted(library, state)) for state in states}
        with self._lock:
            self._found = key, counts

    def settle(self) -> None:
        """Wait until the contradictions of the last request are worked out."""
        if self._working is not None:
            self._working.join()


def _of_crises(states: list[survey.State], today: dt.date) -> Iterator[Metric]:
    figures = GaugeMetricFamily("dashboard_figures", "Figures of a crisis.", labels=["crisis"])
    active = GaugeMetricFamily(
        "dashboard_crisis_active", "1 while a crisis goes on, else 0.", labels=["crisis"]
    )
    ages = {
        name: GaugeMetricFamily(f"dashboard_{name}_age_days", text, labels=["crisis"])
        for name, text in (
            ("newest", "Days since the newest day that a figure of a crisis describes."),
            ("published", "Days since a figure of a crisis was last published."),
        )
    }
    for state in states:
        figures.add_metric([state.crisis], state.figures)
        active.add_metric([state.crisis], float(state.active))
        for name, day in (("newest", state.newest), ("published", state.published)):
            if day is not None:
                ages[name].add_metric([state.crisis], (today - day).days)
    yield from (figures, active, *ages.values())


def _of_alerts(file: Path) -> Iterator[Metric]:
    noted = memory.read(file)
    sent = CounterMetricFamily("dashboard_alerts_sent", "Alerts sent.", labels=["channel"])
    failed = CounterMetricFamily(
        "dashboard_alerts_failed", "Attempts to send that failed.", labels=["channel"]
    )
    for name, channel in noted.channels.items():
        sent.add_metric([name], channel.sent)
        failed.add_metric([name], channel.failed)
    last = GaugeMetricFamily(
        "dashboard_watch_run_timestamp_seconds", "When python -m watch last looked."
    )
    if noted.run is not None:
        last.add_metric([], noted.run)
    yield from (sent, failed, last)


def text(figures: Figures) -> bytes:
    """Return all metrics as Prometheus reads them."""
    of_figures = CollectorRegistry()
    of_figures.register(figures)
    return generate_latest(registry) + generate_latest(of_figures)
