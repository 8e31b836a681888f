"""One chart alone, to be shown in somebody else's page."""

import ui

ui.one_chart(ui.library(alone=True))
