"""What a mapping can say of a figure, part by part, and the words for it."""

from figures import Cause, Measure, Population
from reconciliation import wording
from reconciliation.naming import group_name
from reconciliation.wording import say
from ui.editing import fields

# The columns of a figure that a column of the table can give (translatable).
COLUMNS = {
    "country": "Country",
    "admin1": "Province",
    "as_of": "As-of day",
    "source": "Who counted",
    "publisher": "Who carried it",
    "published": "Day it was put out",
    "url": "Link",
    "measure": "What is counted",
    "population": "Who is counted",
    "value": "Number",
    "expression": "Phrase as printed",
    "note": "Note",
    "figure_id": "Id of the figure",
}
# What can be said once for the whole table (translatable).
CONSTANTS = {
    "country": "Country",
    "measure": "What is counted",
    "population": "Who is counted",
    "cause": "Cause",
    "counting": "How the numbers count",
    "source": "Who counted",
    "as_of": "As-of day",
    "url": "Link",
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
