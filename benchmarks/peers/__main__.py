"""Serves a peer the way the dashboard is served: `python -m benchmarks.peers bare 8600`."""

import sys
from pathlib import Path

from server import headline
from server.app import build

HERE = Path(__file__).parent

if __name__ == "__main__":
    name, port = sys.argv[1:]
    script = HERE / f"{name}.py"
    sys.argv = [str(HERE.parents[1] / "dashboard.py")]
    app = build(script, lambda params, spoken: headline.plain())
    app.run(config={"server.address": "127.0.0.1", "server.port": int(port)})
