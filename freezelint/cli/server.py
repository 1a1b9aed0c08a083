"""`freezelint server`: the language server, over standard input and output."""

from __future__ import annotations

import click


@click.command(name="server", short_help="Run the language server, for editors.")
def server_command() -> None:
    """Run the language server over standard input and output: diagnostics as one types, quick fixes, and what is known
    of a model at a line. Needs the extra: pip install 'freezelint[lsp]'.
    """
    try:
        from freezelint.server.server import make_server
    except ImportError as error:
        raise click.ClickException(f"the language server needs {error.name}: pip install 'freezelint[lsp]'") from error
    make_server().start_io()
