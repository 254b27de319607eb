"""`python -m rulebook preflight campaign draft.json`: the checks by themselves, without Django."""

import sys

from rulebook.command import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
