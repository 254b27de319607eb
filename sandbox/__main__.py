"""python -m sandbox: serves a Twilio to play with."""

import argparse
import sys

from sandbox.commandline import add_options, run


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    add_options(parser)
    run(parser.parse_args(), say=lambda line: sys.stdout.write(f"{line}\n") and sys.stdout.flush())


if __name__ == "__main__":
    main()
