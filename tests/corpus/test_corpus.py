"""The short corpus is analysed whole and holds no finding that nobody has read."""

from __future__ import annotations

import pytest

from tests.corpus.run import main

pytestmark = pytest.mark.corpus


def test_every_finding_in_the_short_corpus_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--short"])
    assert code == 0, capsys.readouterr().out
