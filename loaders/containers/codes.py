"""What the reading of a file may report: each code declared once, with its words.

A finding is reported and the reading goes on; ``UnreadableTable`` is raised when nothing of the
file can be read, and carries the finding that says why.
"""

from figures import Finding

LONGEST_SHOWN = 200

# (code, severity, title, meaning, remedy)
CODES: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "missing-file",
        "error",
        "a file is missing",
        "No file, or no web address, answers to this name.",
        "Check the name and the folder.",
    ),
    (
        "empty-file",
        "error",
        "the file is empty",
        "The file, or the sheet, holds no cell.",
        "Save the file again; the program may have been writing it.",
    ),
    (
        "unreadable-file",
        "error",
        "the file cannot be read",
        "The file is damaged, cut off, or of a kind that holds no table.",
        "Open it in the program it comes from and save it as CSV (UTF-8) or xlsx.",
    ),
    (
        "too-large",
        "error",
        "the file is larger than the limits",
        "The file, or what it unpacks to, exceeds a limit of docs/limits.md.",
        "Split the file, or leave out sheets and columns that hold no figures.",
    ),
    (
        "locked-file",
        "error",
        "the file is locked with a password",
        "A locked workbook cannot be read without its password.",
        "Save a copy without a password.",
    ),
    (
        "unknown-sheet",
        "error",
        "the workbook has no such sheet",
        "The sheet that was asked for is not in the file.",
        "Name one of the sheets that the finding lists.",
    ),
    (
        "other-tables",
        "info",
        "the file holds further tables",
        "One table was read; the file holds others, which are named.",
        "Name the sheet in the mapping to read another one.",
    ),
    (
        "unreadable-part",
        "warning",
        "a part of the file cannot be read",
        "One sheet or one file of an archive cannot be read; the others were.",
        "Open it in the program it comes from, or leave it out.",
    ),
    (
        "guessed-encoding",
        "info",
        "the encoding was guessed",
        "The file is not UTF-8 and does not say which code page it is in.",
        "Look at names with accents; if they are wrong, name the encoding in the mapping.",
    ),
    (
        "bad-characters",
        "warning",
        "some characters cannot be read",
        "Some bytes mean nothing in the encoding; they stand as �.",
        "Save the file as UTF-8, or name its encoding in the mapping.",
    ),
    (
        "mojibake",
        "warning",
        "text was garbled before it came here",
        "A column holds text that was once read in the wrong encoding (Ã¡ for á); it is kept.",
        "Ask the publisher for a clean file, or correct the names in your copy.",
    ),
    (
        "preamble-skipped",
        "info",
        "a line above the table was skipped",
        "The line stands above the header and is not part of the table; its text is kept here.",
        "If it is the header, name its line in the mapping.",
    ),
    (
        "footnote",
        "info",
        "a note below the table",
        "The line stands below the table and is no row of it; its text is kept here.",
        "Read it: it may say what the numbers leave out.",
    ),
    (
        "no-header",
        "warning",
        "the table has no header",
        "The first line holds numbers or dates, so the columns are named column 1, column 2 …",
        "Add a line with the names of the columns.",
    ),
    (
        "duplicate-column",
        "warning",
        "two columns have the same name",
        "The later one is called by its name and a number: 'Target (2)'.",
        "Give each column a name of its own.",
    ),
    (
        "ragged-row",
        "warning",
        "the row has more cells than the header",
        "Further cells were kept in columns without a name; a mark may be unquoted.",
        "Put quotes around cells that hold the separator.",
    ),
    (
        "unclosed-quote",
        "error",
        "a quotation mark is never closed",
        "From this line on, quotation marks were taken as plain text.",
        "Close the quote, or double it where it is meant as a character.",
    ),
    (
        "large-cell",
        "error",
        "a cell is too large",
        "The cell exceeds the limit; only its beginning was kept.",
        "Shorten the cell.",
    ),
    (
        "totals-row",
        "info",
        "a row looks like a total",
        "Its label says that it is a total of other rows. It is not lost: it stays in the table.",
        "Set `totals` to keep or drop in the mapping.",
    ),
    (
        "merged-filled",
        "info",
        "merged cells were filled down",
        "The workbook merges cells over several rows; their text counts for each of them.",
        "Nothing, if the text is meant for all rows.",
    ),
    (
        "cell-error",
        "warning",
        "a cell holds an error of the spreadsheet",
        "The formula in the cell failed (#REF!, #DIV/0! …); the error is kept as text.",
        "Repair the formula, or type the number.",
    ),
    (
        "formula-not-computed",
        "warning",
        "a formula was never computed",
        "The workbook holds a formula without its result, so the cell is empty.",
        "Open the file in a spreadsheet program and save it.",
    ),
    (
        "hidden-sheet",
        "info",
        "the sheet is hidden",
        "The workbook hides this sheet from its readers.",
        "Check whether the publisher stands by it.",
    ),
    (
        "not-a-record",
        "warning",
        "an entry of the list is no record",
        "A JSON list of records holds something else at this place.",
        "Remove the entry, or write it as a record with named values.",
    ),
    (
        "hxl-bad-tag",
        "warning",
        "a cell of the HXL row is no tag",
        "The cell is not a # and a word, so its column has no tag.",
        "Write it like #affected+killed, or leave it empty.",
    ),
    (
        "hxl-unknown-tag",
        "warning",
        "the HXL tag is not in the standard",
        "The word after # is not one of the core standard; it may be misspelt.",
        "See hxlstandard.org; the finding names the nearest tag.",
    ),
)

_BY_CODE = {entry[0]: entry for entry in CODES}


class UnreadableTable(ValueError):  # noqa: N818 - the public name says what it is
    """Nothing can be read; ``finding`` says why, and what to do about it."""

    def __init__(self, finding: Finding):
        """Make the error; its text is the finding in one sentence."""
        name = f"{finding.file}: " if finding.file else ""
        super().__init__(f"{name}{finding.problem}. {finding.remedy}")
        self.finding = finding


def note(
    code: str,
    file: str,
    problem: str = "",
    *,
    line: int = 0,
    column: str = "",
    value: object = "",
    remedy: str = "",
    sheet: str = "",
) -> Finding:
    """Return the finding of this code, with the words of ``CODES`` unless others are given."""
    _, severity, title, _, usual = _BY_CODE[code]
    text = str(value)
    shown = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return Finding(
        file, line, column, shown, code, problem or title, remedy or usual, severity, sheet
    )


def unreadable(code: str, file: str, problem: str = "", remedy: str = "") -> UnreadableTable:
    """Return the error to raise when nothing of ``file`` can be read."""
    return UnreadableTable(note(code, file, problem, remedy=remedy))
