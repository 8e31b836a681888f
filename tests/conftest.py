"""What all tests share: no test fails because the machine was busy, and the longest begin first."""

from pathlib import Path

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

HERE = Path(__file__).parent
# The files that take longest: begun last, one of them would keep everybody waiting.
LONGEST = (
    *("contradictions", "hostile", "edition", "publishing_kill", "slowness", "brief", "remote"),
    *("pages", "soak", "reconcile", "real", "editing", "implied", "api", "bridge", "partitions"),
    *("fuzz", "backup", "learnt", "publishing", "watching", "languages", "library", "exports"),
    *("browser/accessibility", "browser/hostile_editing", "browser/pages", "browser/hostile"),
    *("browser/sign_in", "browser/edition", "browser/links", "browser/offline"),
)


def pytest_collection_modifyitems(items):
    """Put the longest files first; the rest stays as it is."""
    items.sort(key=lambda item: _place(item.path.relative_to(HERE)))


def _place(path):
    name = path.with_name(path.stem.removeprefix("test_")).as_posix()
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)
