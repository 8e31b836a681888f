"""``python -m languages extract`` updates the catalogues; ``check`` says what is to be done."""

import sys

from languages.checking import problems
from languages.updating import extract

USAGE = "python -m languages extract | check"


def main(arguments: list[str]) -> int:
    """Run one of the commands; return 0 if nothing is left to translate."""
    if arguments == ["extract"]:
        found = extract()
        print(f"{len(found.messages)} messages in every catalogue")
        return 0
    if arguments == ["check"]:
        told = problems()
        for problem in told:
            print(problem)
        print(f"{len(told)} problems" if told else "every message is translated")
        return int(bool(told))
    print(f"usage: {USAGE}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
