"""The `vuoksi` command: `python -m vuoksi` and the installed script are the same."""

import sys

from vuoksi.site.command import run


def main() -> None:
    run(sys.argv)


if __name__ == "__main__":
    main()
