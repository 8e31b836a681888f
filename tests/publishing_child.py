"""Processes that publish and can be killed: forked from one that has imported everything.

``python -m tests.publishing_child`` reads a line of JSON per child from its input (the folder, how
many to publish, at which call to a function of ``os`` to die, whether as on Windows), and answers
with the child's pid, then with how it ended.
"""

import json
import os
import sys
import threading

from publishing import Change, PublishError, publish
from tests.windows import publish_as_on_windows


def change(tag, crisis="test"):
    """Return a change of three files whose rows carry the tag."""
    figure = {"country": "THA", "measure": "killed", "counting": "cumulative", "value": "7"}
    figure |= {"as_of": "2025-12-24", "source": f"s-{tag}", "url": "https://example.org/x"}
    return Change(
        crisis,
        figures=({**figure, "scope": f"scope {tag}"},),
        sources=({"source": f"s-{tag}", "name": tag, "kind": "media"},),
        events=({"date": "2025-12-24", "label": f"event {tag}"},),
    )


def dying(call, left):
    """Make the process die instead of its n-th call of a function of os, or half-way through."""
    real, lock = getattr(os, call), threading.Lock()
    count = [left]

    def counted(*arguments, **named):
        with lock:
            count[0] -= 1
        if count[0] == 0:
            if call == "write":
                real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            os._exit(99)
        return real(*arguments, **named)

    setattr(os, call, counted)


def child(order):
    if order.get("windows"):
        publish_as_on_windows()
    if order.get("call"):
        dying(order["call"], order["left"])
    for number in range(order.get("times", 1)):
        tag = f"{order['tag']}-{number}"
        try:
            publish(order["folder"], change(tag), who=order["tag"], message=tag, wait=60)
        except PublishError as error:
            print(error, file=sys.stderr)
            os._exit(3)
    os._exit(0)


def main():
    for line in sys.stdin:
        orders = json.loads(line)
        pids = []
        for order in orders:
            pid = os.fork()
            if not pid:
                child(order)
            pids.append(pid)
        print(json.dumps(pids), flush=True)
        print(json.dumps([os.waitpid(pid, 0)[1] for pid in pids]), flush=True)


if __name__ == "__main__":
    main()
