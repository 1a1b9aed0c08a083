"""The README agrees with the program: its example, its options, its settings, its links."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import msgspec
import pytest
import yaml

from freezelint.cli.check import check_command
from freezelint.cli.confirm import confirm_command
from freezelint.cli.main import freezelint
from freezelint.config import Settings, load_settings
from freezelint.report.formats import FORMATS
from tests.repository.modules import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")


def section(heading: str) -> str:
    """The text below a heading, up to the next one of its kind."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found is not None, heading
    return found[1]


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_example_is_real(tmp_path: Path) -> None:
    (program,) = blocks(section("An example"), "python")
    (output,) = blocks(section("An example"), "text")
    (tmp_path / "train.py").write_text(program, encoding="utf-8")
    # As into a pipe: neither colours nor a width.
    variables = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    result = subprocess.run(
        [sys.executable, "-m", "freezelint", "train.py"],
        cwd=tmp_path, env=variables, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout == output


def test_every_option_is_told() -> None:
    table = section("Options").partition("Of the other commands")[0]
    context = click.Context(check_command)
    context.help_option_names = ["-h", "--help"]
    options = [name for option in check_command.get_params(context) if option.param_type_name == "option"
               for name in (*option.opts, *option.secondary_opts)]  # fmt: skip
    assert "--select" in options and "--help" in options
    for name in options:
        assert re.search(rf"^\|[^|]*`{re.escape(name)}(?=[ `\[])", table, re.MULTILINE), f"{name} is not in the README"
    told = set(re.findall(r"`(-[\w-]+)", "".join(re.findall(r"^\|[^|]*\|", table, re.MULTILINE))))
    assert told == set(options)


def test_every_command_is_told_with_its_options() -> None:
    table = section("Options").partition("Of the other commands")[2]
    for name, command in freezelint.commands.items():
        if name in ("check", "confirm"):
            continue  # these have tables of their own
        (row,) = re.findall(rf"^\| `freezelint {name}[ `][^|]*\|([^|]*)\|$", table, re.MULTILINE)
        told = set(re.findall(r"`(-[\w-]+)", row))
        assert told == {option for each in command.params if each.param_type_name == "option" for option in each.opts}


def test_every_option_has_help() -> None:
    for command in freezelint.commands.values():
        assert command.help and command.short_help
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


def test_every_report_is_told() -> None:
    assert re.findall(r"^\| `(\w+)` \|", section("Reports"), re.MULTILINE) == list(FORMATS)


def test_the_inputs_of_the_action_are_told() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    told = section("On GitHub")
    inputs, outputs = told.partition("Inputs: ")[2].partition("Outputs: ")[::2]
    assert set(action["inputs"]) <= set(re.findall(r"`([\w-]+)`", inputs))
    assert set(action["outputs"]) == set(re.findall(r"`([\w-]+)`", outputs))
    used = [step for job in yaml.safe_load(blocks(told, "yaml")[0])["jobs"].values() for step in job["steps"]]
    assert set(used[-1]["with"]) <= set(action["inputs"])


def test_the_example_for_gitlab_calls_options_that_exist() -> None:
    job = yaml.safe_load(blocks(section("On GitLab"), "yaml")[0])["freezelint"]
    command = next(line for line in job["script"] if line.startswith("freezelint "))
    parsed = check_command.make_context("check", command.split()[1:]).params
    assert set(job["artifacts"]["reports"].values()) == {each.partition("=")[2] for each in parsed["formats"]}


def test_every_option_of_confirm_is_told() -> None:
    context = click.Context(confirm_command)
    context.help_option_names = ["-h", "--help"]
    options = {name for option in confirm_command.get_params(context) if option.param_type_name == "option"
               for name in option.opts}  # fmt: skip
    table = "".join(re.findall(r"^\|[^|]*\|", section("Confirming by running"), re.MULTILINE))
    assert set(re.findall(r"`(-[\w-]+)", table)) == options


def test_every_format_is_told() -> None:
    (row,) = re.findall(r"^\| `--output-format .*$", section("Options"), re.MULTILINE)
    assert set(FORMATS) <= set(re.findall(r"`(\w+)`", row))


def test_every_setting_is_told() -> None:
    told = re.findall(r"^\| `([\w-]+)` \|", section("Settings"), re.MULTILINE)
    fields = [field.replace("_", "-") for field in Settings.__struct_fields__]
    assert told == [field for field in fields if field not in ("root", "source")]


@pytest.mark.parametrize("heading", ["Settings"])
def test_the_settings_shown_are_valid(heading: str, tmp_path: Path) -> None:
    (shown,) = blocks(section(heading), "toml")
    (tmp_path / "pyproject.toml").write_text(shown, encoding="utf-8")
    settings = load_settings(tmp_path)
    assert msgspec.structs.replace(settings, root="", source=None) != Settings(root="")


def test_the_suppressions_shown_are_read() -> None:
    from freezelint.source.comments import suppressions

    (shown,) = blocks(section("Suppressions"), "python")
    assert [(each.kind, each.codes) for each in suppressions(shown)] == [
        ("line", ("FRZ301",)),
        ("next-line", ("FRZ101", "FRZ102")),
        ("file", ("FRZ2",)),
        ("line", ("FRZ101",)),
    ]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / target).exists(), target
