"""What the HTML pages of pictures share: a page that loads nothing, colours for states."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as markup

from freezelint import __version__
from freezelint.core.pictures import Grads, Mode, State
from freezelint.report.printable import escape

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882 }
:root { --trainable: #2e7d32; --frozen: #1565c0; --mixed: #8e24aa; --unknown: #b26a00; --none: #888; --page: #fff }
:root { --ink: #fff }
@media (prefers-color-scheme: dark) {
  :root { --trainable: #81c784; --frozen: #90caf9; --mixed: #ce93d8; --unknown: #ffcc80; --none: #999; --page: #121212 }
  :root { --ink: #111 }
}
body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem auto; padding: 0 1rem; max-width: 90rem }
body { background: var(--page) }
h1 { font-size: 1.3rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere }
code, pre { font: 13px/1.4 ui-monospace, monospace } small { opacity: .7 }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px }
table { border-collapse: separate; border-spacing: 0; width: 100% }
th, td { padding: .25rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--soft) }
th { font-weight: 600; white-space: nowrap } tr:last-child > * { border-bottom: 0 }
.trainable { --c: var(--trainable) } .frozen { --c: var(--frozen) } .mixed { --c: var(--mixed) }
.unknown { --c: var(--unknown) } .none { --c: var(--none) }
.chip { display: inline-block; padding: 0 .5em; border-radius: 1em; background: var(--c); color: var(--ink) }
.chip { font-size: 12px; white-space: nowrap }
.mode { font-size: 12px; padding: 0 .35em; border: 1px solid var(--line); border-radius: 4px; white-space: nowrap }
.legend { display: flex; flex-wrap: wrap; gap: .4rem 1rem; margin: .5rem 0 1rem; align-items: baseline }
"""


def page(title: str, style: str, body: Iterable[str]) -> str:
    """A whole page. Nothing is loaded and nothing runs, whatever a name in the source looks like."""
    head = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{text(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n<body>\n<h1>{text(title)}</h1>",
    ]
    foot = f"<p><small>written by freezelint {text(__version__)}</small></p>\n</body>\n</html>\n"
    return "\n".join([*head, *body, foot])


def text(words: str) -> str:
    """Words as text of the page."""
    return markup(escape(words))


def grads_class(state: State | None) -> str:
    """The class that gives a state its colour."""
    return "none" if state is None else state.grads.value


def chip(words: str, grads: Grads) -> str:
    """Words on the colour of a state."""
    return f'<span class="chip {grads.value}">{text(words)}</span>'


def mode_chip(words: str, mode: Mode) -> str:
    """A mode."""
    return f'<span class="mode {mode.value}">{text(words)}</span>'


def legend() -> str:
    """What the colours mean."""
    kinds = (Grads.TRAINABLE, Grads.FROZEN, Grads.MIXED, Grads.UNKNOWN)
    words = {Grads.MIXED: "partly frozen", Grads.UNKNOWN: "not known, or depends on a condition"}
    return f'<div class="legend">{"".join(chip(words.get(each, each.value), each) for each in kinds)}</div>'
