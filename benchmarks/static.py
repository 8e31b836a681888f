"""How many pages of a static edition plain nginx serves in a second, asked by wrk on this machine.

    python -m benchmarks.static [OUT]

Needs nginx and wrk. Makes an edition of the shipped figures unless a folder with one is given, and
serves it with deploy/nginx-static.conf on a free port of 127.0.0.1.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from edition.__main__ import main as make
from tests.browser.serving import free_port

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 10
CONNECTIONS = 64
PAGES = ("tha-khm-2025-12/index.html", "tha-khm-2025-12/brief.html", "index.html")
KINDS = (("plain", ""), ("compressed", "gzip"))


def main() -> int:
    if not (shutil.which("nginx") and shutil.which("wrk")):
        print("nginx and wrk are needed, such as from: apt-get install nginx wrk", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch) / "out"
        if not out.is_dir() and make([str(out), "--compress", "--no-progress"]):
            return 2
        with served(Path(scratch), out.resolve()) as address:
            print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}; "
                  f"{CONNECTIONS} connections, {SECONDS} s each")  # fmt: skip
            for page in PAGES:
                for kind, encoding in KINDS:
                    print(f"{page:<32} {kind:<11} {asked(address + page, encoding)}")
    return 0


@contextlib.contextmanager
def served(scratch, out):
    """Serve the folder with the shipped configuration on a free port."""
    port = free_port()
    server = (ROOT / "deploy" / "nginx-static.conf").read_text()
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};")
    server = server.replace("/srv/edition", str(out))
    types = "include /etc/nginx/mime.types;" if Path("/etc/nginx/mime.types").is_file() else ""
    kept = "".join(f"{kind}_temp_path {scratch}/{kind};" for kind in
                   ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    config = scratch / "nginx.conf"
    config.write_text(
        f"worker_processes auto;daemon off;pid {scratch}/pid;error_log {scratch}/errors;"
        f"events {{worker_connections 1024;}}"
        f"http {{{types}access_log off;{kept}\n{server}}}"
    )
    process = subprocess.Popen(["nginx", "-c", str(config), "-p", str(scratch)])
    try:
        address = f"http://127.0.0.1:{port}/"
        for _ in range(50):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(address).close()
                break
            time.sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=20)


def asked(address, encoding):
    """Return what wrk says of one page: pages a second, slowest, and what went wrong."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    command += ["-H", f"Accept-Encoding: {encoding}"] if encoding else []
    told = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
    slow = re.search(r"99%\s+(\S+)", told)[1]
    sent = re.search(r"Transfer/sec:\s+(\S+)", told)[1]
    wrong = re.search(r"(Non-2xx.*|Socket errors.*)", told)
    return f"{rate:>9,.0f} pages/s, {sent}/s, 99 % within {slow} {wrong[1] if wrong else ''}"


if __name__ == "__main__":
    sys.exit(main())
