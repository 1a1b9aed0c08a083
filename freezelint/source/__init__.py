"""Everything that touches source text: reading, screening, comments, and lowering to the IR that the analysis sees."""
