"""Which way the page runs: from right to left in Arabic, as Streamlit lays it out otherwise."""

import unicodedata

import streamlit as st

from reconciliation import wording

LTR_MARK, RTL_MARK = "\u200e", "\u200f"
# Streamlit has no layout from right to left (github.com/streamlit/streamlit/issues/552). This says
# nothing but which way things run, and turns round what Streamlit itself pins to the left or right.
# Values of ours that begin with a mark of direction (U+2067, U+2068) bring their own; any other
# value runs as its first letter does, so that a long Latin name is cut off at its end.
RIGHT_TO_LEFT = r"""<style>
body {direction: rtl}
[data-testid="stElementContainer"], [data-testid="stMarkdownContainer"] :is(ul, ol) {
  text-align: start}
[data-testid="stTable"] :is(th, td) {text-align: start !important}

/* A closed side bar leaves the page by having no width; its handle would pull the wrong way. */
[data-testid="stSidebar"][data-collapsed="true"] {transform: none; overflow: hidden}
[data-testid="stSidebar"] div:has(> [data-testid="stSidebarResizeHandle"]) {display: none}

/* Drawn, or written by rule, from left to right; plotly measures its words in a part of its own. */
[data-testid="stDataFrame"], [data-testid="stPlotlyChart"], #js-plotly-tester, pre, code,
:is([type="email"], [type="url"]), [data-testid="stDateInputFieldsScroller"] {direction: ltr}
[data-testid="stDateInputFieldsScroller"] [role="group"] {justify-content: flex-end}
:is(pre:has(.language-text), .language-text) {direction: rtl}

[role="listbox"] {direction: rtl}
[role="combobox"]:not([value^="\2067"], [value^="\2068"]), [role="option"] > * {
  unicode-bidi: plaintext; text-align: right}
[role="option"] > [data-item-hl] {display: block; overflow: hidden}
[data-testid="stFileUploader"] span {unicode-bidi: plaintext}
:is(textarea, [data-testid="stTextInputField"]):not(:placeholder-shown) {unicode-bidi: plaintext}

/* They look to the right for more, where there never is any; a finger or a key moves the tabs. */
[data-testid="stTabs"] > button {display: none}

/* A switch slides to the left when it is turned on; arrows lead to the left. */
label:has([role="switch"]) > span + div {direction: ltr; transform: scaleX(-1)}
:is([data-testid="stPageLink"], [data-testid="stExpander"] summary, .st-key-tried_take,
  [data-testid="stExpandSidebarButton"], [data-testid="stSidebarCollapseButton"],
  [class*="st-key-turn_"], .st-key-editing_do_undo) [data-testid="stIconMaterial"] {
  transform: scaleX(-1)}
.said .arrow_forward::before {transform: scaleX(-1)}
[data-testid="stDateInputCalendar"] [slot] > svg {transform: scaleX(-1)}

/* Space and round corners on the other side. */
[data-testid="stCheckbox"] span:has(> [data-testid="stTooltipIcon"]) {margin: 0 .375rem 0 0}
[data-testid="stTextInputRootElement"]:has([data-testid="stTextInputIcon"]) {
  padding: 0 .5rem 0 0}
[data-testid="stMarkdownContainer"] li {margin-inline: 1.15em 0; padding-inline: .3em 0}
body .rows :is(dl, ul, details details) {margin-inline: 1rem 0}
body .rows ul {padding-inline: 1rem 0}
[data-variant="segmented_control"] {margin: 0 0 0 -1px}
[data-variant="segmented_control"]:first-of-type {border-radius: 0 .4rem .4rem 0}
[data-variant="segmented_control"]:last-child {border-radius: .4rem 0 0 .4rem; margin: 0}
</style>"""


def option(label: str, name: str = "") -> str:
    """Return a label for a list to choose from, with a mark of the way it runs.

    A box cuts a line off where the line ends, and takes it to run from left to right unless its
    first sign says otherwise: signs within isolates do not count. A label that holds a ``name``
    runs as the name does, which would else lose its beginning.
    """
    if wording.direction() == "ltr" or label.startswith((LTR_MARK, RTL_MARK)):
        return label
    if name and unicodedata.bidirectional(name[0]) == "L":
        return f"{LTR_MARK}{wording.bare(label)}"
    return f"{RTL_MARK}{label}" if label.startswith(wording.RTL_ISOLATE) else label


def follow() -> None:
    """Lay the page out from right to left where the reader's language runs so.

    Drawn with each run, so a change of language turns the page at once, either way. Streamlit puts
    an element that is only style beside the page, where it takes no room.
    """
    if wording.direction() == "rtl":
        st.html(RIGHT_TO_LEFT)
