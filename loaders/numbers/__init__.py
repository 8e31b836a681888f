"""Number phrases of six languages → amounts."""

from loaders.numbers.amount import Amount, NumberError, Reading, UnknownNumber
from loaders.numbers.columns import ColumnReading, NumberProblem, parse_column
from loaders.numbers.parse import parse_number, read_expression

__all__ = [
    "Amount",
    "ColumnReading",
    "NumberError",
    "NumberProblem",
    "Reading",
    "UnknownNumber",
    "parse_column",
    "parse_number",
    "read_expression",
]
