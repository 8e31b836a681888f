"""What may go wrong with figures kept elsewhere, by one word each."""

# What is told of each (translatable). None of them says where: an address may hold a secret.
REASONS = {
    "busy": "the server is too busy",
    "certificate": "the server's certificate cannot be trusted",
    "changing": "the files are being changed at this moment",
    "checksum": "a file is not the one that datapackage.json lists",
    "damaged": "a file cannot be read as it now is",
    "missing": "a file that should be there is missing",
    "other": "the server gives an answer that makes no sense",
    "redirect": "the server points to an address that is not followed",
    "refused": "the server does not let us read the file",
    "server": "the server reports an error of its own",
    "support": "this kind of address needs a part that is not installed",
    "timeout": "the server does not answer in time",
    "too_large": "there is more than may be fetched",
    "truncated": "a file arrives incomplete",
    "unreachable": "the server cannot be reached",
    "wrong_kind": "another kind of document comes instead of a table",
}

# Reasons for which the file is worth naming: the others lie in the whole server.
OF_A_FILE = {"checksum", "damaged", "missing", "other", "refused", "truncated", "wrong_kind"}


class RemoteError(OSError):
    """Figures cannot be fetched: the reason, the file and how long the server asks us to wait.

    The message holds no address, for an address may hold a password.
    """

    def __init__(self, reason: str, file: str = "", wait: float = 0.0) -> None:
        super().__init__(f"{REASONS[reason]} ({file})" if file else REASONS[reason])
        self.reason, self.file, self.wait = reason, file, wait
