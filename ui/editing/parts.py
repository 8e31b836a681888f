"""What a mapping can say of a figure, part by part, and the words for it."""

from figures import Cause, Measure, Population
from reconciliation import wording
from reconciliation.naming import group_name
from reconciliation.wording import say
from ui.editing import fields
from ui.editing.worded import NAMES

# The columns of a figure that a column of the table can give, by the names of its rows.
COLUMNS = {
    name: NAMES[name]
    for name in (
        *("country", "admin1", "as_of", "source", "publisher", "published", "url", "measure"),
        *("population", "value", "expression", "note", "figure_id"),
    )
}
# What can be said once for the whole table.
CONSTANTS = {
    name: NAMES[name]
    for name in (
        *("country", "measure", "population", "cause", "counting", "source", "as_of", "url"),
    )
}


def words_of(part: str) -> dict[str, str]:
    """Return the words that a part may be said with; nothing where it may be any text."""
    if part == "measure":
        return {word.value: say(word.value.capitalize()) for word in Measure}
    if part == "population":
        return {word.value: wording.sentence_case(group_name(word.value)) for word in Population}
    if part == "cause":
        return {word.value: say(word.meaning) for word in Cause}
    if part == "counting":
        return {word.value: say(name) for word, name in fields.COUNTINGS.items()}
    if part == "country":
        return fields.all_countries()
    return {}
