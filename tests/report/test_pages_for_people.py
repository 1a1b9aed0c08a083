"""The formats for people elsewhere than on a terminal: markdown and html. What comes from a source stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest

from freezelint.core.findings import Note, Problem, Report
from freezelint.core.spans import Span
from freezelint.report import html, markdown
from tests.report.reports import finding, full_report, report

EVIL = "</code></pre><script>alert(1)</script> \x1b[2J \u202e ```` | @someone #1 <!-- -->"


def evil_report() -> Report:
    span = Span("<img src=x>|`@me`.py", 1, 3, 1, 9)
    found = finding(span, message=f"`a|b` {EVIL}", notes=(Note(span, EVIL),), full=True)
    shown = report(found, problems=(Problem("<b>.py", EVIL),))
    return msgspec.structs.replace(shown, sources={span.path: f"x = '{EVIL}'\n````\n"})


class Reader(HTMLParser):
    """Collects the elements of a page, whether they are closed in order, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "table", "tr", "th", "td", "ul", "li", "article", "p",
    "code", "b", "pre", "span", "mark", "small",
}  # fmt: skip


@pytest.mark.parametrize("shown", [report(), full_report(), evil_report()], ids=["empty", "full", "evil"])
def test_the_html_page_is_well_formed_and_loads_nothing(shown: Report) -> None:
    page = html.write(shown)
    reader = read(page)
    assert {tag for tag, _ in reader.elements} <= ALLOWED
    assert not any(name in ("src", "href") or name.startswith("on") for _, attrs in reader.elements for name in attrs)
    assert "url(" not in page and "@import" not in page
    assert "default-src 'none'" in page


def test_what_comes_from_a_source_is_text_in_html() -> None:
    reader = read(html.write(evil_report()))
    assert "<script>alert(1)</script>" in reader.text
    assert not set(reader.text) & {"\x1b", "\u202e"}
    assert "\\x1b[2J" in reader.text


def test_html_shows_source_notes_remedy_and_verdict() -> None:
    page = html.write(full_report())
    assert "<mark>model.requires_grad = False</mark>" in page
    assert "<code>train.py:2:1</code>: built here" in page
    assert "help: write <code>model.requires_grad_(False)</code> (safe fix)" in page
    assert "run: CONFIRMED: nothing changed (3 steps)" in page
    assert [tag for tag, _ in read(page).elements].count("article") == 2


def test_markdown_has_a_table_and_details() -> None:
    written = markdown.write(full_report())
    told = "found 1 error and 1 warning in 2 files (1 CONFIRMED); 3 paths could not be checked"
    assert written.startswith(f"### freezelint: {told}\n")
    rows = [line for line in written.splitlines() if line.startswith("|")]
    assert rows[2] == (
        "| error | `train.py:3:1` | FRZ101 requires-grad-on-module | "
        "`model.requires_grad = False` sets a plain attribute of a module (CONFIRMED) |"
    )
    assert written.count("<details>") == written.count("</details>") == 2
    assert "```python\nimport torch\n" in written
    assert "- `train.py:2:1`: built here" in written
    assert "- help: write `model.requires_grad_(False)` (safe fix)" in written


def outside_code(written: str) -> str:
    """The text without its code blocks and code spans, as GitHub would read markup in it."""
    fence = None
    lines = []
    for line in written.splitlines():
        marker = re.match(r"`{3,}", line)
        if fence is None and marker:
            fence = marker[0]
        elif fence is not None and line == fence:
            fence = None
        elif fence is None:
            lines.append(re.sub(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", line))
    assert fence is None
    return "\n".join(lines)


def test_nothing_from_a_source_is_markup_in_markdown() -> None:
    written = markdown.write(evil_report())
    outside = outside_code(written)
    tags = set(re.findall(r"<[^>\n]*>", outside))
    assert tags <= {
        "<details>",
        "</details>",
        "<summary>",
        "</summary>",
        "<code>",
        "</code>",
    }
    assert "@someone" not in outside and "@me" not in outside
    assert not set(written) & {"\x1b", "\u202e"}
    for row in (line for line in written.splitlines() if line.startswith("|")):
        assert len(re.findall(r"(?<!\\)\|", row)) == 5, row


def test_markdown_fits_a_comment() -> None:
    many = report(*(finding(Span(f"some/long/path/of/file_{number}.py", 3, 1, 3, 28)) for number in range(2000)))
    written = markdown.write(many)
    assert len(written) <= markdown.LONGEST
    rows = [line for line in written.splitlines() if line.startswith("| error")]
    assert 0 < len(rows) < 2000
    assert f"{2000 - len(rows)} more are not shown here." in written
    assert written.count("<details>") == written.count("</details>")
    assert "not shown here" not in markdown.write(full_report())
    broken = report(problems=tuple(Problem(f"{number}.py", "m" * 50) for number in range(5000)))
    assert len(markdown.write(broken)) <= markdown.LONGEST
