"""Reconciling crisis by crisis: alone, and on a real Dask scheduler with two worker processes."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from loaders import load_library
from reconciliation import reconcile
from reconciliation.__main__ import load, main
from reconciliation.partitions import Job, crises_in, do_one, embedded, on_cluster
from tests.builders import CRISIS, figure, figures

ROOT = Path(__file__).resolve().parent.parent
DATASETS = str(ROOT / "datasets")


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(Path(folder).glob("*.parquet"))}


def slow_load(source, crisis):
    """Load as usual, but leave time to lose the worker that does it."""
    time.sleep(1.5)
    return load(source, crisis)


def started(*command):
    """Start a program of the cluster that imports what the tests import."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


@pytest.fixture(scope="module")
def cluster():
    """Run a scheduler and two workers on loopback; give its address and the workers.

    The test of a lost worker takes one away, so it stands last: one is enough for the others.
    """
    scheduler = started(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
    )
    lines = iter(scheduler.stderr.readline, "")
    address = next(m[0] for m in (re.search(r"tcp://127.0.0.1:\d+", line) for line in lines) if m)
    settings = ("--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
    workers = [started("distributed.cli.dask_worker", address, *settings) for _ in range(2)]
    yield address, workers
    for process in (*workers, scheduler):
        process.terminate()
    for process in (*workers, scheduler):
        process.communicate(timeout=30)


def test_the_parts_are_the_whole(tmp_path):
    job = Job(DATASETS, str(tmp_path), load)
    done = dict(embedded(job, crises_in(DATASETS)))
    library = load_library(DATASETS)
    whole = reconcile(
        library.figures, library.sources, decisions=library.decisions, crises=library.crises
    )
    assert done == whole["crisis"].astype(str).value_counts().to_dict()
    parts = pd.concat(pd.read_parquet(path) for path in sorted(tmp_path.glob("*.parquet")))
    assert parts["figure_id"].dropna().tolist() == whole["figure_id"].dropna().tolist()
    assert parts["verdict"].tolist() == whole["verdict"].astype(str).tolist()


def test_a_crisis_kept_as_parquet_gives_the_same(tmp_path):
    rows = figures(figure(value=10), figure(value=12, source="b", as_of="2025-12-25"))
    (tmp_path / "in" / CRISIS).mkdir(parents=True)
    rows.to_parquet(tmp_path / "in" / CRISIS / "figures.parquet")
    assert crises_in(str(tmp_path / "in")) == [CRISIS]
    count = do_one(Job(str(tmp_path / "in"), str(tmp_path / "out"), load), CRISIS)
    assert count == len(reconcile(rows))


def test_the_command_line_says_what_it_did(tmp_path, capsys):
    assert main(["run", DATASETS, "--out", str(tmp_path)]) == 0
    assert "2 of 2" in capsys.readouterr().err
    assert len(contents(tmp_path)) == 2


def test_a_folder_without_crises_is_an_error_that_says_what_was_expected(tmp_path, capsys):
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "expected folders with figures.csv" in capsys.readouterr().err


def test_a_cluster_writes_the_same_to_the_byte(tmp_path, cluster):
    address, _ = cluster
    alone, together = tmp_path / "alone", tmp_path / "together"
    assert main(["run", DATASETS, "--out", str(alone)]) == 0
    assert main(["run", DATASETS, "--out", str(together), "--scheduler", address]) == 0
    assert contents(alone) == contents(together)


def test_the_loss_of_a_worker_loses_nothing(tmp_path, cluster):
    address, workers = cluster
    alone, together = tmp_path / "alone", tmp_path / "together"
    crises = crises_in(DATASETS)
    expected = dict(embedded(Job(DATASETS, str(alone), load), crises))
    done = on_cluster(Job(DATASETS, str(together), slow_load), crises * 3, address)
    first = next(done)
    workers[0].send_signal(signal.SIGKILL)
    assert dict([first, *done]) == expected
    assert contents(alone) == contents(together)
