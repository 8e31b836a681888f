"""Every setting: its name, type, limits, default and meaning. The only place where one is defined.

The example file and the table in ``docs/settings.md`` are made from it (``python -m settings
write``); a test fails when they differ.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from settings.addresses import is_loopback, of_a_machine

ROOT = Path(__file__).parents[1]
NAME = "displacement-dashboard"
# Settings whose variable had its name before there was a file of settings.
OLD_NAMES = {
    "datasets": "DATASETS",
    "host": "HOST",
    "port": "PORT",
    "editing": "EDITING",
    "editors": "EDITORS",
}
PREFIX = "DASHBOARD_"


@dataclass(frozen=True)
class Told:
    """What a setting's type cannot say: what is expected in words, and an example."""

    expects: str
    example: str
    secret: bool = False
    # What to print for a default that differs from machine to machine.
    usual: str = ""


def setting(
    default: Any, meaning: str, expects: str, example: str,
    *, secret: bool = False, usual: str = "", **limits: Any,
) -> Any:  # fmt: skip
    """Return the field of one setting; ``limits`` are pydantic's, such as ``ge``."""
    told = Told(expects, example, secret, usual)
    given = {"default_factory": default} if callable(default) else {"default": default}
    extra: Any = {"told": told}
    return Field(description=meaning, json_schema_extra=extra, **given, **limits)


def told(field: FieldInfo) -> Told:
    """Return what the field says of itself."""
    extra = field.json_schema_extra
    assert isinstance(extra, Mapping)
    found: Any = extra["told"]
    assert isinstance(found, Told)
    return found


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return OLD_NAMES.get(name, PREFIX + name.upper())


def own_folder(kind: Literal["CACHE", "STATE"]) -> Path:
    """Return the folder in which this account's programs keep what they can make again."""
    windows = os.environ.get("LOCALAPPDATA") if os.name == "nt" else ""
    usual = {"CACHE": ".cache", "STATE": ".local/state"}[kind]
    # An account without a home, as a service may have, keeps its files beside the program: among
    # the temporary ones somebody else might have put them first.
    home = os.environ.get(f"XDG_{kind}_HOME") or windows or os.path.expanduser(f"~/{usual}")
    return (Path(home) if os.path.isabs(home) else ROOT / usual) / NAME


def _listed(value: object) -> object:
    """Return a list as a tuple; text is taken apart at its commas."""
    pieces = value.split(",") if isinstance(value, str) else value
    if not isinstance(pieces, list | tuple) or not all(isinstance(piece, str) for piece in pieces):
        raise ValueError("not a list of texts")
    return tuple(piece.strip() for piece in pieces if piece.strip())


def _path(value: object) -> object:
    return Path(value).expanduser() if isinstance(value, str) else value


def _host_names(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if "/" in name or " " in name or ("://" in name):
            raise ValueError("not a name")
    return names


def _address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
        raise ValueError("not an address")
    return text.rstrip("/")


def _webhook(text: str) -> str:
    parts = urlsplit(text)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if text and not (safe and parts.hostname):
        raise ValueError("not a safe address")
    return text


def _mail_addresses(addresses: tuple[str, ...]) -> tuple[str, ...]:
    for address in addresses:
        _mail_address(address)
    return addresses


def _mail_address(address: str) -> str:
    name, at, host = address.rpartition("@")
    plain = address.isprintable() and not set(address) & set(" ,;<>\"'")
    if address and not (name and at and host and plain):
        raise ValueError("not an e-mail address")
    return address


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Folder = Annotated[Path, BeforeValidator(_path)]


class Settings(BaseModel):
    """The settings in force. ``origin`` says where each came from."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    datasets: str = setting(
        lambda: str(ROOT / "datasets"),
        "The folder of the data sets, or its URL.",
        "a folder or a URL", "/srv/figures",
        usual="the folder datasets that is shipped", min_length=1,
    )  # fmt: skip
    host: Annotated[str, AfterValidator(of_a_machine)] = setting(
        "127.0.0.1", "The address to serve on; 0.0.0.0 is every address of the machine.",
        "an address of this machine", "0.0.0.0", min_length=1,
    )  # fmt: skip
    port: int = setting(
        8501, "The port to serve on.", "a whole number from 1 to 65535", "8080", ge=1, le=65535
    )
    allowed_hosts: Annotated[Words, AfterValidator(_host_names)] = setting(
        (), "The names under which the dashboard may be asked for; links get previews only when "
        "they are known. Empty: this machine's own names where only it can reach the server, else "
        "any name. Where it is not set, server.allowedHosts of .streamlit/config.toml holds.",
        "names of hosts, without https:// and without a path", "figures.example.org",
    )  # fmt: skip
    public_address: Annotated[str, AfterValidator(_address)] = setting(
        "", "The address at which readers find the dashboard; for links in alerts and feeds, and "
        "in a static edition that is given no address of its own.",
        "an address that begins with https:// or http://", "https://figures.example.org",
    )  # fmt: skip
    editing: bool = setting(
        True, "Whether figures can be changed on screen; off switches it off for everybody.",
        "true or false (on or off in the environment)", "false",
    )  # fmt: skip
    editors: Annotated[Words, AfterValidator(_mail_addresses)] = setting(
        (), "The e-mail addresses of those who may sign in to edit, on top of [editors] emails in "
        ".streamlit/secrets.toml.",
        "e-mail addresses", "amina@ngo.example",
    )  # fmt: skip
    upload_megabytes: int = setting(
        50, "How large a table handed in may be, in megabytes. Where it is not set, "
        "server.maxUploadSize of .streamlit/config.toml holds.",
        "a whole number from 1 to 2000", "20", ge=1, le=2000,
    )  # fmt: skip
    refresh_seconds: float = setting(
        2.0, "How often an open page looks whether the figures have changed, in seconds.",
        "a number from 0.5 to 3600", "10", ge=0.5, le=3600,
    )  # fmt: skip
    remote_poll_seconds: float = setting(
        60.0, "How often figures kept elsewhere are looked at, in seconds.",
        "a number from 1 to 86400", "300", ge=1, le=86400,
    )  # fmt: skip
    remote_timeout_seconds: float = setting(
        20.0, "How long an answer from elsewhere is waited for, in seconds.",
        "a number from 0.1 to 600", "5", ge=0.1, le=600,
    )  # fmt: skip
    remote_cache: Folder = setting(
        lambda: own_folder("CACHE"),
        "Where copies of figures kept elsewhere are held on disk.",
        "a folder that the server may write to", "/var/cache/figures",
        usual="~/.cache/displacement-dashboard",
    )  # fmt: skip
    remote_max_megabytes: int = setting(
        500, "How much is fetched from elsewhere at most, in megabytes.",
        "a whole number from 1 to 100000", "50", ge=1, le=100_000,
    )  # fmt: skip
    api: bool = setting(
        True, "Whether programs can read the figures below /api/, from any web page too.",
        "true or false (on or off in the environment)", "false",
    )  # fmt: skip
    metrics: Literal["loopback", "everyone", "off"] = setting(
        "loopback", "Who may read /metrics: programs on this machine, everyone, or nobody.",
        "loopback, everyone or off", "everyone",
    )  # fmt: skip
    log_level: Literal["debug", "info", "warning", "error"] = setting(
        "info", "What the log tells: each level tells what those to its right do too.",
        "debug, info, warning or error", "warning",
    )  # fmt: skip
    log_format: Literal["text", "json"] = setting(
        "text", "How the log is written: lines for people, or one JSON object a line.",
        "text or json", "json",
    )  # fmt: skip
    stale_days: int = setting(
        7, "After how many days without a newly published figure an active crisis is reported.",
        "a whole number from 1 to 3650", "3", ge=1, le=3650,
    )  # fmt: skip
    alert_state: Folder = setting(
        lambda: own_folder("STATE") / "alerts.json",
        "The file in which python -m watch notes what it has reported.",
        "a file in a folder that python -m watch may write to", "/var/lib/figures/alerts.json",
        usual="~/.local/state/displacement-dashboard/alerts.json",
    )  # fmt: skip
    alert_webhook: Annotated[str, AfterValidator(_webhook)] = setting(
        "", "The address to which alerts are posted as JSON.",
        "an address that begins with https:// (http:// only on this machine)",
        "https://chat.example.org/hooks/…", secret=True,
    )  # fmt: skip
    alert_emails: Annotated[Words, AfterValidator(_mail_addresses)] = setting(
        (), "Who gets alerts by e-mail.", "e-mail addresses", "desk@ngo.example"
    )
    smtp_host: str = setting("", "The mail server.", "the name of a host", "smtp.example.org")
    smtp_port: int = setting(
        587, "The port of the mail server: 587 for starttls, 465 for implicit.",
        "a whole number from 1 to 65535", "465", ge=1, le=65535,
    )  # fmt: skip
    smtp_tls: Literal["starttls", "implicit", "none"] = setting(
        "starttls", "How the connection to the mail server is encrypted.",
        "starttls, implicit or none", "implicit",
    )  # fmt: skip
    smtp_user: str = setting("", "The account on the mail server.", "a name", "alerts")
    smtp_password: str = setting(
        "", "The password of that account; better in the environment than in a file.",
        "a text", "…", secret=True,
    )  # fmt: skip
    smtp_from: Annotated[str, AfterValidator(_mail_address)] = setting(
        "", "The sender of alerts.", "an e-mail address", "dashboard@ngo.example"
    )

    _origins: dict[str, str] = {}

    def origin(self, name: str) -> str:
        """Return where a setting came from: a flag, a variable, a line of the file, or nowhere."""
        return self._origins.get(name, "default")

    def is_set(self, name: str) -> bool:
        """Return whether somebody chose the setting."""
        return name in self._origins


def default(field: FieldInfo) -> Any:
    """Return the default of a field."""
    found = field.get_default(call_default_factory=True, validated_data={})
    assert found is not PydanticUndefined
    return found


FIELDS: Mapping[str, FieldInfo] = Settings.model_fields
