"""What stands around every page: its head, the way to the others, and of when it is."""

from dataclasses import dataclass

from edition.markup import Cell, a, items, p, quiet, t, variables
from edition.scene import Scene, Site, day, newest, version
from edition.style import sheet
from languages import LANGUAGES, direction
from reconciliation.wording import say
from ui.choosing import TITLE

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
# The pages of a crisis, in the order in which a reader is offered them (translatable).
PAGES = {
    "index.html": "Overview",
    "trends.html": "Trends",
    "reconciliation.html": "Reconciliation",
    "brief.html": "Brief",
    "figures.html": "Figures",
    "sources.html": "Sources",
    "data.html": "Data",
}


@dataclass(frozen=True)
class Page:
    """One page: ``name`` is its path within the folder of its language, ``kind`` its place in the
    navigation, ``image`` the picture that goes with a link to it."""

    name: str
    title: str
    description: str
    body: str
    kind: str = ""
    image: str = ""


def page(site: Site, scene: Scene | None, one: Page, *, found: bool = True) -> dict[str, bytes]:
    """Return the file of a page; ``found`` is false for the page in place of one that is not."""
    light, dark = variables(one.body)
    title = one.title if one.title == TITLE else f"{one.title} · {TITLE}"
    head = [
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f'<meta http-equiv="Content-Security-Policy" content="{t(POLICY)}">',
        f"<title>{t(title)}</title>",
        *told(site, scene, one, found=found),
        f"<style>{sheet(light, dark)}</style>",
    ]
    heading = t(one.title)
    text = "".join(
        [
            f'<!DOCTYPE html><html lang="{t(site.language)}" dir="{direction(site.language)}">',
            f"<head>{''.join(head)}</head><body>",
            bar(site, scene, one, found=found),
            f'<main class="page" id="main"><h1>{heading}</h1>{one.body}</main>',
            foot(site, scene) if found else "",
            "</body></html>\n",
        ]
    )
    return {f"{site.folder}{one.name}": text.encode()}


def root(site: Site, name: str) -> str:
    """Return the way from a page of the site's language up to the root of the edition."""
    return "../" * f"{site.folder}{name}".count("/")


def told(site: Site, scene: Scene | None, one: Page, *, found: bool = True) -> list[str]:
    """Return what a page says of itself to search engines, previews and feed readers."""
    address, up = site.options.address, root(site, one.name)
    if not found:
        return ['<meta name="robots" content="noindex">']
    lines = [
        '<link rel="icon" href="data:,">',
        f'<meta name="description" content="{t(one.description)}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:site_name" content="{t(TITLE)}">',
        f'<meta property="og:title" content="{t(one.title)}">',
        f'<meta property="og:description" content="{t(one.description)}">',
        '<meta name="twitter:card" content="summary_large_image">',
    ]
    image = one.image and f"{address or up}{one.image}"
    if image:
        lines.append(f'<meta property="og:image" content="{t(image)}">')
    feed = f"{up}feeds/{scene.slug if scene else 'all-crises'}"
    lines += [
        f'<link rel="alternate" type="application/atom+xml" href="{t(feed)}.xml">',
        f'<link rel="alternate" type="application/feed+json" href="{t(feed)}.json">',
    ]
    if address:
        here = f"{address}{site.folder}{one.name}".removesuffix("index.html")
        lines.append(f'<link rel="canonical" href="{t(here)}">')
        lines.append(f'<meta property="og:url" content="{t(here)}">')
    return lines + _others(site, one)


def _others(site: Site, one: Page) -> list[str]:
    """Return where the page stands in other languages."""
    languages = site.options.languages
    if len(languages) < 2:
        return []
    start = site.options.address or root(site, one.name)
    return [
        f'<link rel="alternate" hreflang="{code}" href="{t(start + _in(site, code) + one.name)}">'
        for code in languages
    ]


def _in(site: Site, code: str) -> str:
    return "" if code == site.options.main else f"{code}/"


def bar(site: Site, scene: Scene | None, one: Page, *, found: bool = True) -> str:
    """Return the way around: the crises, the pages of this one, other languages."""
    up = "" if "/" not in one.name else "../"
    if not found:
        up = site.options.address
    links: list[Cell] = [_link(TITLE, f"{up}index.html", one.name == "index.html")]
    if scene is not None:
        links += [_link(say(word), name, name == one.kind) for name, word in PAGES.items()]
    links.append(_link(say("Methods"), f"{up}methods.html", one.name == "methods.html"))
    name = t(scene.view.name) if scene else t(TITLE)
    skip = f'<a class="skip" href="#main">{t(say("Skip to the page"))}</a>'
    # The page for what is not there is made once, in the language of the root.
    others = _languages(site, one) if found else ""
    inside = f'<nav aria-label="{name}">{items(links)}</nav>{others}'
    return f'{skip}<header class="top"><div class="page">{inside}</div></header>'


def _link(words: str, where: str, current: bool) -> Cell:
    link = a(words, where)
    if not current:
        return link
    return type(link)(link.text.replace("<a ", '<a aria-current="page" ', 1))


def _languages(site: Site, one: Page) -> str:
    codes = [code for code in site.options.languages if code != site.language]
    if not codes:
        return ""
    up = root(site, one.name)
    links = "".join(
        f'<li><a lang="{code}" dir="{direction(code)}" hreflang="{code}" '
        f'href="{t(up + _in(site, code) + one.name)}">{t(LANGUAGES[code])}</a></li>'
        for code in codes
    )
    return f'<nav aria-label="Language"><ul>{links}</ul></nav>'


def foot(site: Site, scene: Scene | None) -> str:
    """Return of when the page is: its day, what was known, the newest report, the data's mark."""
    crisis = scene.view.crisis if scene else ""
    lines = [quiet(say("Data version: {version}", version=version(site, crisis)))]
    if scene is not None:
        dates = say(
            "Figures of {day}, as known on {known}. The newest report in the files is of {newest}.",
            day=day(scene.view.day),
            known=day(scene.known),
            newest=day(newest(site.library, scene.view.crisis)),
        )
        lines.insert(0, quiet(dates))
    still = say("This page does not change by itself: a newer edition may be out at its address.")
    return f'<footer class="page"><p>{" ".join(lines)}</p>{p(still, "quiet")}</footer>'
