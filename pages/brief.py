"""One crisis and day on one page, to read, to cite and to pass on: on screen, PDF, Word, HTML."""

import ui

library = ui.library()
view = ui.choose(library, "crisis", "country", "day", "known", "rule")

ui.situation(library, view)
