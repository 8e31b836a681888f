"""The pages that belong to no crisis: all crises, the method, the page for what is not there."""

from collections.abc import Iterator

import figures
from edition.markup import Html, a, details, h2, items, p, quiet, t, table
from edition.scene import Scene, Site
from edition.shell import Page
from figures import Rule, Verdict
from reconciliation import wording
from reconciliation.wording import say
from ui import methods, titles, words
from ui.choosing import TITLE


def about() -> str:
    """Return what the edition is, in a sentence."""
    return say("How many people were killed, injured or displaced, according to whom, and why "
               "reports differ.")  # fmt: skip


def index(site: Site, scenes: list[Scene], image: str) -> Page:
    """Return the first page: every crisis with its answer."""
    body = p(about(), "lead")
    for scene in scenes:
        link = a(scene.view.name, f"{scene.slug}/index.html")
        body += f'<section class="card"><h2>{link.text}</h2>'
        body += p(titles.answer(scene.library, scene.view))
        body += quiet(words.circumstances(scene.view)) + "</section>"
    return Page("index.html", TITLE, about(), body, "index.html", image)


def method(site: Site, image: str) -> Page:
    """Return the method in plain words, as the live page has it."""
    parts = [f"<ol>{''.join(f'<li>{_bold(say(step))}</li>' for step in methods.STEPS)}</ol>"]
    parts.append(h2(say("Rules for choosing")))
    rules = [(say(words.RULES[rule]), say(rule.meaning)) for rule in Rule]
    rules.append((say("Decision"), say("An analyst's choice for one series; its reason is shown.")))
    parts.append(table([say("Rule"), say("What is shown")], rules, say("Rules for choosing")))
    parts.append(h2(say("Differences, contradictions, implied ranges")))
    for title, text in methods.REASONS:
        parts.append(p(Html(f"<strong>{t(say(title))}.</strong> {t(say(text))}")))
    parts += _judged(site)
    parts += [h2(say("Words")), *_words()]
    parts += [h2(say("Limits")), items(say(text) for text in methods.LIMITS)]
    title = say("How a number gets on screen")
    return Page("methods.html", title, about(), "".join(parts), "methods.html", image)


def _bold(text: str) -> str:
    """Return a sentence of ours with its ``**bold**`` start."""
    pieces = t(text).split("**")
    return "".join(f"<strong>{one}</strong>" if n % 2 else one for n, one in enumerate(pieces))


def _judged(site: Site) -> Iterator[str]:
    yield h2(say("What sources say together"))
    rows = [(say(word.value), say(word.meaning)) for word in Verdict]
    yield table([say("Verdict"), say("Meaning")], rows, say("What sources say together"))
    rules = site.library.identities
    if len(rules):
        yield h2(say("What must add up"))
        told = [
            (str(row["label"]), f"{row['reason']} ({say(figures.Severity(row['severity']).value)})")
            for row in rules.to_dict("records")
        ]
        yield table([say("Rule"), say("Why")], told, say("What must add up"))
    yield h2(say("How old is too old"))
    days = [
        (str(row["name"]), _days(row["stock_days"]), _days(row["cumulative_days"]))
        for row in site.library.crises.to_dict("records")
    ]
    heads = [say("Crisis"), say("A number of a day")]
    heads.append(say("A running total, once others are newer"))
    yield table(heads, days, say("Limits of age"))


def _days(number: object) -> str:
    return wording.say_many("{n} day", "{n} days", int(str(number)))


def _words() -> Iterator[str]:
    heads = [say("Word"), say("Meaning")]
    told = [(say(word), say(meaning)) for word, meaning in methods.WORDS]
    yield table(heads, told, say("Words"))
    for title, vocabulary in methods.LISTS:
        rows = [(say(w.value.replace("_", " ")), say(w.meaning)) for w in vocabulary]
        yield details(say(title), table(heads, rows, say(title)))


def missing(site: Site) -> Page:
    """Return the page that a host shows where there is none."""
    text = say("This page is not there. It may have been renamed, or the link is not whole.")
    where = f"{site.options.address}index.html"
    body = p(text) + p(a(say("All crises"), where))
    return Page("404.html", say("Page not found"), text, body)
