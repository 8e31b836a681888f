"""Text becomes figures and findings."""

from loaders.containers import read_table
from loaders.dates import parse_date
from loaders.library import Library, load_library
from loaders.mapping import Mapping
from loaders.numbers import Amount, parse_number
from loaders.places import parse_place
from loaders.reading import Loaded, read_figures
from loaders.watch import Watcher

__all__ = [
    "Amount",
    "Library",
    "Loaded",
    "Mapping",
    "Watcher",
    "load_library",
    "parse_date",
    "parse_number",
    "parse_place",
    "read_figures",
    "read_table",
]
