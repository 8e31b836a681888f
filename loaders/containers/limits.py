"""How large a file may be. ``docs/limits.md`` says the same in words."""

MEGABYTE = 1 << 20
FILE_BYTES = 200 * MEGABYTE
EXPANDED_BYTES = 500 * MEGABYTE
EXPANSION = 200  # times the packed size, for what unpacks to more than SMALL_BYTES
SMALL_BYTES = 20 * MEGABYTE
MEMBERS = 1_000
CELL_CHARACTERS = 10 * MEGABYTE
COLUMNS = 2_000
ROWS = 5_000_000
SHEET_CELLS = 25_000_000  # the rectangle around a sheet's cells, empty ones included
JSON_DEPTH = 100
