"""The whole edition, lot by lot: what each step is called, and the files it makes."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

import brief
import languages
from brief import Brief
from edition import card, common, data, feeds, listing, live, overview, reconciling, trends
from edition.options import Options
from edition.scene import Scene, Site, newest, slugs, view_of
from edition.shell import Page, bar, foot, page, told
from loaders import Library
from reconciliation.wording import say

Files = dict[str, bytes]
ALL = "all-crises"


@dataclass(frozen=True)
class Step:
    """One step of the work: its name, and what makes its files."""

    name: str
    make: Callable[[], Files]


class Building:
    """Makes an edition of a library; keeps what later steps need of earlier ones."""

    def __init__(self, library: Library, options: Options) -> None:
        self.library, self.options = library, options
        order = library.crises.sort_values(["start", "crisis"], ascending=False)
        self.crises = [str(name) for name in order["crisis"]]
        self.slugs = slugs(self.crises)
        self._scenes: dict[tuple[str, str], Scene] = {}
        self._pages: list[tuple[str, dt.date]] = []
        self._entries: dict[str, list[feeds.Entry]] = {"": [], "-contradictions": []}

    def steps(self) -> list[Step]:
        """Return the steps in the order in which they must be made."""
        found = []
        for code in self.options.languages:
            for crisis in self.crises:
                name = f"{code}: {crisis}"
                found.append(Step(name, partial(self._spoken, code, self._crisis, crisis)))
            found.append(Step(f"{code}: *", partial(self._spoken, code, self._common, "")))
        main = self.options.main
        for crisis in self.crises:
            found.append(Step(f"data: {crisis}", partial(self._spoken, main, self._data, crisis)))
        found.append(Step("feeds", partial(self._spoken, main, self._rest, "")))
        return found

    def _spoken(self, code: str, make: Callable[[str, str], Files], crisis: str) -> Files:
        with languages.speak(code), live.light():
            return make(code, crisis)

    def _site(self, code: str) -> Site:
        return Site(self.library, self.options, code, self.slugs)

    def _crisis(self, code: str, crisis: str) -> Files:
        site = self._site(code)
        bare = Scene(site, view_of(site, crisis), self.slugs[crisis])
        image = overview.card_of(bare)
        stands, figures = listing.figure_pages(bare, image)
        scene = replace(bare, pages=stands)
        self._scenes[code, crisis] = scene
        composed = _composed(scene)
        pages: list[Page] = [
            overview.overview(scene, composed),
            *trends.trends(scene, image),
            *reconciling.reconciling(scene, image),
            *figures,
            *listing.sources(scene, image),
            listing.files(scene, image),
        ]
        made = {image: card.card(scene)} | _brief(scene, composed, image)
        self._pages.append((f"{site.folder}{scene.slug}/brief.html", newest(self.library, crisis)))
        for one in pages:
            made |= self._page(site, scene, one)
        return made

    def _page(self, site: Site, scene: Scene | None, one: Page) -> Files:
        changed = [scene.view.crisis] if scene else self.crises
        days = [newest(self.library, crisis) for crisis in changed]
        self._pages.append((f"{site.folder}{one.name}", max(days, default=dt.date.min)))
        return page(site, scene, one)

    def _common(self, code: str, _: str) -> Files:
        site, image = self._site(code), f"{self._site(code).folder}card.png"
        scenes = [self._scenes[code, crisis] for crisis in self.crises]
        made = {image: card.plain(common.about())}
        for one in (common.index(site, scenes, image), common.method(site, image)):
            made |= self._page(site, None, one)
        if not site.folder:
            made |= page(site, None, common.missing(site), found=False)
        return made

    def _data(self, code: str, crisis: str) -> Files:
        scene = self._scenes[code, crisis]
        lots = {
            "": (say("New figures"), feeds.new_figures(scene)),
            "-contradictions": (say("New contradictions"), feeds.new_contradictions(scene)),
        }
        made = data.files(scene)
        for ending, (title, entries) in lots.items():
            self._entries[ending] += entries
            title = say("{title}: {crisis}", title=title, crisis=scene.view.name)
            made |= self._feed(f"{scene.slug}{ending}", title, entries, code)
        return made

    def _feed(self, name: str, title: str, entries: Iterable[feeds.Entry], code: str) -> Files:
        return feeds.feeds(self.options.address, name, title, entries, code)

    def _rest(self, code: str, _: str) -> Files:
        address = self.options.address
        made = self._feed(ALL, say("New figures"), self._entries[""], code)
        others = self._entries["-contradictions"]
        made |= self._feed(f"{ALL}-contradictions", say("New contradictions"), others, code)
        robots = "User-agent: *\nAllow: /\n"
        if address:
            made["sitemap.xml"] = feeds.sitemap(address, self._pages)
            robots += f"Sitemap: {address}sitemap.xml\n"
        # GitHub Pages would otherwise look for templates in the pages.
        return made | {"robots.txt": robots.encode(), ".nojekyll": b""}


def _composed(scene: Scene) -> Brief:
    view, site = scene.view, scene.site
    address = site.options.address
    return brief.compose(
        scene.library,
        crisis=view.crisis,
        day=view.day,
        known_on=scene.known,
        rule=view.rule,
        places=view.places,
        link=f"{address}{site.folder}{scene.slug}/brief.html" if address else "",
        made_on=scene.known,
    )


def _brief(scene: Scene, found: Brief, image: str) -> Files:
    """Return the brief as it is handed out, with the way to the other pages around it."""
    name, site = f"{scene.slug}/brief.html", scene.site
    one = Page(name, found.heading, found.lead, "", "brief.html", image)
    head = "".join(told(site, scene, one))
    around = f"<style>{_AROUND}</style>{head}</head><body>{bar(site, scene, one)}"
    text = brief.html(found).replace("</head><body>", around, 1)
    # An icon of no bytes, so that no browser asks for one, needs the word of the policy.
    text = text.replace("style-src 'unsafe-inline'", "style-src 'unsafe-inline'; img-src data:", 1)
    text = text.replace("<main>", '<main id="main">', 1)
    text = text.replace("</body></html>", f"{foot(site, scene)}</body></html>\n", 1)
    return {f"{site.folder}{name}": text.encode()}


# The few rules of the other pages that the way around and the foot need.
_AROUND = (
    ".skip{position:absolute;inset-inline-start:-999rem}.skip:focus{position:static}"
    "nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem .4rem;padding:0;margin:0 0 .4rem}"
    "nav a{display:inline-block;padding:.25rem .5rem}"
    "nav a[aria-current]{color:var(--text);font-weight:650;text-decoration:none}"
    "footer{border-top:1px solid var(--line);margin-top:2rem}"
    "@media print{nav,.skip{display:none}}"
)
