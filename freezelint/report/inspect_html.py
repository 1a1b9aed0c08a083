"""A real model as a page: its tree, which unfolds, with what is trainable, in which mode, how large, in which group."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.core.pictures import Grads, Inspection, Layer, Mode
from freezelint.report import inspect_words as words
from freezelint.report.picture_page import chip, legend, mode_chip, page, text

OPEN_BELOW = 2
"""So many levels are unfolded at first, and below them what is not all in one state."""

_STYLE = """
.tree { border: 1px solid var(--line); border-radius: 6px; padding: .5rem 1rem }
.tree details, .leaf { padding-left: 1.1rem; border-left: 2px solid var(--soft) }
.tree > details { padding-left: 0; border-left: 0 }
.leaf { padding-top: .1rem; padding-bottom: .1rem } .leaf .row { padding-left: 1.05rem }
summary { cursor: pointer } .row { display: inline-flex; flex-wrap: wrap; gap: .1rem .7rem; align-items: baseline }
.row b { font-weight: 600 } .row .cls { opacity: .65 } .row .size { font-variant-numeric: tabular-nums; opacity: .85 }
.bar { display: inline-block; width: 4rem; height: .55rem; border-radius: .3rem; overflow: hidden }
.bar { background: var(--frozen); align-self: center }
.bar i { display: block; height: 100%; background: var(--trainable) }
.warn { color: var(--unknown) }
"""


def write(found: Inspection) -> str:
    """The model as an HTML page."""
    return page(f"{found.label}: {words.total(found)}", _STYLE, _body(found))


def _body(found: Inspection) -> Iterator[str]:
    yield legend()
    if found.optimizer:
        yield f"<h2>{text(found.optimizer)}</h2>\n<ul>"
        yield from (f"<li>{text(words.group(number, each))}</li>" for number, each in enumerate(found.groups))
        yield "</ul>"
        if found.missed:
            yield f'<p class="warn">{text(words.missed(found))}</p>'
    yield '<h2>Modules</h2>\n<div class="tree">'
    yield from _layer(found.model, 0)
    yield "</div>"


def _layer(layer: Layer, depth: int) -> Iterator[str]:
    if not layer.children:
        yield f'<div class="leaf">{_row(layer)}</div>'
        return
    unfolded = depth < OPEN_BELOW or words.differs(layer)
    yield f"<details{' open' if unfolded else ''}><summary>{_row(layer)}</summary>"
    for child in layer.children:
        yield from _layer(child, depth + 1)
    yield "</details>"


def _row(layer: Layer) -> str:
    names = ", ".join(layer.names)
    pieces = [
        f'<b title="{text(names)}">{text(words.label(layer))}{words.times(layer)}</b>',
        f'<span class="cls">{text(layer.cls)}{" (shared)" if layer.shared else ""}</span>',
    ]
    if layer.grads is not Grads.NONE:
        pieces.append(chip(words.grads(layer), layer.grads))
    if layer.grads is Grads.MIXED and layer.parameters:
        share = 100 * layer.trainable / layer.parameters
        pieces.append(f'<span class="bar" title="{share:.1f}% trainable"><i style="width: {share:.1f}%"></i></span>')
    if layer.mode is not Mode.UNKNOWN:
        pieces.append(mode_chip("train and eval" if layer.mode is Mode.MIXED else layer.mode.value, layer.mode))
    if layer.parameters:
        pieces.append(f'<span class="size">{words.count(layer.parameters)}</span>')
    if layer.buffers:
        pieces.append(f'<span class="cls">+ {words.count(layer.buffers)} in buffers</span>')
    if layer.groups:
        pieces.append(f'<span class="cls">group {words.groups(layer)}</span>')
    if layer.shape:
        pieces.append(f"<code>{text(layer.shape)}</code>")
    return f'<span class="row">{"".join(pieces)}</span>'
