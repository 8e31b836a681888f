"""Reads settings from the command line, the environment and the file, and says what is wrong."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from settings.addresses import is_loopback
from settings.model import (
    FIELDS,
    OLD_NAMES,
    PREFIX,
    ROOT,
    Settings,
    default,
    told,
    variable,
)
from settings.toml import lines_of, written

FILE = "DASHBOARD_SETTINGS"
USUAL_FILE = ROOT / "dashboard.toml"
# How alike two names must be for one to be taken for the other misspelt.
ALIKE = 0.75
# Files whose relative path is meant from the file of settings, not from where a program started.
PATHS = ("datasets", "remote_cache", "alert_state")


class SettingsError(ValueError):
    """Settings that cannot be used: each of ``problems`` says where, what, and what to do."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class _Found:
    """The values of one source, where each stands, and what is wrong with them."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.origins: dict[str, str] = {}
        self.problems: list[str] = []

    def put(self, name: str, value: object, origin: str) -> None:
        self.values[name], self.origins[name] = value, origin

    def check(self, strict: bool) -> None:
        """Replace the values by those of the right types; note those that are wrong."""
        for name in list(self.values):
            value = self.values.pop(name)
            try:
                checked = Settings.model_validate({name: value}, strict=strict)
            except ValidationError:
                self.problems.append(_wrong(name, value, self.origins.pop(name)))
            else:
                self.values[name] = getattr(checked, name)


def load(
    environ: Mapping[str, str],
    path: Path | None = None,
    flags: Mapping[str, str | None] | None = None,
) -> Settings:
    """Return the settings: flags over the environment over the file at ``path`` over the defaults.

    Without ``path`` the file is the one that ``DASHBOARD_SETTINGS`` names; without that,
    ``dashboard.toml`` beside ``dashboard.py`` if there is one. Raises :class:`SettingsError` with
    everything that is wrong.
    """
    sources = [_file(environ, path), _environment(environ), _flags(flags or {})]
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for found in sources:
        values |= found.values
        origins |= found.origins
    problems = [problem for found in sources for problem in found.problems]
    if problems:
        raise SettingsError(problems)
    settings = Settings.model_validate(values)
    settings._origins = origins
    problems = list(_together(settings))
    if problems:
        raise SettingsError(problems)
    return settings


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Return the variables that begin like ours and are none of ours."""
    ours = {FILE, *map(variable, FIELDS)}
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in ours)


def _flags(flags: Mapping[str, str | None]) -> _Found:
    found = _Found()
    for name, value in flags.items():
        if value is not None:
            found.put(name, value, f"flag --{name.replace('_', '-')}")
    found.check(strict=False)
    return found


def _environment(environ: Mapping[str, str]) -> _Found:
    found = _Found()
    for name in FIELDS:
        value = environ.get(variable(name), "").strip()
        # A variable that is set to nothing is one that is not set.
        if value:
            found.put(name, value, f"environment variable {variable(name)}")
    found.check(strict=False)
    for wrong in unknown_variables(environ):
        meant = _meant_variable(wrong)
        # Kubernetes tells every container of a service "dashboard" by variables such as this.
        if meant and "://" not in environ[wrong]:
            found.problems.append(
                f"environment variable {wrong}: there is no such setting; "
                f"did you mean {meant}? Rename it, or take it away."
            )
    return found


def _meant_variable(wrong: str) -> str:
    rest = wrong.removeprefix(PREFIX).lower()
    return variable(rest) if rest in OLD_NAMES else variable(m) if (m := _meant(rest)) else ""


def _meant(wrong: str) -> str:
    return next(iter(difflib.get_close_matches(wrong.lower(), FIELDS, 1, ALIKE)), "")


def _file(environ: Mapping[str, str], path: Path | None) -> _Found:
    found = _Found()
    named = environ.get(FILE, "").strip()
    chosen = path or (Path(named) if named else USUAL_FILE)
    if path is None and not named and not chosen.exists():
        return found
    try:
        # Editors on Windows begin a file with a mark of its encoding.
        text = chosen.read_text(encoding="utf-8-sig")
        values = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        found.problems.append(f"{chosen.name}: {_unread(chosen, error)}")
        return found
    lines = lines_of(text)
    for name, value in values.items():
        origin = f"{chosen.name}, line {lines.get(name, 1)}"
        if name in FIELDS:
            found.put(name, value, origin)
        else:
            found.problems.append(_unknown(name, value, origin))
    found.check(strict=True)
    for name in PATHS:
        if name in found.values:
            found.values[name] = _beside(chosen, found.values[name])
    return found


def _beside(file: Path, value: str | Path) -> str | Path:
    """Return a relative path as meant from the folder of the file; a URL as it is."""
    if "://" in str(value):
        return value
    return type(value)(file.resolve().parent / Path(value).expanduser())


def _unread(path: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        reason = (error.strerror or str(error)).lower()
        return f"{path} cannot be read ({reason}). Put the file there, or correct {FILE}."
    if isinstance(error, UnicodeDecodeError):
        return "the file is not UTF-8 text. Save it again as UTF-8."
    return f"{error}. Write each setting as name = value, text in double quotes."


def _unknown(name: str, value: object, origin: str) -> str:
    if isinstance(value, dict):
        return f"{origin}: there are no sections such as [{name}]. Write every setting without one."
    meant = _meant(name)
    hint = f"did you mean {meant}?" if meant else "python -m settings lists all that there are."
    return f"{origin}: there is no setting {name!r}; {hint}"


def _wrong(name: str, value: object, origin: str) -> str:
    about = told(FIELDS[name])
    in_file = ", line " in origin
    shown = "what is given (not shown)" if about.secret else written(value)
    example = _example(name) if in_file else about.example
    return (
        f"{origin}: {shown} cannot be used for {name}; expected {about.expects}. "
        f"Write {example}, for example, or take it away for the default."
    )


def _example(name: str) -> str:
    """Return an example of a setting as it is written in the file."""
    example = told(FIELDS[name]).example
    if isinstance(default(FIELDS[name]), tuple):
        example = written((example,))
    elif not isinstance(default(FIELDS[name]), bool | int | float):
        example = written(example)
    return f"{name} = {example}"


def _together(settings: Settings) -> Iterator[str]:
    """Yield what is wrong with settings that are right one by one."""
    if settings.alert_emails:
        for name in ("smtp_host", "smtp_from"):
            if not getattr(settings, name):
                yield (
                    f"{settings.origin('alert_emails')}: alert_emails is set and {name} is not. "
                    f"Set {name} too, or take alert_emails away."
                )
    bare = settings.smtp_tls == "none" and not is_loopback(settings.smtp_host)
    if settings.smtp_password and bare:
        yield (
            f"{settings.origin('smtp_tls')}: smtp_tls = none would send the password readable by "
            "everybody on the way. Use starttls or implicit."
        )
