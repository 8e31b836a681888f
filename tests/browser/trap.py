"""A trap for what a hostile string might do in a page: run, fetch, send, frame, or pose as ours."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page

from tests import hostile_data
from tests.browser.serving import listen, watch
from tests.hostile import MARK

# As the addresses of cells stand in links, with what Markdown could read as its own encoded.
ENCODED = [quote(address, safe="/:?#@!&=+,;%~._-") for address in hostile_data.WEB]
LINKED = [*hostile_data.WEB, *ENCODED, hostile_data.REPORT]

# Looks at every element, in shadow roots too, and names what nothing of ours makes.
LOOK = """([mark, web, written]) => {
  const bad = [];
  const NEVER = ['iframe', 'frame', 'object', 'embed', 'base', 'marquee', 'math', 'video', 'audio',
    'applet', 'foreignobject', 'animate', 'set', 'x', 'e'];
  const LEADS = ['href', 'xlink:href', 'src', 'srcset', 'action', 'formaction', 'data', 'ping',
    'poster', 'srcdoc', 'background', 'http-equiv'];
  const own = text => {
    if (/^(blob:|data:(image\\/(png|svg\\+xml)|font\\/))/.test(text)) return true;
    try { return new URL(text, location.href).origin === location.origin && !/^(j|v|d)/i.test(
      new URL(text, location.href).protocol); } catch { return false; }
  };
  const asked = e => location.protocol === 'file:'
    || (e.target === '_blank' && /noopener|noreferrer/.test(e.rel));
  const tell = (e, why) => bad.push(why + ': ' + e.outerHTML.slice(0, 300));
  const leads = (e, name, value) => {
    const text = value.trim();
    if (own(text)) return;
    if (e.tagName === 'A' && name === 'href' && (text.startsWith(location.origin) ||
        (asked(e) && web.includes(text)))) return;
    tell(e, name);
  };
  const walk = root => {
    for (const e of root.querySelectorAll('*')) {
      const tag = e.localName.toLowerCase();
      if (NEVER.includes(tag)) tell(e, 'element');
      if (['script', 'style'].includes(tag) && e.textContent.includes(mark)) tell(e, 'written in');
      if (e.closest('.katex')) tell(e, 'formula');
      for (const a of e.attributes) {
        if (a.name.startsWith('on')) tell(e, 'handler');
        if (a.name === 'style' && /url\\(\\s*["']?(?!["']?(data:|blob:|#))/.test(a.value)
            || a.name === 'style' && a.value.includes(mark)) tell(e, 'style');
        if (LEADS.includes(a.name)) leads(e, a.name, a.value);
      }
      if (e.shadowRoot) walk(e.shadowRoot);
    }
  };
  walk(written ? new DOMParser().parseFromString(written, 'text/html') : document);
  return bad;
}"""


@dataclass
class Trap:
    """What was caught on a page; ``allowed`` are the addresses it may link to."""

    page: Page
    allowed: list[str]
    caught: list[str] = field(default_factory=list)

    def look(self) -> list[str]:
        """Return all that was caught, with what stands in the page now."""
        return [*self.caught, *self.page.evaluate(LOOK, [MARK, self.allowed, ""])]


def written(trap: Trap, text: str) -> list[str]:
    """Return what is not ours in a page as the server wrote it; it is parsed, and never run."""
    return list(trap.page.evaluate(LOOK, [MARK, trap.allowed, text]))


def laid(page: Page, allowed: list[str]) -> Trap:
    """Lay a trap in a page before it is opened."""
    caught = watch(page)
    listen(page, "dialog", lambda dialog: _dialog(dialog, caught))
    listen(page, "console", lambda line: _console(line, caught))
    listen(page, "popup", lambda other: caught.append(f"window: {other.url}"))
    listen(page, "download", lambda file: caught.append(f"download: {file.url}"))
    listen(page, "framenavigated", lambda frame: _frame(frame, caught))
    return Trap(page, allowed, caught)


def _dialog(dialog: Any, caught: list[str]) -> None:
    caught.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def _console(line: Any, caught: list[str]) -> None:
    if MARK in line.text:
        caught.append(f"console: {line.text}")


def _frame(frame: Any, caught: list[str]) -> None:
    if not frame.url.startswith(("http://127.0.0.1", "file://", "about:blank")):
        caught.append(f"went to {frame.url}")
