"""What is put in order before the server answers."""

import logging

import publishing
from publishing import PublishError
from ui.loading import local_folder

log = logging.getLogger(__name__)
# In seconds: another process may be publishing, and then it does this itself.
WAIT = 2.0


def finish_publish() -> None:
    """Put in place what a publish that was stopped half-way has promised.

    To figures kept elsewhere nobody publishes here; a server starts also while their store is away.
    """
    folder = local_folder()
    if folder is None:
        return
    try:
        publishing.recover(folder, wait=WAIT)
    except PublishError as error:
        log.warning("a publish may be unfinished: %s", error)
