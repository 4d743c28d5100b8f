"""Run the command as `python -m regesta`."""

import sys

from regesta.cli import main

if __name__ == "__main__":
    sys.exit(main())
