"""Discovery: which files are found, in which order, under which name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from freezelint.discovery import Discovery, discover


def tree(root: Path, *files: str, **contents: str) -> None:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).touch()
    for name, text in contents.items():
        (root / name).write_text(text)


def ignore(folder: Path, *lines: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("\n".join(lines))


def look(root: Path, *paths: str, **options: list[str]) -> Discovery:
    return discover(paths or (".",), cwd=str(root), root=str(root), **options)


def names(root: Path, *paths: str, **options: list[str]) -> list[str]:
    result = look(root, *paths, **options)
    assert not result.problems
    return [file.display for file in result.files]


def test_python_files_in_the_order_of_their_paths(tmp_path: Path) -> None:
    tree(tmp_path, "b.py", "a/z.py", "a/b/c.py", "c.txt", "d.pyw", "e.pyi", "B.py")
    assert names(tmp_path) == ["B.py", "a/b/c.py", "a/z.py", "b.py"]


def test_the_usual_folders_are_left_out(tmp_path: Path) -> None:
    for folder in (".git", ".venv", "node_modules", "build", "dist", "site-packages", "x.egg-info", "__pycache__"):
        tree(tmp_path, f"{folder}/x.py", f"src/{folder}/y.py")
    tree(tmp_path, "env/cart_pole.py", "myenv/pyvenv.cfg", "myenv/lib/x.py", "build.py")
    assert names(tmp_path) == ["build.py", "env/cart_pole.py"]


@pytest.mark.parametrize("given", ["build", "site-packages/deep", "build/x.py", "venv"])
def test_a_given_path_is_always_looked_into(tmp_path: Path, given: str) -> None:
    tree(tmp_path, "build/x.py", "site-packages/deep/x.py", "venv/pyvenv.cfg", "venv/x.py")
    assert len(names(tmp_path, given)) == 1


def test_exclude_replaces_and_extend_exclude_adds(tmp_path: Path) -> None:
    tree(tmp_path, "build/x.py", "old/x.py", "new/gen_a.py", "new/b.py")
    assert names(tmp_path, extend_exclude=["old/", "gen_*.py"]) == ["new/b.py"]
    assert names(tmp_path, exclude=["old"]) == ["build/x.py", "new/b.py", "new/gen_a.py"]
    assert names(tmp_path, extend_exclude=["/x.py", "!old"]) == ["new/b.py", "new/gen_a.py", "old/x.py"]
    assert names(tmp_path, "old", "old/x.py", extend_exclude=["old/"]) == ["old/x.py"]


def test_gitignore_with_negation_and_anchors(tmp_path: Path) -> None:
    ignore(tmp_path, "*_gen.py", "!keep_gen.py", "/top.py", "data/*", "!data/ok.py", "# comment", "", "out/")
    tree(tmp_path, "a_gen.py", "keep_gen.py", "top.py", "sub/top.py", "data/no.py", "data/ok.py", "sub/out/x.py")
    assert names(tmp_path) == ["data/ok.py", "keep_gen.py", "sub/top.py"]


def test_an_inner_gitignore_has_the_last_word(tmp_path: Path) -> None:
    ignore(tmp_path, "*.py")
    ignore(tmp_path / "in", "!mine.py")
    ignore(tmp_path / "in" / "deep", "mine.py", "!other.py")
    tree(tmp_path, "a.py", "in/mine.py", "in/no.py", "in/deep/mine.py", "in/deep/other.py")
    assert names(tmp_path) == ["in/deep/other.py", "in/mine.py"]


def test_nothing_comes_back_from_an_ignored_folder(tmp_path: Path) -> None:
    ignore(tmp_path, "gone/", "!gone/x.py")
    tree(tmp_path, "gone/x.py", "a.py")
    assert names(tmp_path) == ["a.py"]


def test_gitignore_above_the_given_folder_counts_within_a_repository(tmp_path: Path) -> None:
    ignore(tmp_path, "no.py")
    tree(tmp_path, "in/no.py", "in/yes.py")
    assert names(tmp_path, "in") == ["in/no.py", "in/yes.py"]
    (tmp_path / ".git" / "info").mkdir(parents=True)
    assert names(tmp_path, "in") == ["in/yes.py"]
    (tmp_path / ".git" / "info" / "exclude").write_text("yes.py\n")
    assert names(tmp_path, "in") == []


def test_a_given_folder_that_git_ignores_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    ignore(tmp_path, "out/", "*.tmp.py")
    ignore(tmp_path / "out" / "deep", "no.py")
    tree(tmp_path, "out/deep/x.py", "out/deep/no.py", "a.tmp.py")
    assert names(tmp_path, "out/deep") == ["out/deep/x.py"]
    assert names(tmp_path, "out") == ["out/deep/x.py"]
    assert names(tmp_path, "a.tmp.py") == ["a.tmp.py"]


def test_patterns_without_sense_are_passed_over(tmp_path: Path) -> None:
    ignore(tmp_path, "!", "no.py", "///")
    tree(tmp_path, "no.py", "yes.py")
    assert names(tmp_path) == ["yes.py"]


def test_links_make_neither_loops_nor_doubles(tmp_path: Path) -> None:
    tree(tmp_path, "a/x.py", "z.py")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "link.py").symlink_to(tmp_path / "z.py")
    (tmp_path / ".#lock.py").symlink_to("nobody@nowhere")
    (tmp_path / "folder.py").symlink_to(tmp_path / "a")
    assert names(tmp_path) == ["a/x.py", "z.py"]
    assert names(tmp_path, "a/up/z.py", "z.py", ".", "./a") == ["a/x.py", "z.py"]


def test_a_link_to_a_folder_is_followed_where_it_is_given(tmp_path: Path) -> None:
    tree(tmp_path, "real/x.py")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert names(tmp_path, "link") == ["link/x.py"]
    assert names(tmp_path, "link", "real") == ["real/x.py"]


def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "loop.py").symlink_to("loop.py")
    tree(tmp_path, "a.py")
    result = look(tmp_path)
    assert [file.display for file in result.files] == ["a.py"]
    assert [(problem.path, problem.code) for problem in result.problems] == [("loop.py", "FRZ902")]
    assert look(tmp_path, "loop.py").problems == result.problems


def test_a_missing_path_is_a_problem_and_the_others_are_found(tmp_path: Path) -> None:
    tree(tmp_path, "a.py")
    result = look(tmp_path, "none", "a.py", "a.py/below", "null\0byte")
    assert [file.display for file in result.files] == ["a.py"]
    assert {problem.path: problem.message for problem in result.problems} == {
        "none": "no such file or folder",
        "a.py/below": "no such file or folder",
        "null\0byte": "not a valid path",
    }


def test_a_folder_that_refuses_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a.py", "shut/b.py")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    result = look(tmp_path)
    assert [file.display for file in result.files] == ["a.py"]
    assert [(problem.path, problem.message) for problem in result.problems] == [
        ("shut", "cannot read it: permission denied")
    ]


def test_a_given_file_may_be_called_anything(tmp_path: Path) -> None:
    tree(tmp_path, "script", "notes.txt")
    result = look(tmp_path, "script", ".")
    assert [(file.display, file.named) for file in result.files] == [("script", True)]


def test_paths_elsewhere_are_shown_in_full(tmp_path: Path) -> None:
    tree(tmp_path, "here/x", "there/y.py")
    result = discover(["../there"], cwd=str(tmp_path / "here"), root=str(tmp_path))
    assert [file.display for file in result.files] == [f"{tmp_path}/there/y.py"]


def test_names_that_are_not_unicode_can_be_shown(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), b"caf\xe9.py"))).touch()
    except OSError:
        pytest.skip("the file system takes only valid names")
    assert names(tmp_path) == ["caf\\udce9.py"]


def test_a_very_deep_tree_is_walked(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(200):
        folder = folder / "d"
    tree(folder, "x.py")
    assert len(names(tmp_path)) == 1
