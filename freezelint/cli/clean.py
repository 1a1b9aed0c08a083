"""`freezelint clean [PATH]...`: removes the cache of a project."""

from __future__ import annotations

import click

from freezelint.cli.check import settings_for
from freezelint.cli.effort import cache_folder
from freezelint.cli.output import complain
from freezelint.report.printable import escape


@click.command(name="clean", short_help="Remove the cache.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option("--cache-dir", metavar="FOLDER", type=click.Path(), help="The folder of the cache.")
@click.option("--config", "file", metavar="FILE", type=click.Path(), help="Read the settings from this file.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
def clean_command(paths: tuple[str, ...], cache_dir: str | None, file: str | None, isolated: bool) -> None:
    """Remove what checks of these files and folders (the current folder if none is given) left in the cache."""
    if file is not None and isolated:
        raise click.UsageError("--config and --isolated exclude each other")
    from freezelint.run.cache import Cache

    folder = cache_folder(cache_dir, settings_for(paths or (".",), file, isolated=isolated))
    if Cache(folder).clean():
        complain(f"freezelint: removed {escape(folder)}")
    else:
        complain(f"freezelint: there is no cache in {escape(folder)}")
