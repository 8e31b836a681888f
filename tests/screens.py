"""Pages of the dashboard without a browser, and what they say."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from ui import choosing

ROOT = Path(__file__).parents[1]
STORY = {"crisis": "tha-khm-2025-12", "day": "2025-12-24"}
# Seconds that a page may take on a busy machine.
PATIENCE = 300
PAGES = tuple(Path(str(page["page"])).stem for page in choosing.PAGES)


def opened(page="overview", /, **query):
    """Return the page as a browser that goes straight to its address would have it."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    if page != "overview":
        # Before the first run a page goes by the name of its file, which is its address as well.
        app.switch_page(f"pages/{page}.py")
    return app.run()


def text_of(app):
    """Return everything a page says in prose, without escapes."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption]
    parts += [*app.info, *app.warning, *app.expander]
    words = [str(getattr(part, "value", "") or getattr(part, "label", "")) for part in parts]
    words += [element.proto.body for element in app.get("html")]
    return " ".join(words).replace("\\", "")
