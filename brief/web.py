"""A brief as one HTML file: no script, nothing from elsewhere, fit for screen, phone and paper."""

import html as markup
from collections.abc import Iterable

from brief.model import Brief, Chart, Difference, Entry, Headline, Line, Reference, Sentence, tone

CSS = """
:root{color-scheme:light dark;--ground:#fff;--text:#111417;--quiet:#4d5760;--line:#d5dce2;
--mark:#0b5c8f;--soft:#f3f6f8;--good:#1b6a36;--odd:#964300}
@media (prefers-color-scheme:dark){:root{--ground:#11161d;--text:#edf1f4;--quiet:#a9b4be;
--line:#2c3742;--mark:#7cc3ee;--soft:#18202a;--good:#84d69c;--odd:#f3b47a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:58rem;padding:1.5rem 1.25rem 3rem;background:var(--ground);
color:var(--text);font:16px/1.5 "Source Sans 3","Noto Sans",system-ui,-apple-system,"Segoe UI",
Roboto,"Noto Sans Arabic","Noto Sans Thai","Noto Sans Khmer",sans-serif;overflow-wrap:break-word}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.15rem;line-height:1.3;margin:1.8rem 0 .4rem;border-bottom:2px solid var(--mark);
padding-bottom:.15rem}
h3{font-size:1rem;margin:.8rem 0 .1rem}
p{margin:.3rem 0}
a{color:var(--mark)}
.quiet{color:var(--quiet);font-size:.9rem}
.lead{font-size:1.15rem;border-inline-start:4px solid var(--mark);padding-inline-start:.8rem;
margin:1rem 0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:start;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--line)}
thead th{font-size:.85rem;color:var(--quiet);border-bottom:2px solid var(--line)}
.number{font-size:1.15rem;font-weight:650;line-height:1.25}
.entry+.entry{margin-block-start:.4rem}
tbody th{width:17%}td{width:25%}td:nth-of-type(1){width:33%}
td div.quiet,th .quiet{display:block;font-weight:400;font-size:.82rem;line-height:1.35}
td .good{color:var(--good)}td .odd{color:var(--odd);font-weight:600}
td span.quiet{font-size:.82rem}
ol,ul{margin:.3rem 0;padding-inline-start:1.4rem}
li{margin:.25rem 0}
figure{margin:.5rem 0}
figure svg{display:block;width:100%;max-width:27rem;height:auto;direction:ltr}
.dark{display:none}
@media (prefers-color-scheme:dark){.light{display:none}.dark{display:block}}
sup{line-height:0;font-size:.75em}
sup a{text-decoration:none}
@media (max-width:40rem){body{padding:1rem .9rem 2rem}
table.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.stack tr{display:block;border-bottom:2px solid var(--line);padding:.5rem 0}
table.stack th,table.stack td{display:block;width:auto;border:0;padding:.2rem 0}
table.stack td[data-label]::before{content:attr(data-label);display:block;font-size:.85rem;
color:var(--quiet)}}
@page{margin:14mm 14mm 16mm}
@media print{:root{color-scheme:light;--ground:#fff;--text:#000;--quiet:#444;--line:#bbb;
--mark:#0b4a73;--good:#1b6a36;--odd:#964300}
body{max-width:none;padding:0;font-size:9.5pt;line-height:1.35}
.light{display:block}.dark,details{display:none}
h1{font-size:15pt}h2{font-size:11pt;margin:.8rem 0 .3rem;break-after:avoid}
h3{break-after:avoid}.annex{break-before:page}
.lead{font-size:11pt;margin:.5rem 0}.number{font-size:11pt}
th,td{padding:.2rem .4rem}
figure svg{max-width:9.5cm}tr,li,figure{break-inside:avoid}
a{color:inherit;text-decoration:none}
.address{overflow-wrap:anywhere}}
"""


def html(brief: Brief) -> str:
    """Return the brief as a self-contained HTML page, in UTF-8, well under 150 kB."""
    words = brief.words
    body = [
        "<header>",
        f"<h1>{_t(brief.title)}</h1>",
        f'<p class="quiet">{_t(brief.day)} · {_t(brief.circumstances)} {_t(brief.made)}</p>',
        "</header><main>",
        f'<p class="lead">{_t(brief.lead)}</p>',
        *_figures(brief),
        *(_chart(brief, brief.chart) if brief.chart else ()),
    ]
    if brief.headlines:
        body += [_head(words["differences"]), *_differences(brief)]
        body += [f'<div class="annex">{_head(words["news"])}</div>']
        body += _list(brief.news, brief.no_news)
        body += [_head(words["sentences"]), *_list(brief.sentences, "")]
        body += [_head(words["sources"]), *_references(brief)]
    body += [_head(words["method"]), *(f"<p>{_t(text)}</p>" for text in brief.method)]
    body += [_head(words["cite"]), f"<p>{_t(brief.cite)}</p>", *_link(brief), "</main>"]
    return "".join(
        [
            f'<!DOCTYPE html><html lang="{_t(brief.language)}" dir="{_t(brief.direction)}"><head>',
            '<meta charset="utf-8"><meta name="viewport" content="width=device-width">',
            '<meta name="referrer" content="no-referrer">',
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">",
            f"<title>{_t(brief.heading)}</title><style>{CSS}</style></head><body>",
            *body,
            "</body></html>",
        ]
    )


def _t(text: object) -> str:
    """Return text that a browser shows letter for letter."""
    return markup.escape(str(text), quote=True)


def _head(words: str) -> str:
    return f"<h2>{_t(words)}</h2>"


def _refs(numbers: Iterable[int]) -> str:
    links = [f'<a href="#r{number}">[{number}]</a>' for number in numbers]
    return f" <sup>{' '.join(links)}</sup>" if links else ""


def _figures(brief: Brief) -> list[str]:
    """Return the table of measures by places, or what there is to say without any figure."""
    absent = f'<p class="quiet">{_t(brief.absent)}</p>' if brief.absent else ""
    if not brief.headlines:
        return [absent]
    words = brief.words
    heads = [words["measure"], *([brief.together] if brief.together else []), *brief.places]
    cells = "".join(f'<th scope="col">{_t(head)}</th>' for head in heads)
    rows = "".join(_row(brief, headline) for headline in brief.headlines)
    table = f'<table class="stack"><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>'
    opened = [one for headline in brief.headlines for one in headline.made_of]
    return [_head(words["figures"]), table, absent, *(_list(opened, "") if opened else ())]


def _row(brief: Brief, headline: Headline) -> str:
    label = f'{_t(headline.label)}<span class="quiet">{_t(headline.meaning)}</span>'
    cells = [f'<th scope="row">{label}</th>']
    if brief.together:
        cells.append(_cell(brief.together, headline.together))
    for place, entry in zip(brief.places, headline.each, strict=True):
        cells.append(_cell(place, [entry]))
    return f"<tr>{''.join(cells)}</tr>"


def _cell(label: str, entries: Iterable[Entry]) -> str:
    return f'<td data-label="{_t(label)}">{"".join(map(_entry, entries))}</td>'


def _entry(one: Entry) -> str:
    number = f'<span class="number">{_t(one.number)}</span> ' if one.number else ""
    basis = f'<span class="quiet">{_t(one.basis)}</span>' if one.basis else ""
    return f'<div class="entry">{number}{basis}{"".join(map(_line, one.lines))}</div>'


def _line(one: Line) -> str:
    """Return a line; a judgement is in the colour of what it says."""
    if not one.text:
        return ""
    kind = " ".join(filter(None, ["quiet", tone(one.sign)]))
    return f'<div class="{kind}">{_t(one.text)}{_refs(one.refs)}</div>'


def _chart(brief: Brief, chart: Chart) -> list[str]:
    pictures = "".join(
        f'<div class="{theme}">{svg}</div>'
        for theme, svg in (("light", chart.light), ("dark", chart.dark))
    )
    head, *rows = chart.table
    heads = "".join(f'<th scope="col">{_t(cell)}</th>' for cell in head)
    lines = "".join(f"<tr>{''.join(f'<td>{_t(cell)}</td>' for cell in row)}</tr>" for row in rows)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    name = _t(brief.words["chart_data"])
    return [
        _head(chart.title),
        f'<figure>{pictures}<figcaption class="quiet">{_t(chart.subtitle)}</figcaption></figure>',
        f'<details><summary>{name}</summary><div class="scroll" tabindex="0" role="region" '
        f'aria-label="{name}">{table}</div></details>',
    ]


def _differences(brief: Brief) -> list[str]:
    if not brief.differences:
        return [f'<p class="quiet">{_t(brief.words["no_differences"])}</p>']
    return [line for found in brief.differences for line in _difference(found)]


def _difference(found: Difference) -> list[str]:
    ends = f'<p class="quiet">{_t(found.ends.text)}{_refs(found.ends.refs)}</p>'
    return [f"<h3>{_t(found.title)}</h3>", ends, *_list(found.reasons, "")]


def _list(sentences: Iterable[Sentence], nothing: str) -> list[str]:
    items = [f"<li>{_t(one.text)}{_refs(one.refs)}</li>" for one in sentences]
    if not items:
        return [f'<p class="quiet">{_t(nothing)}</p>'] if nothing else []
    return ["<ul>", *items, "</ul>"]


def _references(brief: Brief) -> list[str]:
    """Return every source once, with its reports below it."""
    found = []
    for source, reports in brief.bodies:
        lines = "".join(map(_report, reports))
        found.append(f'<h3>{_t(source)}</h3><ol start="{reports[0].number}">{lines}</ol>')
    return found


def _report(one: Reference) -> str:
    text = _t(one.text)
    if one.url:
        text = f'<a href="{_t(one.url)}" rel="noopener noreferrer">{text}</a>'
    return f'<li id="r{one.number}">{text} <span class="quiet">{_t(one.figures)}</span></li>'


def _link(brief: Brief) -> list[str]:
    if not brief.link:
        return []
    address = f'<a class="address" href="{_t(brief.link)}">{_t(brief.link)}</a>'
    return [f'<p class="quiet">{_t(brief.words["link"])}: {address}</p>']
