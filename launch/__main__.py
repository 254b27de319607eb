"""Hands the words after `./run` to their command. Imports late: Ctrl-C is to be answered from the first moment."""

import sys

try:
    from launch.commands import main

    sys.exit(main(sys.argv[1:]))
except KeyboardInterrupt:
    sys.exit(130)
