"""Publishes on a disk of its own: ``python -m tests.publishing_mounts full|read-only FOLDER``.

To be run in a mount namespace of its own (``unshare -m``). Prints as JSON what came of it.
"""

import json
import subprocess
import sys
from pathlib import Path

from loaders import load_library
from publishing import PublishError, history, publish
from tests.builders import figure, write_crisis
from tests.publishing_child import change

# How each disk is made, spoilt and mended.
DISKS = {
    "full": (["size=64k"], [], ["remount,size=4m"]),
    "read-only": (["size=4m"], ["remount,ro"], ["remount,rw"]),
}


def mount(options, folder):
    for option in options:
        kind = [] if option.startswith("remount") else ["-t", "tmpfs", "tmpfs"]
        subprocess.run(["mount", "-o", option, *kind, str(folder)], check=True)


def tried(root, tag):
    try:
        publish(root, change(tag), who="Anna", message=tag, wait=1)
    except PublishError as error:
        return error.code
    return ""


def main(kind, folder):
    made, spoilt, mended = DISKS[kind]
    mount(made, folder)
    root = write_crisis(folder / "data", figure(figure_id="F0001"))
    before = load_library(root).fingerprint
    mount(spoilt, folder)
    codes, published = [], 0
    while not codes:
        code = tried(root, f"t{published}")
        codes += [code] if code else []
        published += not code
    told = {
        "code": codes[0],
        "published": published,
        "figures": len(load_library(root).figures),
        "same": load_library(root).fingerprint == before,
    }
    mount(mended, folder)
    told |= {"mended": tried(root, "later"), "after": len(load_library(root).figures)}
    print(json.dumps(told | {"messages": [v.message for v in history(root) if v.message]}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
