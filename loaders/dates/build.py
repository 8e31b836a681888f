"""Write words.csv, the month and weekday names that dates are read with.

    python -m loaders.dates.build

Names come from the CLDR through Babel; own.csv, beside this file, adds what people also write.
A word that stands for two months in two languages is left out.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from loaders.dates.words import fold

FOLDER = Path(__file__).parent
LANGUAGES = "en fr es ar ru pt de id vi th km it nl tr ko uk pl hi ms lo my fil sw ro sv bn el"


def cldr_words() -> Iterator[tuple[str, str, str]]:
    """Yield (word, kind, value) for the months (value 1 to 12) and weekdays of each language."""
    for language in LANGUAGES.split():
        locale = Locale.parse(language)
        for width in ("wide", "abbreviated"):
            for form in ("format", "stand-alone"):
                for month, name in locale.months[form][width].items():
                    yield name, "month", str(month)
                for name in locale.days[form][width].values():
                    yield name, "weekday", ""


def own_words() -> Iterator[tuple[str, str, str]]:
    """Yield (word, kind, value) of own.csv."""
    with (FOLDER / "own.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split("|"):
                yield word, row["kind"], row["value"]


def word_rows() -> list[tuple[str, str, str]]:
    """Return sorted (word, kind, value), folded; kind "either" is a month or a weekday."""
    meanings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for word, kind, value in [*cldr_words(), *own_words()]:
        key = fold(word).strip(". ")
        if key and not any(char.isdigit() for char in key):
            meanings[key].add((kind, value))
    rows = [(word, *_one(of)) for word, of in meanings.items()]
    return sorted(row for row in rows if row[1])


def _one(meanings: set[tuple[str, str]]) -> tuple[str, str]:
    """Return the one (kind, value) of a word; ("", "") when it means two months."""
    months = {value for kind, value in meanings if kind == "month"}
    if not months:
        return min(meanings)
    if len(months) > 1:
        return "", ""
    return ("month" if len(meanings) == 1 else "either"), months.pop()


def write(folder: Path = FOLDER) -> None:
    """Write words.csv into a folder, as UTF-8 with LF line ends."""
    with (folder / "words.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "kind", "value"))
        writer.writerows(word_rows())


if __name__ == "__main__":
    write()
