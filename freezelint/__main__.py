"""`python -m freezelint`: the same as the `freezelint` command."""

import sys

if not getattr(sys.flags, "safe_path", False):
    # Python puts the current folder first. What is checked there must not be imported: not in the place of a library
    # (a `click.py`), nor as a package with rules (an `egg-info` that names some).
    del sys.path[0]

from freezelint.cli.main import main

if __name__ == "__main__":
    main()
