"""The recipes in deploy/ and the pages about them: they name what is there, and hold together."""

import ast
import http.server
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path

import pytest

import settings
from settings.model import FIELDS, variable

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
PAGES = sorted((ROOT / "docs").glob("deploying*.md"))
UNITS = sorted((DEPLOY / "systemd").iterdir())
MANIFESTS = [DEPLOY / "compose.yaml", DEPLOY / "kustomization.yaml",
             *sorted((DEPLOY / "kubernetes").glob("*.yaml"))]  # fmt: skip
STATIC = DEPLOY / "nginx-static.conf"
PROXIES = sorted((DEPLOY / "nginx").iterdir())
# What Debian's package of nginx makes for nginx to write into; in the containers /tmp is writable.
WRITABLE = {"dashboard.conf": "/var/lib/nginx", "replicas.conf": "/tmp"}
SETTINGS = {variable(name) for name in FIELDS} | {"DASHBOARD_SETTINGS"}
# Variables of Python, of uvicorn and of the operating system.
OTHERS = {
    "PATH", "HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED", "FORWARDED_ALLOW_IPS", "PIP_DISABLE_PIP_VERSION_CHECK",
    "PIP_NO_CACHE_DIR", "PIP_ROOT_USER_ACTION",
}  # fmt: skip


def text(path):
    return path.read_text(encoding="utf-8")


def needs(program):
    """Return where a program is; skip the test, saying so, where it is not installed."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    return found or pytest.skip(f"{program} is not installed")


def documents(path):
    """Return the documents of a YAML file."""
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    return [document for document in yaml.safe_load_all(text(path)) if document is not None]


def inside(value):
    """Yield every mapping in a document, however deep."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            yield from inside(part)


def manifest(kind, name):
    """Return one thing of the Kubernetes manifests."""
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        for document in documents(path):
            if (document["kind"], document["metadata"]["name"]) == (kind, name):
                return document
    raise AssertionError(f"there is no {kind} {name}")


def test_there_is_a_recipe_for_each_way_and_the_first_page_leads_to_all():
    first = text(ROOT / "docs" / "deploying.md")
    assert len(PAGES) >= 6
    for page in PAGES:
        if page.name != "deploying.md":
            assert f"({page.name}" in first, f"docs/deploying.md does not lead to {page.name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page):
    content = text(page)
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", content)
    assert links
    for link in links:
        assert (page.parent / link).exists(), f"{page.name} leads to {link}"
    content = content.replace("/opt/dashboard/current/", "").replace("/root/dashboard/", "")
    named = re.findall(r"(?<![\w/.])((?:deploy|nginx|kubernetes|systemd)/[\w./-]+\.\w+)", content)
    for name in named:
        found = ROOT / name if name.startswith("deploy/") else DEPLOY / name
        # Made by whoever follows the page, and kept out of git.
        made = name in {"deploy/secrets.toml", "deploy/compose.env"}
        assert found.exists() or made, f"{page.name} names {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_recipe_says_what_it_costs_how_to_update_copy_and_upgrade(page):
    if page.name in {"deploying.md", "deploying-backup.md"}:
        return
    content = text(page).lower()
    for word in ("cost", "november 2026", "upgrade", "restor", "what was run here"):
        assert word in content or (word == "november 2026" and "nothing" in content), word


def modules_run(content):
    return set(re.findall(r"python3? -m ([a-z_.]+)", content))


def test_every_command_of_ours_that_is_named_is_there():
    files = [*PAGES, *UNITS, DEPLOY / "Dockerfile", DEPLOY / "install.sh", *MANIFESTS]
    named = {module for path in files for module in modules_run(text(path))}
    assert {"publishing", "server", "settings"} <= named
    for module in named - {"pip", "venv", "compileall"}:
        assert (ROOT / module / "__main__.py").is_file(), f"python -m {module}"


def test_every_variable_is_a_real_setting():
    dockerfile = re.findall(r"^(?:ENV| {4})\s*([A-Z][A-Z_]+)=", text(DEPLOY / "Dockerfile"), re.M)
    units = [name for path in UNITS
             for line in re.findall(r"^Environment=(.*)$", text(path), re.M)
             for name in re.findall(r"([A-Z][A-Z_]+)=", line)]  # fmt: skip
    pages = [name for page in PAGES for name in re.findall(r"-e ([A-Z][A-Z_]+)=", text(page))]
    example = re.findall(r"^([A-Z_]+)=", text(DEPLOY / "compose.env.example"), re.M)
    compose = [name for document in documents(DEPLOY / "compose.yaml")
               for part in inside(document) for name in part.get("environment", {})]  # fmt: skip
    cluster = [
        variable["name"]
        for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
        for document in documents(path)
        for part in inside(document)
        for variable in part.get("env", [])
    ]
    for names in (dockerfile, units, pages, example, compose, cluster):
        assert names
        assert set(names) <= SETTINGS | OTHERS, set(names) - SETTINGS - OTHERS
    assert "DASHBOARD_ALLOWED_HOSTS" in {*example} & {*cluster} & {*pages}


def test_the_settings_of_a_server_can_be_used():
    found = settings.load({}, DEPLOY / "dashboard.toml")
    assert found.allowed_hosts == ("figures.example.org",)
    assert (found.host, found.port, found.editing) == ("127.0.0.1", 8501, False)
    assert found.datasets == "/var/lib/dashboard/datasets"


def test_the_secrets_are_an_example_and_hold_none():
    found = tomllib.loads(text(DEPLOY / "secrets.example.toml"))
    assert set(found) == {"auth", "editors"}
    assert {found["auth"][name] for name in ("cookie_secret", "client_id", "client_secret")} == {
        "CHANGE-ME"
    }
    ignored = text(DEPLOY / ".gitignore").split("\n")
    assert {"secrets.toml", "compose.env"} <= set(ignored)


def test_the_port_is_the_same_everywhere():
    port = settings.load({}, DEPLOY / "dashboard.toml").port
    assert f"server 127.0.0.1:{port} " in text(DEPLOY / "nginx" / "dashboard.conf")
    assert f"reverse_proxy 127.0.0.1:{port} " in text(DEPLOY / "Caddyfile")
    assert f"PORT={port} " in text(DEPLOY / "Dockerfile")
    assert f"EXPOSE {port}\n" in text(DEPLOY / "Dockerfile")
    replicas = re.findall(r"server (dashboard-\d):(\d+)", text(DEPLOY / "nginx" / "replicas.conf"))
    assert replicas == [("dashboard-0", str(port)), ("dashboard-1", str(port))]
    services = documents(DEPLOY / "compose.yaml")[0]["services"]
    assert {name for name, _ in replicas} < set(services)
    for name, _ in replicas:
        assert manifest("Service", name)["spec"]["ports"][0]["port"] == port
    assert manifest("StatefulSet", "dashboard")["spec"]["replicas"] == len(replicas)


def test_the_units_paths_are_those_the_installer_makes():
    made = text(DEPLOY / "install.sh")
    for path in (
        "/opt/dashboard",
        "/etc/dashboard",
        "/var/lib/dashboard",
        "/var/backups/dashboard",
    ):
        assert f"={path}" in made
    for unit in UNITS:
        for path in re.findall(r"=(/[\w/.-]+)", text(unit)):
            known = ("/opt/dashboard/current", "/etc/dashboard/", "/var/lib/dashboard")
            assert path.startswith((*known, "/var/backups/dashboard")), f"{unit.name}: {path}"


def test_the_service_has_no_more_rights_than_it_needs():
    unit = text(DEPLOY / "systemd" / "displacement-dashboard.service")
    for line in ("User=dashboard", "NoNewPrivileges=yes", "ProtectSystem=strict",
                 "ProtectHome=yes", "CapabilityBoundingSet=", "PrivateTmp=yes",
                 "MemoryMax=1500M"):  # fmt: skip
        assert f"\n{line}\n" in unit
    assert re.findall(r"ReadWritePaths=(.*)", unit) == ["/var/lib/dashboard"]


def test_containers_run_without_rights_on_a_root_that_is_read_only():
    dockerfile = text(DEPLOY / "Dockerfile")
    assert "\nUSER 10001:10001\n" in dockerfile
    assert 'ENTRYPOINT ["python", "-m", "server"]' in dockerfile
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        for document in documents(path):
            for part in inside(document):
                for one in (*part.get("containers", ()), *part.get("initContainers", ())):
                    may = one["securityContext"]
                    assert may["readOnlyRootFilesystem"] is True, one["name"]
                    assert may["allowPrivilegeEscalation"] is False
                    assert may["capabilities"] == {"drop": ["ALL"]}
                    assert "memory" in one["resources"]["limits"]
    for name, service in documents(DEPLOY / "compose.yaml")[0]["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"]


def test_the_image_holds_every_part_that_runs_and_no_other():
    kept = {line[1:].rstrip("/") for line in text(ROOT / ".dockerignore").split("\n")
            if line.startswith("!")}  # fmt: skip
    parts = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert parts <= kept, parts - kept
    assert {"pages", "datasets", "dashboard.py", "requirements.txt", "deploy/healthy.py"} <= kept
    assert not {"tests", "benchmarks", ".git", ".venv"} & kept
    wanted = {"pages", "ui", "server", "settings"}
    for path in wanted:
        for module in (ROOT / path).rglob("*.py"):
            for node in ast.walk(ast.parse(text(module))):
                if isinstance(node, ast.ImportFrom) and node.module:
                    first = node.module.partition(".")[0]
                    assert first in kept or not (ROOT / first).is_dir(), f"{module}: {first}"


def test_every_manifest_is_yaml_and_every_resource_is_applied():
    kinds = [document.get("kind") for path in MANIFESTS for document in documents(path)]
    assert {"StatefulSet", "Deployment", "NetworkPolicy", "PodDisruptionBudget"} <= set(kinds)
    listed = documents(DEPLOY / "kustomization.yaml")[0]["resources"]
    there = {f"kubernetes/{path.name}" for path in (DEPLOY / "kubernetes").glob("*.yaml")}
    assert set(listed) == there


def test_alerts_are_told_once_whatever_machine_looks():
    job = manifest("CronJob", "watch")["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    [watch] = job["containers"]
    [replica] = manifest("StatefulSet", "dashboard")["spec"]["template"]["spec"]["containers"]
    assert watch["command"] == ["python", "-m", "watch"]
    assert watch["image"] == replica["image"]
    for one in (watch, replica):
        given = {each["name"]: each["value"] for each in one["env"]}
        assert given["DATASETS"] == "/data"
        # On the volume: what a container keeps for itself is gone with it.
        assert given["DASHBOARD_ALERT_STATE"] == "/data/.watch/alerts.json"
        assert {"name": "figures", "mountPath": "/data"} in one["volumeMounts"]
    assert manifest("NetworkPolicy", "watch")["spec"]["podSelector"] == {
        "matchLabels": manifest("CronJob", "watch")["spec"]["jobTemplate"]["spec"]["template"][
            "metadata"
        ]["labels"]
    }
    services = documents(DEPLOY / "compose.yaml")[0]["services"]
    for name in ("watch", "dashboard-0", "dashboard-1"):
        assert "figures:/data" in services[name]["volumes"]
        assert services[name]["environment"]["DASHBOARD_ALERT_STATE"] == "/data/.watch/alerts.json"
    assert services["watch"]["entrypoint"][:3] == ["python", "-m", "watch"]


def test_no_two_services_have_the_same_address():
    services = documents(DEPLOY / "compose.yaml")[0]["services"]
    networks = [each["networks"]["inside"] for each in services.values()
                if isinstance(each["networks"], dict)]  # fmt: skip
    given = [network["ipv4_address"] for network in networks]
    # Only the one that ends before the others start has none of its own.
    assert len(given) == len(set(given)) == len(services) - 1


@pytest.mark.parametrize("conf", PROXIES, ids=lambda path: path.name)
def test_no_place_in_nginx_forgets_the_headers_of_the_others(conf):
    depth, inner = 0, 0
    for line in text(conf).split("\n"):
        code = line.partition("#")[0]
        if code.strip().startswith("location "):
            inner = depth + 1
        # One proxy_set_header in a location takes away all that stand above it.
        assert not (inner and "proxy_set_header" in code), code.strip()
        depth += len(re.findall(r"\{(?!\d)", code)) - len(re.findall(r"(?<!\d)\}", code))
        inner = inner if depth >= inner else 0
    assert depth == 0
    assert not re.search(r"^\s*gzip on", text(conf), re.M)


@pytest.mark.parametrize("script", sorted(DEPLOY.glob("*.sh")), ids=lambda path: path.name)
def test_shell_scripts_are_sound(script):
    subprocess.run([needs("bash"), "-n", script], check=True)
    assert os.access(script, os.X_OK)
    done = subprocess.run([needs("shellcheck"), script], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def certificate(folder):
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    made += ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run([needs("openssl"), *made[1:], "-subj", "/CN=x"], check=True, capture_output=True)


def test_nginx_takes_the_configuration_of_one_server(tmp_path):
    nginx = needs("nginx")
    certificate(tmp_path)
    conf = text(DEPLOY / "nginx" / "dashboard.conf")
    conf = conf.replace("/etc/letsencrypt/live/figures.example.org", str(tmp_path))
    conf = conf.replace(WRITABLE["dashboard.conf"], str(tmp_path))
    conf = re.sub(r"listen (?:\[::\]:)?(\d+)", r"listen 127.0.0.1:4\1", conf)
    conf = re.sub(r"(listen \S+?;?[^\n]*\n)(\s*\1)", r"\1", conf)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; error_log stderr; events {{}}\nhttp {{\n{conf}\n}}\n")
    done = subprocess.run([nginx, "-t", "-c", whole], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def folders_written(conf):
    """Return the folders in which nginx makes folders and files of its own."""
    named = re.findall(r"^\s*(?:proxy_cache_path|\w+_temp_path|pid)\s+(/[^\s;]+)", text(conf), re.M)
    return {str(Path(name).parent) for name in named}


@pytest.mark.parametrize("conf", PROXIES, ids=lambda path: path.name)
def test_nginx_writes_only_into_folders_that_are_there(conf):
    # It makes the last part of such a path itself, never what stands above it.
    assert folders_written(conf) == {WRITABLE[conf.name]}
    assert not folders_written(STATIC)


def test_debians_nginx_brings_the_folder_that_is_written_into():
    command = [needs("dpkg-query"), "--listfiles", "nginx-common"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("Debian's nginx is not installed")
    assert WRITABLE["dashboard.conf"] in done.stdout.split("\n")


@pytest.mark.parametrize("conf", [STATIC, DEPLOY / "nginx" / "dashboard.conf"],
                         ids=lambda path: path.name)  # fmt: skip
def test_certificates_are_renewed_as_they_were_fetched(conf):
    fetched = re.findall(r"^certbot .*$", text(ROOT / "docs" / "deploying-server.md"), re.M)
    assert [line.split()[1] for line in fetched] == ["certonly", "renew"]
    webroot = re.search(r"--webroot -w (\S+)", fetched[0])[1]
    plain = text(conf).partition("listen 443")[0]
    proof = r"location \^~ /\.well-known/acme-challenge/ \{\s*root (\S+);\s*\}"
    assert re.findall(proof, plain) == [webroot]


def test_every_place_of_the_static_edition_sends_the_headers_of_safety():
    places = re.split(r"\n    location ", text(STATIC))
    assert len(places) > 3
    asked = [place for place in places if "add_header" in place]
    assert [place.split(" {")[0] for place in asked[1:]] == ["^~ /data/", "^~ /feeds/"]
    for place in asked:
        for header in ("X-Content-Type-Options nosniff", "Referrer-Policy no-referrer"):
            assert f"add_header {header} always;" in place, place


def test_nginx_serves_the_tables_of_a_static_edition_as_tables(tmp_path):
    nginx = needs("nginx")
    if not Path("/etc/nginx/mime.types").is_file():
        pytest.skip("nginx has no list of kinds of files here")
    # A connection to a file of its own: no port is needed.
    conf = text(STATIC).replace("listen 80;", f"listen unix:{tmp_path}/asked;")
    conf = conf.replace("/srv/edition", str(tmp_path))
    kept = "".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in
                   ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {kept}\n{conf}\n}}\n"
    )
    for folder, name in (("data", "figures.csv"), ("data", "figures.json"), ("feeds", "new.xml")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text("x")
    with subprocess.Popen([nginx, "-c", tmp_path / "nginx.conf"]) as server:
        try:
            found = {name: kind_sent(tmp_path / "asked", name) for name in
                     ("/data/figures.csv", "/data/figures.json", "/feeds/new.xml")}  # fmt: skip
        finally:
            server.terminate()
    assert found == {
        "/data/figures.csv": "text/csv; charset=utf-8",
        "/data/figures.json": "application/json",
        "/feeds/new.xml": "application/atom+xml",
    }


def kind_sent(connection, path):
    """Return the Content-Type that a server on a local socket sends; wait until it is there."""
    for _ in range(100):
        with socket.socket(socket.AF_UNIX) as asked:
            try:
                asked.connect(str(connection))
            except OSError:
                time.sleep(0.05)
                continue
            asked.sendall(f"HEAD {path} HTTP/1.0\r\nHost: figures.example.org\r\n\r\n".encode())
            with asked.makefile() as answer:
                lines = answer.read().split("\n")
            assert "200 OK" in lines[0], lines[0]
            return next(line for line in lines if line.startswith("Content-Type"))[14:].strip()
    raise AssertionError("nginx did not start")


def test_nginx_takes_the_configuration_of_two_replicas(tmp_path):
    nginx = needs("nginx")
    conf = text(DEPLOY / "nginx" / "replicas.conf")
    conf = re.sub(r"dashboard-(\d):8501", r"127.0.0.\g<1>1:8501", conf).replace(
        " /tmp/", f" {tmp_path}/"
    )
    (tmp_path / "nginx.conf").write_text(conf)
    done = subprocess.run(
        [nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_caddy_takes_its_configuration(tmp_path):
    command = [
        needs("caddy"),
        "validate",
        "--adapter",
        "caddyfile",
        "--config",
        DEPLOY / "Caddyfile",
    ]
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | home)
    assert done.returncode == 0, done.stderr


class Named(http.server.BaseHTTPRequestHandler):
    """Answers 200 under one name, 421 under others, as the dashboard does."""

    def do_GET(self):
        right = (self.path, self.headers["Host"]) == ("/healthz", "figures.example.org")
        self.send_response(200 if right else 421)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.mark.parametrize(("name", "code"), [("figures.example.org", 0), ("other.example.org", 1)])
def test_the_health_check_asks_under_the_name_of_the_server(name, code):
    with http.server.HTTPServer(("127.0.0.1", 0), Named) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            environment = os.environ | {
                "PORT": str(server.server_port),
                "DASHBOARD_ALLOWED_HOSTS": f"{name},localhost",
            }
            command = [sys.executable, DEPLOY / "healthy.py"]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
        finally:
            server.shutdown()
            thread.join()
    assert done.returncode == code, done.stderr


def test_the_health_check_tells_in_a_sentence_of_settings_that_cannot_be_used():
    command = [sys.executable, DEPLOY / "healthy.py"]
    wrong = os.environ | {"PORT": "eighty"}
    done = subprocess.run(command, env=wrong, capture_output=True, text=True)
    assert done.returncode == 1
    assert "eighty" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_in_the_recipes_tells_of_one_machine():
    for path in [*PAGES, *(p for p in DEPLOY.rglob("*") if p.is_file())]:
        if path.suffix != ".pyc":
            assert str(ROOT) not in text(path), path
