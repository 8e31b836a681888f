"""The dashboard served for a measurement: one process, or several behind nginx on one folder."""

import contextlib
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from prometheus_client.parser import text_string_to_metric_families

from tests.browser.serving import ROOT, answers, free_port

# A line of the log, as text or as JSON, that tells of an error.
TROUBLE = re.compile(r'Traceback|Z (error|critical) |"level": ?"(error|critical)"')
KEPT = "dashboard_answers_kept"
NGINX = ROOT / "deploy" / "nginx" / "replicas.conf"


@dataclass
class Farm:
    """What is served: where, from which folder, and by which processes.

    ``port`` is that of nginx where there is one, ``ports`` are those of the servers themselves.
    """

    port: int
    ports: list[int]
    datasets: Path
    servers: list[psutil.Process]
    front: psutil.Process | None
    logs: list[Path]

    def processor(self) -> float:
        """Return the seconds of processor that the servers have used so far, nginx left out."""
        return sum(sum(server.cpu_times()[:2]) for server in self.servers)

    def front_processor(self) -> float:
        """Return the seconds of processor that nginx has used so far."""
        every = [self.front, *self.front.children()] if self.front else []
        return sum(sum(process.cpu_times()[:2]) for process in every)

    def mb(self) -> float:
        """Return the memory of the servers together, in MB of 2**20 bytes."""
        return sum(server.memory_info().rss for server in self.servers) / 2**20

    def kept(self) -> int:
        """Return how many answers the servers keep for their readers, together."""
        return round(sum(map(_kept, self.ports)))

    def troubles(self) -> list[str]:
        """Return what the servers' logs say went wrong."""
        lines = [
            line for log in self.logs for line in log.read_text("utf-8", "replace").split("\n")
        ]
        return [line[:300] for line in lines if TROUBLE.search(line)]


def _kept(port: int) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
        text = answer.read().decode()
    families = text_string_to_metric_families(text)
    return next(each.samples[0].value for each in families if each.name == KEPT)


def nginx() -> str | None:
    """Return where nginx is, if it is installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")


@contextlib.contextmanager
def farm(folder: Path, replicas: int = 1) -> Iterator[Farm]:
    """Serve a copy of the shipped figures; behind nginx where there are several replicas."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # a session is an open file
    folder.chmod(0o755)
    datasets = folder / "datasets"
    shutil.copytree(ROOT / "datasets", datasets)
    with contextlib.ExitStack() as stack:
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        ports = [free_port() for _ in range(replicas)]
        logs = [folder / f"server-{port}.log" for port in ports]
        servers = [
            stack.enter_context(_server(port, datasets, log))
            for port, log in zip(ports, logs, strict=True)
        ]
        front = None
        port = ports[0]
        if replicas > 1:
            port = free_port()
            front = stack.enter_context(_front(port, ports, folder))
        yield Farm(port, ports, datasets, servers, front, logs)


@contextlib.contextmanager
def _server(port: int, datasets: Path, log: Path) -> Iterator[psutil.Process]:
    command = [sys.executable, "-m", "server", "--port", str(port)]
    environment = os.environ | {"DATASETS": str(datasets)}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            answers(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(timeout=60)


def configuration(port: int, ports: list[int], scratch: Path) -> str:
    """Return deploy/nginx/replicas.conf for servers on these ports of this machine."""
    text = NGINX.read_text(encoding="utf-8").replace("/tmp/", f"{scratch}/")
    lines = text.split("\n")
    first = next(n for n, line in enumerate(lines) if "server dashboard-" in line)
    rest = [line for line in lines[first:] if "server dashboard-" not in line]
    options = lines[first].split(":8501", 1)[1]
    servers = [f"        server 127.0.0.1:{each}{options}" for each in ports]
    text = "\n".join([*lines[:first], *servers, *rest])
    if not Path("/etc/nginx/mime.types").is_file():
        text = text.replace("include /etc/nginx/mime.types;", "")
    return text.replace("listen 8080;", f"listen 127.0.0.1:{port};")


@contextlib.contextmanager
def _front(port: int, ports: list[int], folder: Path) -> Iterator[psutil.Process]:
    path = nginx()
    if path is None:
        raise RuntimeError("nginx is needed for replicas, such as from: apt-get install nginx")
    scratch = folder / "nginx"
    scratch.mkdir()
    scratch.chmod(0o777)  # nginx started by root does its work as another user
    config = scratch / "nginx.conf"
    config.write_text(configuration(port, ports, scratch), encoding="utf-8")
    command = [path, "-c", str(config), "-p", str(scratch), "-g", "daemon off;"]
    process = subprocess.Popen(command)
    try:
        answers(f"http://127.0.0.1:{port}/front", process)
        yield psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
