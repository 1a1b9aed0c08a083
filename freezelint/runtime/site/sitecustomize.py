"""Runs at the start of Python processes that a watched process starts: watches them too, then does the user's own."""

import importlib.machinery
import importlib.util
import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))

try:
    if "freezelint.runtime.process" not in sys.orig_argv:  # which watches itself
        from freezelint.runtime.process import in_started_process

        in_started_process()
except Exception as error:  # a process of the user must start whatever happens here
    print(f"freezelint: this process is not watched: {error!r}", file=sys.stderr)

_spec = importlib.machinery.PathFinder.find_spec(
    "sitecustomize", [path for path in sys.path if os.path.abspath(path) != _here]
)
if _spec is not None and _spec.loader is not None:
    _module = importlib.util.module_from_spec(_spec)
    sys.modules["sitecustomize"] = _module
    _spec.loader.exec_module(_module)
