"""The command line, from a checkout: `python cli.py extract FILE` is `khparse extract FILE`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

from khparse.cli import main

if __name__ == "__main__":
    main()
