"""From a table that was checked to one that is brought in, without handing it in again."""

import streamlit as st

from reconciliation.wording import say
from ui import rights
from ui.choosing import go_to
from ui.editing.drafts import Draft
from ui.selection import Selection


def offer(view: Selection, name: str, data: bytes, mapping: str) -> None:
    """Let an editor go on with a checked table on the Update page; others see nothing.

    The table stays in this reader's session and takes the place of one begun there before.
    """
    try:
        rights.require()
    except rights.NotAllowedError:
        return
    label = say("Bring this table in on the Update page")
    if st.button(label, key="tried_take", icon=":material/arrow_forward:"):
        draft = Draft(view.crisis, "import")
        draft.clear()
        draft.put("file", (name, data))
        draft.put("toml", mapping)
        go_to("update", view.of(tab="import"))
