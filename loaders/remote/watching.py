"""The library of figures kept elsewhere: looked at by a thread of its own, never by a reader."""

import logging
import threading
from dataclasses import replace

import pandas as pd

from figures.findings import report
from loaders.frames import as_frame
from loaders.library import Library
from loaders.remote.address import Address
from loaders.remote.mirror import Limits, Mirror, Trouble
from loaders.remote.problems import REASONS
from loaders.watch import Watcher

log = logging.getLogger(__name__)


class RemoteWatcher(Watcher):
    """Keeps the library of one address up to date; safe between threads.

    ``current`` never waits for the network, but for the very first look of an address of which no
    copy is kept; that look takes as long as the time limits allow.
    """

    def __init__(self, address: str, limits: Limits) -> None:
        self._mirror = Mirror(Address.of(address), limits)
        super().__init__(self._mirror)
        self._end, self._first = threading.Event(), threading.Event()
        self._told: tuple[Library, Trouble, Library] | None = None
        if self._mirror.listing():
            self._first.set()
        self._thread = threading.Thread(target=self._work, name="remote", daemon=True)
        self._thread.start()

    @property
    def mirror(self) -> Mirror:
        """Return the copy that the library is read from."""
        return self._mirror

    @property
    def looked(self) -> float | None:
        """Return when the set was last found to be what is there, in seconds since 1970.

        The copy can be listed at any time, which says nothing of what it is a copy of.
        """
        checked = self._mirror.checked
        return checked.timestamp() if checked is not None else None

    def current(self) -> Library:
        """Return the library of the last good set, with a finding where it cannot be renewed."""
        self._first.wait()
        with self._mirror.still:
            library, trouble = super().current(), self._mirror.trouble
        if trouble is None:
            return library
        told = self._told
        # The same object while nothing changes: who shows it need not draw it again.
        if told is None or told[0] is not library or told[1] != trouble:
            told = library, trouble, _told(library, trouble, str(self._mirror.address))
            self._told = told
        return told[2]

    def changed(self) -> bool:
        """Return whether another set was taken since ``current`` looked."""
        with self._mirror.still:
            return super().changed()

    def close(self) -> None:
        """Stop looking."""
        self._end.set()
        self._first.set()

    def _work(self) -> None:
        while not self._end.is_set():
            wait = self._mirror.look()
            self._first.set()
            self._end.wait(wait)


def _told(library: Library, trouble: Trouble, address: str) -> Library:
    """Return the library with the finding that it is not renewed."""
    # Nothing can be said of files of which none is there.
    kept = library.findings if trouble.taken else library.findings.iloc[:0]
    code = "not-refreshed" if trouble.taken else "not-fetched"
    problem = REASONS[trouble.reason] + (f": {trouble.named}" if trouble.named else "")
    if trouble.since and trouble.taken:
        problem += (
            f"; last looked at successfully on {trouble.since:%Y-%m-%d at %H:%M} UTC, and what is "
            f"shown was fetched on {trouble.taken:%Y-%m-%d at %H:%M} UTC"
        )
    found = as_frame([report(code, address, problem=problem)])
    return replace(library, findings=pd.concat([found, kept], ignore_index=True))
