"""Settings: where they are found, what they may hold, and how a mistake in them is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from freezelint.config import ConfigurationError, Level, Settings, closest, load_settings


def write(folder: Path, text: str, name: str = "pyproject.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_all_keys_are_read(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        """
        [tool.freezelint]
        select = ["FRZ1"]
        ignore = ["FRZ103"]
        exclude = ["old"]
        extend-exclude = ["third_party/"]
        torch-version = "2.1"
        possible = true
        [tool.freezelint.per-file-ignores]
        "tests/*" = ["FRZ101"]
        [tool.freezelint.severity]
        FRZ101 = "info"
        FRZ102 = "off"
        """,
    )
    assert load_settings(tmp_path) == Settings(
        root=str(tmp_path),
        source=str(file),
        select=("FRZ1",),
        ignore=("FRZ103",),
        exclude=("old",),
        extend_exclude=("third_party/",),
        per_file_ignores={"tests/*": ("FRZ101",)},
        severity={"FRZ101": Level.INFO, "FRZ102": Level.OFF},
        torch_version="2.1",
        possible=True,
    )


def test_the_nearest_file_with_settings_wins(tmp_path: Path) -> None:
    write(tmp_path, '[tool.freezelint]\nignore = ["FRZ1"]\n')
    write(tmp_path / "part", "[project]\nname = 'part'\n")
    write(tmp_path / "part" / "deep", '[tool.freezelint]\nignore = ["FRZ2"]\n')
    assert load_settings(tmp_path / "part").ignore == ("FRZ1",)
    assert load_settings(tmp_path / "part" / "deep").ignore == ("FRZ2",)


def test_freezelint_toml_needs_no_table_and_goes_first(tmp_path: Path) -> None:
    write(tmp_path, '[tool.freezelint]\nignore = ["FRZ1"]\n')
    write(tmp_path, 'ignore = ["FRZ2"]\n', "freezelint.toml")
    assert load_settings(tmp_path).ignore == ("FRZ2",)


def test_isolated_reads_nothing_but_knows_the_project(tmp_path: Path) -> None:
    write(tmp_path, "this is not toml")
    (tmp_path / "part").mkdir()
    assert load_settings(tmp_path / "part", isolated=True) == Settings(root=str(tmp_path))


def test_a_file_given_by_name_sets_the_root(tmp_path: Path) -> None:
    file = write(tmp_path / "settings", "possible = true\n", "mine.toml")
    settings = load_settings(tmp_path, file=file)
    assert settings.possible
    assert settings.root == str(tmp_path / "settings")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('slect = ["FRZ1"]', "unknown key `slect`; did you mean select?"),
        ("per_file_ignores = {}", "unknown key `per_file_ignores`; did you mean per-file-ignores?"),
        ("zzz = 1", "unknown key `zzz`"),
        ('select = "FRZ1"', '`select` must be a list of strings, not the string "FRZ1"'),
        ("ignore = [1]", "`ignore` must be a list of strings, but holds the number 1"),
        ("possible = 1", "`possible` must be true or false, not the number 1"),
        ("torch-version = 2.1", "`torch-version` must be a string, not the number 2.1"),
        ('severity = { FRZ101 = "eror" }', '`severity` for `FRZ101` must be one of error, warning, info, off, not'),
        ("severity = true", "`severity` must be a table of rule = level, not true"),
        ('per-file-ignores = { "a.py" = "FRZ1" }', "`per-file-ignores` for `a.py` must be a list of strings"),
        ("per-file-ignores = []", "`per-file-ignores` must be a table of pattern = [codes], not a list"),
    ],
)  # fmt: skip
def test_a_mistake_names_the_file_and_the_key(tmp_path: Path, text: str, message: str) -> None:
    file = write(tmp_path, f"[tool.freezelint]\n{text}\n")
    with pytest.raises(ConfigurationError) as raised:
        load_settings(tmp_path)
    assert f"{file}: {message}" in str(raised.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[tool.freezelint\n", "not valid TOML"),
        (b'x = "\xff"\n', "not valid UTF-8"),
        (b"[tool]\nfreezelint = 3\n", "tool.freezelint must be a table"),
        (b"a = " + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_file_is_told_of(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(content)
    with pytest.raises(ConfigurationError, match=message):
        load_settings(tmp_path)


def test_a_missing_or_empty_file_given_by_name_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_settings(tmp_path, file=tmp_path / "none.toml")
    with pytest.raises(ConfigurationError, match=r"no table \[tool.freezelint\]"):
        load_settings(tmp_path, file=write(tmp_path, "[project]\n"))


def test_the_command_line_selects_for_itself() -> None:
    settings = Settings(root="/", ignore=("FRZ1",), severity={"FRZ101": Level.OFF, "FRZ102": Level.INFO})
    changed = settings.with_command_line(select=("FRZ101",), ignore=("FRZ2",), possible=True)
    assert (changed.select, changed.ignore, changed.possible) == (("FRZ101",), ("FRZ2",), True)
    assert changed.severity == {"FRZ102": Level.INFO}


def test_ignore_on_the_command_line_adds_to_the_file() -> None:
    settings = Settings(root="/", ignore=("FRZ1",), severity={"FRZ101": Level.OFF}, possible=True)
    changed = settings.with_command_line(ignore=("FRZ2",))
    assert changed.ignore == ("FRZ1", "FRZ2")
    assert changed.severity == {"FRZ101": Level.OFF}
    assert changed.possible


def test_closest_looks_over_case_and_punctuation() -> None:
    assert closest("FRZ1O1", ["FRZ101", "FRZ117"]) == "; did you mean FRZ101?"
    assert closest("frz101", ["FRZ101", "FRZ203"]) == "; did you mean FRZ101?"
    assert closest("qwertz", ["FRZ101"]) == ""


@pytest.mark.parametrize("name", ["freezlint", "freeze-lint", "freezelnt", "Freezelint", "freeze_lint"])
def test_a_table_that_is_nearly_called_like_ours_is_a_slip(tmp_path: Path, name: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[tool.{name}]\nignore = ["FRZ101"]\n')
    with pytest.raises(ConfigurationError, match=rf"unknown table \[tool\.{name}\]; did you mean freezelint\?"):
        load_settings(tmp_path)


def test_tables_of_other_tools_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.cx_freeze]\n[tool.ruff]\n[tool.pip-freezer]\n[project]\n")
    assert load_settings(tmp_path).source is None
