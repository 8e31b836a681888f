"""The page as the server sends it: Streamlit's own, with what the link is about in its head."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from functools import cached_property
from string import Template

from reconciliation import wording
from reconciliation.wording import say
from server.bundles import Shelf
from server.headline import Headline
from ui.choosing import ICON, TITLE

# Says at once where the server is: Streamlit would ask for its health and its settings first,
# below the path of the page and then one level up, before it opens its connection.
START = """
window.prerenderReady = false;
window.__streamlit = {
  BACKEND_BASE_URL: location.origin,
  HOST_CONFIG: {...$config, allowedOrigins: [location.origin]}
};
"""
# What Streamlit may be told by the page that frames it, and by whom: nothing, by nobody else.
CONFIG = {
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "off",
    "blockErrorDialogs": False,
    "resourceCrossOriginMode": None,
}
# The headline stands on the page until the script has written its own.
UNTIL = """
(() => {
  const first = document.getElementById("first");
  const done = () => { watcher.disconnect(); first.remove(); };
  const watcher = new MutationObserver(() => {
    if (document.querySelector('[data-testid="stMain"] h1, [role="dialog"]')) done();
  });
  watcher.observe(document.body, {childList: true, subtree: true});
  setTimeout(done, 20000);
})();
"""
# A drawing of the page is some sixty messages, for several of which Streamlit would draw the page
# anew. They come packed into one (server/packing.py) and are handed on together: when the last is
# there, which is all but empty, or after a moment. What a listener is told, and in which order,
# stays the same.
GATHER = """
window.WebSocket = class extends WebSocket {
  constructor(address, ...more) {
    const asked = new URL(address, location);
    if (window.DecompressionStream) asked.searchParams.set("packed", "");
    super(asked.href, ...more);
  }
  addEventListener(kind, hear, ...more) {
    if (kind !== "message") return super.addEventListener(kind, hear, ...more);
    let waiting = [], timer = 0, packs = 0, opened = Promise.resolve();
    const pass = () => {
      const together = waiting;
      clearTimeout(timer);
      [waiting, timer] = [[], 0];
      for (const event of together) try { hear.call(this, event); } catch (e) { reportError(e); }
    };
    const take = event => {
      waiting.push(event);
      if (event.data.byteLength === 2) pass(); else timer ||= setTimeout(pass, 30);
    };
    const unpack = async pack => {
      const stream = new Blob([pack]).stream().pipeThrough(new DecompressionStream("deflate"));
      const all = await new Response(stream).arrayBuffer(), view = new DataView(all);
      for (let at = 0; at < all.byteLength;) {
        let size = view.getUint8(at + 1), from = at + 2;
        if (size === 126) { size = view.getUint16(from); from += 2; }
        else if (size === 127) { size = Number(view.getBigUint64(from)); from += 8; }
        take(new MessageEvent("message", {data: all.slice(from, at = from + size)}));
      }
    };
    super.addEventListener("close", pass);
    super.addEventListener("message", event => {
      const packed = new Uint8Array(event.data)[0] === 0;
      if (!packed && !packs) return take(event);
      packs++;
      opened = opened.then(() => packed ? unpack(event.data.slice(1)) : take(event))
        .catch(error => { reportError(error); this.close(); }).finally(() => { packs--; });
    }, ...more);
  }
};
"""
# Streamlit opens its connection once all its scripts have run. Here it is on its way while they do,
# and is handed over when Streamlit asks for it; nothing is said on it before. It tells the same
# token, if any, which the server masks anew with every answer. Where Streamlit asks for another
# address or for its last session, or never asks, it is closed.
AHEAD = """
(() => {
  const address = location.origin.replace("http", "ws") + "/_stcore/stream";
  const none = "PLACEHOLDER_AUTH_TOKEN";
  let token = none;
  try { token = document.cookie.match(/\\b_streamlit_xsrf=([^;]*)\\b/)?.[1] ?? none; } catch {}
  let ready = new WebSocket(address, ["streamlit", token]);
  const given = () => { const one = ready; ready = null; return one; };
  const fits = (asked, names = []) => new URL(asked, location).href === address &&
    names.length === 2 && names[0] === "streamlit" && (names[1] === none) === (token === none);
  setTimeout(() => given()?.close(), 60000);
  window.WebSocket = class extends WebSocket {
    constructor(asked, ...more) {
      const one = given();
      if (one && one.readyState < 2 && fits(asked, ...more)) {
        if (one.readyState === 1) queueMicrotask(() => one.dispatchEvent(new Event("open")));
        return one;
      }
      one?.close();
      super(asked, ...more);
    }
  };
})();
"""
# Links within a piece of HTML lead to other pages of ours as Streamlit's own do: not anew, but as
# the browser's back button does, whose sign Streamlit follows.
FOLLOW = """
addEventListener("click", event => {
  const link = event.target.closest?.("a.inside");
  const other = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || other || link.origin !== location.origin) return;
  event.preventDefault();
  history.pushState({}, "", link.href);
  dispatchEvent(new PopStateEvent("popstate"));
});
"""
STYLE = """
#first{position:fixed;inset:0;z-index:999999;background:#fff;color:#111417;overflow:hidden;
font-family:"Source Sans",sans-serif;padding:clamp(2rem,12vh,7rem) clamp(1.2rem,8vw,9rem)}
#first strong{display:block;font-size:clamp(1.3rem,3vw,1.9rem);line-height:1.25;max-width:45rem}
#first p{max-width:45rem;line-height:1.5}#first small{opacity:.75}
@media(prefers-color-scheme:dark){#first{background:#11161d;color:#edf1f4}}
"""
_HEAD = Template("""
    <title>$title</title>
    <meta name="description" content="$about" />
    <meta property="og:type" content="website" />
    <meta property="og:site_name" content="$site" />
    <meta property="og:title" content="$title" />
    <meta property="og:description" content="$about" />
    <meta property="og:locale" content="$language" />
    <meta name="twitter:card" content="summary_large_image" />
    <meta name="twitter:title" content="$title" />
    <meta name="twitter:description" content="$about" />
$links    <link rel="icon" href="$icon" />
    <style>$style</style>
    <script>$start</script>
    <script>$gather</script>
    <script>$ahead</script>
    <script>$follow</script>
$early  </head>""")
_LINKS = Template("""    <link rel="canonical" href="$page" />
    <meta property="og:url" content="$page" />
    <meta property="og:image" content="$picture" />
    <meta property="og:image:type" content="image/png" />
    <meta property="og:image:width" content="1200" />
    <meta property="og:image:height" content="630" />
    <meta property="og:image:alt" content="$title" />
    <meta name="twitter:image" content="$picture" />
""")
_BODY = Template("""<body>
    <noscript>
      <h1>$title</h1>
      <p>$about</p>
      <p>$needed</p>
    </noscript>
    <div id="root"></div>
    $first
  </body>""")
_FIRST = Template("""<div id="first" role="status"><strong>$title</strong><p>$about</p>
      <small>$coming</small></div>
    <script>$until</script>""")


def host_config(origin: str) -> dict[str, object]:
    """Return the settings that Streamlit's page asks for once it is connected."""
    return CONFIG | {"allowedOrigins": [origin]}


class Documents:
    """Streamlit's page, taken apart once, and filled in for each link."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._start = Template(START).substitute(config=json.dumps(CONFIG))
        self._icon = ICON

    @cached_property
    def scripts(self) -> list[str]:
        """Return the scripts written into the page, for the content security policy."""
        return [self._start, GATHER, AHEAD, FOLLOW, UNTIL]

    @cached_property
    def hashes(self) -> str:
        """Return the hashes of the scripts in the page, as a content security policy names them."""
        digests = (hashlib.sha256(text.encode()).digest() for text in self.scripts)
        return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)

    @cached_property
    def _kept(self) -> str:
        """Return what is kept of the head of Streamlit's page: its scripts and styles."""
        head = self._shelf.index.partition("<head>")[2].partition("</head>")[0]
        head = re.sub(r"<!--.*?-->", "", head, flags=re.DOTALL)
        head = re.sub(r"<title>.*?</title>", "", head)
        head = re.sub(r"<script>.*?</script>", "", head, flags=re.DOTALL)
        head = re.sub(r'<link rel="(?:shortcut icon|service-desc)"[^>]*>', "", head)
        return "\n".join(line for line in head.splitlines() if line.strip())

    @cached_property
    def _early(self) -> str:
        tag = '    <link rel="modulepreload" crossorigin href=".{}">\n'
        return "".join(tag.format(path) for path in self._shelf.early)

    def page(self, told: Headline, links: tuple[str, str] | None, *, embedded: bool) -> str:
        """Return the page of a link.

        ``links`` are the full addresses of the page and of its picture; ``None`` where it is not
        certain under which name the server is known. ``embedded`` is for a frame in another page.
        """
        title, about = html.escape(told.title), html.escape(told.description)
        named = "" if links is None else _named(links, title)
        coming, needed = say("The whole page is coming …"), say("This page needs JavaScript.")
        first = _FIRST.substitute(title=title, about=about, until=UNTIL, coming=html.escape(coming))
        head = _HEAD.substitute(
            title=title, about=about, site=html.escape(TITLE), links=named,
            language=wording.language(), icon=self._icon, style=STYLE, start=self._start,
            gather=GATHER, ahead=AHEAD, follow=FOLLOW, early=self._early,
        )  # fmt: skip
        body = _BODY.substitute(
            title=title, about=about, needed=html.escape(needed),
            first="" if embedded or told.view is None else first,
        )  # fmt: skip
        # The way of the interface stays Streamlit's; only what is read before it comes is turned.
        body = body.replace('<div id="first"', f'<div id="first" dir="{wording.direction()}"')
        lang = f'lang="{wording.language()}"'
        return f"<!DOCTYPE html>\n<html {lang}>\n  <head>\n{self._kept}{head}\n  {body}\n</html>\n"


def _named(links: Sequence[str], title: str) -> str:
    page, picture = (html.escape(link) for link in links)
    return _LINKS.substitute(page=page, picture=picture, title=title)


def missing() -> str:
    """Return the page for an address at which there is nothing."""
    title = html.escape(say("There is no such page"))
    text = html.escape(say("The address may be mistyped, or the page may have moved."))
    home = html.escape(say("Go to the Overview"))
    style = "body{font:1.1rem/1.5 sans-serif;margin:15vh auto;max-width:34rem;padding:0 1rem}"
    style += "@media(prefers-color-scheme:dark){body{background:#11161d;color:#edf1f4}"
    style += "a{color:#7cc4ee}}"
    return (
        f'<!DOCTYPE html>\n<html lang="{wording.language()}" dir="{wording.direction()}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{style}</style></head><body><main><h1>{title}</h1>"
        f'<p>{text}</p><p><a href="/">{home}</a></p></main></body></html>\n'
    )
