"""The server with little patience: ``python -m tests.slow_server PORT``."""

import sys

from server.__main__ import ROOT
from server.slowness import Limits

# As the server itself does: Streamlit looks for its settings beside the script.
PORT = int(sys.argv[1])
sys.argv = [str(ROOT / "dashboard.py")]

from server.app import build  # noqa: E402

LIMITS = Limits(grace=3.0, slowest=100_000, together=3, each=2, head=1.0)

if __name__ == "__main__":
    build(limits=LIMITS).run(config={"server.address": "127.0.0.1", "server.port": PORT})
