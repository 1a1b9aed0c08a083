"""What the author of a package of rules writes to test them: the examples, each by freezelint's own runner."""

from __future__ import annotations

from pathlib import Path

import freezelint_acme
import pytest

from freezelint.testing import check_example, examples

FOLDER = Path(freezelint_acme.__file__).parent / "acm101_frozen_head"


@pytest.mark.parametrize(("kind", "path"), list(examples(FOLDER)))
def test_example(kind: str, path: Path) -> None:
    check_example(freezelint_acme.ACM101, kind, path)
