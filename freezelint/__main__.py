"""`python -m freezelint`: the same as the `freezelint` command."""

from freezelint.cli.main import main

if __name__ == "__main__":
    main()
