"""`freezelint inspect pkg.mod:factory`: a real model, its parts, modes and optimizer groups."""

from __future__ import annotations

import sys
import traceback

import click

from freezelint.cli.output import complain, show
from freezelint.cli.picture import save_page, screen, show_json


@click.command(name="inspect", short_help="Build a model and show what of it is trainable.")
@click.argument("target", metavar="MODULE:FACTORY")
@click.option(
    "--input",
    "inputs",
    multiple=True,
    metavar="SHAPE",
    help="Run a forward on noise of this shape (1,3,224,224) and show what each module returns. Repeatable.",
)
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    metavar="N",
    help="Show so many levels of the tree, and deeper only what is not all in one state. [default: 2]",
)
@click.option("--html", "file", metavar="FILE", type=click.Path(), help="Write the model as a page for the browser.")
@click.option(
    "--output-format", "output_format", type=click.Choice(["text", "json"]), default="text", help="text or json."
)
@click.pass_context
def inspect_command(
    context: click.Context,
    target: str,
    inputs: tuple[str, ...],
    depth: int | None,
    file: str | None,
    output_format: str,
) -> None:
    """Import MODULE (or a file.py), call FACTORY without arguments, and show the module tree of the model that it
    returns: what is trainable and in which mode, how large it is, and, where it returns (model, optimizer), which
    parameter group holds it. This runs the user's code, and needs torch.
    """
    from freezelint.run.inspection import CannotInspect, inspect_target

    shapes = tuple(_shape(each) for each in inputs)
    try:
        found = inspect_target(target, shapes)
    except CannotInspect as error:
        raise click.ClickException(str(error)) from error
    except (Exception, SystemExit):
        # The user's own code: they need to see where.
        traceback.print_exc(file=sys.stderr)
        complain(f"freezelint: {target} could not be built")
        context.exit(2)
    if file is not None:
        from freezelint.report import inspect_html

        save_page(file, inspect_html.write(found))
    if output_format == "json":
        show_json(found)
    elif file is None:
        from freezelint.report import inspect_terminal

        width, colour = screen()
        levels = inspect_terminal.LEVELS if depth is None else depth
        show(inspect_terminal.write(found, width=width, colour=colour, levels=levels))


def _shape(words: str) -> tuple[int, ...]:
    try:
        shape = tuple(int(part) for part in words.replace("x", ",").split(","))
    except ValueError:
        shape = ()
    if not shape or min(shape) < 1:
        raise click.UsageError(f"--input {words} is no shape: write it as 1,3,224,224")
    return shape
