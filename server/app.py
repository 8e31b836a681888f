"""The dashboard as an ASGI application: Streamlit behind the server's own answers."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.protocols.websockets.auto import AutoWebSocketsProtocol

from server import measuring, waking
from server.answering import Answers, Telling, headline_of, prepare
from server.bundles import Shelf
from server.documents import Documents
from server.front import Front, paths
from server.guard import Guard, limit_uploads, narrow_hosts
from server.machine import Machine
from server.measuring import Measured
from server.slowness import LIMITS, Limits, Uploads, close_idle
from server.starting import finish_publish
from ui import endings, warming

SCRIPT = Path(__file__).parents[1] / "dashboard.py"


def build(script: Path = SCRIPT, telling: Telling = headline_of, limits: Limits = LIMITS) -> st.App:
    """Return the application that serves a Streamlit script our way."""
    # Else Streamlit runs a file of pages/ without dashboard.py until somebody has been at `/`.
    PagesManager.uses_pages_directory = False
    shelf = Shelf()
    pages = Documents(shelf)

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any] | None]:
        measuring.begin()
        narrow_hosts()
        limit_uploads()
        finish_publish()
        close_idle(AutoHTTPProtocol, limits.head)
        waking.gather(asyncio.get_running_loop())
        waking.gather_messages(AutoWebSocketsProtocol)
        endings.wait_for_endings()
        threading.Thread(target=prepare, args=(shelf,), name="prepare", daemon=True).start()
        warming.begin()
        try:
            yield None
        finally:
            warming.end()

    middleware = [
        Middleware(Measured, pages=frozenset(paths())),
        Middleware(Guard, hashes=pages.hashes),
        Middleware(Uploads, limits=limits),
        Middleware(Machine),
        Middleware(Front, answers=Answers(shelf, pages, telling)),
    ]
    return st.App(script, middleware=middleware, lifespan=lifespan)


app = build()
