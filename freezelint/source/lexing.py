"""One regular expression for the tokens of Python that decide where a line or a statement ends.

It needs no valid program: what it does not know it skips. Nested quotes of one kind inside an f-string (Python 3.12)
are read as two strings, which leaves the brackets around them in balance nearly always.
"""

from __future__ import annotations

import re

# In this order: comments, triple-quoted strings (an unclosed one ends with the text), strings, a joined line,
# brackets and line ends. Raw strings need no case of their own: a backslash before a quote does not end them either.
TOKEN = re.compile(
    r"""
      \#[^\n]*
    | \"\"\" [^"\\]* (?: (?: \\. | "(?!"") ) [^"\\]* )* (?: \"\"\" | \Z )
    | ''' [^'\\]* (?: (?: \\. | '(?!'') ) [^'\\]* )* (?: ''' | \Z )
    | " [^"\\\n]* (?: \\. [^"\\\n]* )* "
    | ' [^'\\\n]* (?: \\. [^'\\\n]* )* '
    | \\\n
    | [()\[\]{}\n]
    """,
    re.VERBOSE | re.DOTALL,
)
