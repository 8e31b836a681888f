"""Files made when they are asked for, which are still there when the browser comes for them."""

import contextvars
import threading
from collections.abc import Callable

from streamlit import runtime
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx


def deferred(make: Callable[[], bytes], name: str, mime: str) -> Callable[[], bytes]:
    """Return what makes a file once it is asked for, in the language that this reader has now.

    ``name`` and ``mime`` are those that the button is given.
    """
    language, reader = contextvars.copy_context(), get_script_run_ctx(suppress_warning=True)

    def made() -> bytes:
        # A context runs in one thread at a time; a reader may click twice.
        data = language.copy().run(make)
        if reader is not None and runtime.exists():
            thread = threading.Thread(target=_hold, args=(data, name, mime))
            add_script_run_ctx(thread, reader)
            thread.start()
            thread.join()
        return data

    return made


def _hold(data: bytes, name: str, mime: str) -> None:
    """Keep a file for the reader whose thread this is, until their page is drawn anew.

    Streamlit itself notes of a file made on demand that nobody uses it, and takes it away when two
    pages of anybody have been drawn: where many read, before the browser has come for it.
    """
    runtime.get_instance().media_file_mgr.add(
        data, mime, f"made/{name}", file_name=name, is_for_static_download=True
    )
