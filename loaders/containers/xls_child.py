"""Run as a program of its own: a workbook on standard input becomes JSON on standard output.

In an xls file one wrong byte can make the reader reserve hundreds of gigabytes, which ends the
whole process. So the reading happens in this one, whose memory is limited.
"""

import datetime as dt
import io
import json
import sys
from typing import Any

import python_calamine as calamine

MEMORY = 3 << 30
SECONDS = 60


def limit() -> None:
    """Limit the memory and the time of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def plain(cell: Any) -> Any:
    """Return a cell as JSON has it; days and times in ISO form."""
    if isinstance(cell, str | float | bool | int):
        return cell
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def sheets(data: bytes) -> list[list[Any]]:
    """Return name, visibility, merged cells and rows of each sheet."""
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        found: list[list[Any]] = []
        for info in book.sheets_metadata:
            if "WorkSheet" in str(info.typ):
                sheet = book.get_sheet_by_name(info.name)
                rows = sheet.to_python(skip_empty_area=False)
                cells = [[plain(cell) for cell in row] for row in rows]
                visible = "Visible" in str(info.visible)
                merges = sheet.merged_cell_ranges or []
                found.append([info.name, visible, merges, cells])
        return found


def main() -> None:
    """Read, and write the sheets or the reason why there are none."""
    limit()
    answer: dict[str, Any]
    try:
        answer = {"sheets": sheets(sys.stdin.buffer.read())}
    except calamine.PasswordError:
        answer = {"locked": True}
    except BaseException as error:
        # Calamine may panic on damaged files, which is no ordinary Exception.
        answer = {"damaged": f"{type(error).__name__}: {error}"[:150]}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
