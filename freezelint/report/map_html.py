"""The map of a program as a page: events from top to bottom, the parts of the models side by side."""

from __future__ import annotations

from collections.abc import Iterator

from freezelint.core.pictures import EntryMap, Map, MapEvent, ModelHistory, Part, State
from freezelint.report.picture_page import chip, grads_class, legend, mode_chip, page, text
from freezelint.report.picture_words import event_words, grads_words, mode_words, optimizer_words, part_label, place_in

_STYLE = """
thead th { position: sticky; top: 0; background: var(--page); border-bottom: 2px solid var(--line) }
.map td.state { border-left: 5px solid var(--c); min-width: 7rem; border-bottom-color: transparent }
.map td.state.same { background: color-mix(in srgb, var(--c) 6%, transparent) }
.map td.state.new { background: color-mix(in srgb, var(--c) 16%, transparent) }
.map td.event { min-width: 17rem; max-width: 30rem } .event code { overflow-wrap: anywhere }
.event b { margin-right: .5em } .event .kind-freeze { color: var(--frozen) }
.event .kind-unfreeze { color: var(--trainable) }
.event .kind-optimizer, .event .kind-add-group { color: var(--mixed) } .event .without { color: #d32f2f }
.line { opacity: .6; white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums }
.held { display: block; font-size: 12px }
th small { display: block; font-weight: 400 }
"""


def write(drawn: Map) -> str:
    """The map as an HTML page."""
    count = len(drawn.entries)
    title = f"freezelint map: {count} entry point{'' if count == 1 else 's'}"
    return page(title, _STYLE, _body(drawn))


def _body(drawn: Map) -> Iterator[str]:
    yield legend()
    if not drawn.entries:
        yield "<p>Nothing here freezes, trains or optimises a model.</p>"
    for entry in drawn.entries:
        yield f"<h2>{text(f'{entry.path}: {entry.name}' if entry.name else entry.path)}</h2>"
        yield from _entry(entry)


def _entry(entry: EntryMap) -> Iterator[str]:
    columns = [(model, part) for model in entry.models for part in model.parts]
    yield '<div class="scroll"><table class="map"><thead><tr><th>line</th><th>what happens</th>'
    yield "".join(_heading(model, part) for model, part in columns)
    yield "</tr></thead><tbody>"
    for number, event in enumerate(entry.events):
        yield f'<tr><td class="line">{place_in(event.span, entry.path)}</td>{_event(event)}'
        yield "".join(_cell(part.states[number - 1] if number else None, part.states[number]) for _, part in columns)
        yield "</tr>"
    yield "</tbody></table></div>"


def _heading(model: ModelHistory, part: Part) -> str:
    names = "\n".join(name or model.label for name in part.names)
    kind = f" ({model.cls})" if model.cls and model.cls != model.label else ""
    label = part_label(part.names, model.label)
    return f'<th title="{text(names)}">{text(label)}<small>{text(model.label + kind)}</small></th>'


def _event(event: MapEvent) -> str:
    kind = "without" if not event.effect else f"kind-{event.kind.replace(' ', '-')}"
    words = event_words(event)
    return (
        f'<td class="event"><b class="{kind}">{text(event.kind)}</b><small>{text(words)}</small>'
        f"<br><code>{text(event.code)}</code></td>"
    )


def _cell(before: State | None, now: State | None) -> str:
    if now is None:
        return "<td></td>"
    held = optimizer_words(now)
    full = ", ".join(each for each in (grads_words(now), mode_words(now), held) if each)
    if before == now:
        return f'<td class="state same {grads_class(now)}" title="{text(full)}"></td>'
    pieces = []
    if before is None or (before.grads, before.when) != (now.grads, now.when):
        pieces.append(chip(grads_words(now) or "no parameters", now.grads))
    if before is None or before.mode is not now.mode:
        pieces.append(mode_chip(mode_words(now), now.mode))
    if (before is None and held) or (before is not None and before.optimizers != now.optimizers):
        pieces.append(f'<span class="held">{text(held or "in no optimizer")}</span>')
    return f'<td class="state new {grads_class(now)}" title="{text(full)}">{" ".join(pieces)}</td>'
