"""Who may import whom: the layout of DESIGN, read from the imports themselves."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = {"figures", "loaders", "reconciliation", "charts"}
MAY_IMPORT = {
    "settings": set(),
    "watch": {"figures", "loaders", "reconciliation", "settings"},
    "figures": set(),
    "loaders": {"figures"},
    "reconciliation": {"figures"},
    "charts": {"figures"},
    "languages": {"figures", "reconciliation"},
    "exports": {"figures", "loaders", "reconciliation"},
    "brief": CORE,
    "publishing": {"figures", "loaders", "reconciliation", "exports"},
    "ui": {*CORE, "languages", "exports", "brief", "publishing", "settings", "watch"},
    "api": {"figures", "loaders", "reconciliation", "languages", "exports", "settings", "ui"},
    "server": {
        *CORE,
        "languages",
        "exports",
        "brief",
        "publishing",
        "ui",
        "settings",
        "watch",
        "api",
    },
    "pages": {*CORE, "languages", "exports", "brief", "publishing", "ui"},
    "edition": {*CORE, "languages", "exports", "brief", "ui"},
    "dashboard": {"settings", "ui", "watch"},
}
OURS = set(MAY_IMPORT)


def modules(part):
    single = ROOT / f"{part}.py"
    return [single] if single.is_file() else sorted((ROOT / part).rglob("*.py"))


def imports(path):
    """Return the top-level names that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("part", sorted(OURS))
def test_each_part_imports_only_what_it_may(part):
    assert modules(part), f"{part} is missing"
    # A package's command line joins parts that the package itself keeps apart.
    for path in (path for path in modules(part) if path.name != "__main__.py"):
        wrong = (imports(path) & OURS) - MAY_IMPORT[part] - {part}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


@pytest.mark.parametrize(
    ("library", "home"),
    [("streamlit", {"ui", "pages", "dashboard", "server"}), ("plotly", {"charts"})],
)
def test_streamlit_and_plotly_stay_in_their_place(library, home):
    for part in OURS - home:
        for path in modules(part):
            assert library not in imports(path), f"{path.relative_to(ROOT)} imports {library}"


def test_pages_do_not_import_one_another():
    names = {path.stem for path in modules("pages")}
    for path in modules("pages"):
        text = path.read_text(encoding="utf-8")
        assert not any(f"from pages.{name}" in text for name in names)


def test_the_continuous_integration_runs_what_the_readme_says():
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
