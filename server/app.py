"""The dashboard as an ASGI application: Streamlit behind the server's own answers."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from uvicorn.protocols.websockets.auto import AutoWebSocketsProtocol

from server import waking
from server.answering import Answers, Telling, headline_of, prepare
from server.bundles import Shelf
from server.documents import Documents
from server.front import Front
from server.guard import Guard, narrow_hosts
from ui import warming

SCRIPT = Path(__file__).parents[1] / "dashboard.py"


def build(script: Path = SCRIPT, telling: Telling = headline_of) -> st.App:
    """Return the application that serves a Streamlit script our way."""
    shelf = Shelf()
    pages = Documents(shelf)

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any] | None]:
        narrow_hosts()
        waking.gather(asyncio.get_running_loop())
        waking.gather_messages(AutoWebSocketsProtocol)
        threading.Thread(target=prepare, args=(shelf,), name="prepare", daemon=True).start()
        warming.begin()
        try:
            yield None
        finally:
            warming.end()

    middleware = [
        Middleware(Guard, hashes=pages.hashes),
        Middleware(Front, answers=Answers(shelf, pages, telling)),
    ]
    return st.App(script, middleware=middleware, lifespan=lifespan)


app = build()
