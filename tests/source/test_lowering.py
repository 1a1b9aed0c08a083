"""Lowering as a whole: what it refuses and how, what it never does, and how lazily it is loaded."""

from __future__ import annotations

import pickle
import subprocess
import sys
import warnings

import pytest

from freezelint.source.lowering import SourceSyntaxError, lower
from tests.source.stdlib import stdlib_files

DEEP = {
    "brackets": "x = " + "(" * 5000 + "1" + ")" * 5000,
    "lists": "x = " + "[" * 300 + "]" * 300,
    "calls": "f(" * 20_000,
    "and": "x = " + " and ".join(["a"] * 20_000),
    "and, one per line": "x = (\n" + "\nand ".join(["a"] * 20_000) + ")",
    "sum": "x = " + "+".join(["1"] * 20_000),
    "not": "x = " + "not " * 20_000 + "1",
    "minus": "x = " + "-" * 20_000 + "1",
    "power": "x = " + "**".join(["1"] * 20_000),
    "lambda": "x = " + "lambda: " * 5000 + "1",
    "attributes": "x" + ".a" * 20_000,
    "called": "x" + "()" * 20_000,
    "conditional": "x = " + "a if b else " * 5000 + "c",
    "elif": "if a: pass\n" + "elif b: pass\n" * 20_000,
    "import": "import " + ".".join(["a"] * 20_000),
    "blocks": "".join(" " * depth + "if a:\n" for depth in range(300)) + " " * 300 + "pass\n",
    "new syntax, and chain": "type X = int\nx = " + " and ".join(["a"] * 20_000),
    "new syntax, brackets": "type X = int\nx = " + "(" * 5000 + "1" + ")" * 5000,
    "in a match": "match a:\n    case 1:\n        x = " + " and ".join(["a"] * 20_000),
    "in a default": "def f(x=" + " and ".join(["a"] * 20_000) + "): pass",
    "strings": "x = (" + "'a'\n" * 30_000 + ")",
}

# Nested in LibCST's trees but not in those of `ast`: nothing stands against these.
FLAT = {"and", "and, one per line", "import", "in a match", "in a default", "strings"}


def refused(text: str, first_line: int = 1) -> SourceSyntaxError:
    with pytest.raises(SourceSyntaxError) as caught:
        lower(text, first_line=first_line)
    assert "\n" not in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x = (1\n", (1, 5)),
        ("x = 1\ny = = 2\n", (2, 5)),
        ("x = 'ä' + + $", (1, 13)),
        ("x = 'abc\n", (1, 5)),
        ("def f():\nreturn 1\n", (2, 1)),
        ("print 'a'\n", (1, 1)),
        ("if a:\n    b\n  c\n", (3, 4)),
    ],
)
def test_syntax_errors(text: str, place: tuple[int, int]) -> None:
    error = refused(text)
    assert error.line == place[0]
    # Where on the line differs between versions of Python by a word at most.
    assert error.column >= 1
    if sys.version_info[:2] == (3, 11):
        assert error.column == place[1]
    assert refused(text, first_line=11).line == place[0] + 10


def test_what_is_no_text() -> None:
    error = refused("x = 1\ny = 'ä\0'")
    assert (error.message, error.line, error.column) == ("the text contains a null byte", 2, 7)
    error = refused("\n'\ud800'", first_line=5)
    assert (error.message, error.line, error.column) == (
        "the text contains half of a character (a lone surrogate)", 6, 2,
    )  # fmt: skip


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_refused_and_ends_nothing(name: str) -> None:
    # In a process of its own: were the guard missing, LibCST's parser would take the whole process down.
    code = (
        "import sys\n"
        "from freezelint.source.lowering import SourceSyntaxError, lower\n"
        "try:\n    lower(sys.stdin.read())\n"
        "except SourceSyntaxError as error:\n    print(error.message)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], input=DEEP[name], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert bool(result.stdout.strip()) is (name not in FLAT)


def test_the_message_about_deep_nesting() -> None:
    for name in ("brackets", "sum", "not", "new syntax, and chain"):
        assert refused(DEEP[name]).message == "nested too deeply to be analysed"


def test_python_s_own_warnings_are_kept_quiet() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lower(r"x = '\d' is 1; assert (x, 'y'); f'\d{x}'")


def test_the_result_is_plain_data() -> None:
    statements = lower("@d\nclass A(B):\n    def f(self, x: int = 1): return [y for y in f'{x}']\n")
    assert pickle.loads(pickle.dumps(statements)) == statements
    assert hash(statements) == hash(pickle.loads(pickle.dumps(statements)))


def test_truncated_files_are_lowered_or_refused() -> None:
    for _, text in stdlib_files(4, largest=0)[:3]:
        for end in range(0, min(len(text), 6000), 397):
            try:
                lower(text[:end])
            except SourceSyntaxError as error:
                assert 1 <= error.line <= text[:end].count("\n") + 2


def test_libcst_is_loaded_for_what_ast_refuses_and_not_before() -> None:
    code = (
        "import sys\n"
        "from freezelint.source import comments, files, ir, lowering, outline, screening\n"
        "outline.outline('x = 1'); comments.suppressions('x  # noqa')\n"
        "lowering.lower('x = 1')\n"
        "assert 'libcst' not in sys.modules\n"
        "try: lowering.lower('x = (')\n"
        "except lowering.SourceSyntaxError: pass\n"
        "assert 'libcst' in sys.modules\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
