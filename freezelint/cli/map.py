"""`freezelint map PATH...`: what happens to the models of each entry point, and in which state that leaves them."""

from __future__ import annotations

import click

from freezelint.cli.check import settings_for
from freezelint.cli.output import complain, show
from freezelint.cli.picture import save_page, screen, show_json
from freezelint.report.layout import problem_line


@click.command(name="map", short_help="Show what is frozen when, without running anything.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option("--html", "file", metavar="FILE", type=click.Path(), help="Write the map as a page for the browser.")
@click.option(
    "--output-format", "output_format", type=click.Choice(["text", "json"]), default="text", help="text or json."
)
@click.option("--config", metavar="FILE", type=click.Path(), help="Read the settings from this file.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
@click.pass_context
def map_command(
    context: click.Context,
    paths: tuple[str, ...],
    file: str | None,
    output_format: str,
    config: str | None,
    isolated: bool,
) -> None:
    """Show, for each entry point of files and folders, what freezes, trains and optimises its models in order, and
    the state of each of their parts in between. Nothing is run.

    Exits with 0, or with 2 where a file could not be read.
    """
    if config is not None and isolated:
        raise click.UsageError("--config and --isolated exclude each other")
    from freezelint.run.mapping import draw

    given = paths or (".",)
    drawn = draw(given, settings_for(given, config, isolated=isolated))
    if file is not None:
        from freezelint.report import map_html

        save_page(file, map_html.write(drawn))
    if output_format == "json":
        show_json(drawn)
    elif file is None:
        from freezelint.report import map_terminal

        width, colour = screen()
        show(map_terminal.write(drawn, width=width, colour=colour))
    for problem in drawn.problems:
        complain(problem_line(problem))
    context.exit(2 if drawn.problems else 0)
