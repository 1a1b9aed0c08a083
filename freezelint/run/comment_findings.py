"""Findings about suppression comments: those that silence nothing (FRZ901), those that name no rule (FRZ903)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from freezelint.config import Settings, closest
from freezelint.core.findings import Confidence, Edit, Finding, Fix, Safety
from freezelint.core.rules import Rule
from freezelint.core.spans import Span
from freezelint.discovery import Discovery
from freezelint.own import OWN_CODES, UNKNOWN_CODE, UNUSED_SUPPRESSION
from freezelint.run.callers import callers_elsewhere
from freezelint.run.selection import names_rule, on_by_default
from freezelint.run.suppression import FileIgnores, Use
from freezelint.source.comment_edits import without_codes
from freezelint.source.comments import Suppression
from freezelint.source.files import SourceFile


class _Commented(msgspec.Struct, frozen=True):
    """A file with suppressions, which of their codes silenced something, and the rules ignored in this file."""

    file: SourceFile
    suppressions: Sequence[Suppression]
    used: Collection[Use]
    ignored: frozenset[str]


class CommentJudge:
    """Judges the comments of a run: what rules there are, which were on, which files were given."""

    def __init__(
        self,
        installed: Sequence[Rule],
        on: Sequence[Rule],
        settings: Settings,
        found: Discovery,
        *,
        unchecked: Collection[str],
        cwd: str,
    ) -> None:
        self._installed = installed
        self._words = [word for rule in installed for word in (rule.code, rule.name)]
        self._on = {rule.code: rule for rule in on}
        self._settings = settings
        self._found = found
        self._ignores = FileIgnores(settings)
        self._unchecked = unchecked
        self._cwd = cwd
        self.looked_elsewhere = False
        """Whether what was found rests on files that were not given."""

    def findings(self, file: SourceFile, suppressions: Sequence[Suppression], used: Collection[Use]) -> list[Finding]:
        """What is to be said of the comments of a file; nothing of a file that could not be checked as a whole."""
        if not suppressions or file.path in self._unchecked:
            return []
        path = next((each.path for each in self._found.files if each.display == file.path), file.path)
        ignored = frozenset(
            rule.code for rule in self._installed if self._ignores.silence_rule(path, code=rule.code, name=rule.name)
        )
        return list(self._judged(_Commented(file, suppressions, used, ignored)))

    def _judged(self, commented: _Commented) -> Iterator[Finding]:
        unused = self._own(UNUSED_SUPPRESSION, commented)
        unknown = self._own(UNKNOWN_CODE, commented)
        for suppression in commented.suppressions:
            if unknown is not None:
                yield from self._unknown(unknown, commented, suppression)
            if unused is not None:
                yield from self._unused(unused, commented, suppression)

    def _own(self, rule: Rule, commented: _Commented) -> Rule | None:
        """The rule as it is set; None where it is off here."""
        return None if rule.code in commented.ignored else self._on.get(rule.code)

    def _unknown(self, rule: Rule, commented: _Commented, suppression: Suppression) -> Iterator[Finding]:
        codes = [code for code in suppression.codes if not self._named(code)]
        if not codes or _excused(rule, commented, suppression):
            return
        known = self._words
        words = " and ".join(f"`{code}`{closest(code, known).replace(';', ',')}" for code in codes)
        yield _finding(rule, commented, suppression, codes, f"a suppression names what is no rule: {words}")

    def _unused(self, rule: Rule, commented: _Commented, suppression: Suppression) -> Iterator[Finding]:
        # Without codes such a comment is there for other tools as well.
        if not suppression.codes and suppression.style == "noqa":
            return
        codes = [code for code in suppression.codes or ("",) if self._is_unused(code, commented, suppression)]
        if not codes or _excused(rule, commented, suppression):
            return
        words = " and ".join(f"`{code}`" for code in codes)
        message = (
            f"the suppression of {words} silences nothing" if words != "``" else "the suppression silences nothing"
        )
        doubt = self._may_be_used_by_callers(commented, suppression)
        finding = _finding(rule, commented, suppression, codes, message)
        yield msgspec.structs.replace(finding, confidence=Confidence.POSSIBLE if doubt else Confidence.CERTAIN)

    def _is_unused(self, code: str, commented: _Commented, suppression: Suppression) -> bool:
        return Use(suppression, code) not in commented.used and self._was_on(self._named(code), commented)

    def _may_be_used_by_callers(self, commented: _Commented, suppression: Suppression) -> bool:
        """Whether the comment speaks of a definition that code in files that were not given may call."""
        from freezelint.source.outline import ChunkKind, outline

        entered = any(
            chunk.first_line <= suppression.last_line and suppression.first_line <= chunk.last_line
            for chunk in outline(commented.file.text)
            if chunk.kind in (ChunkKind.FUNCTION, ChunkKind.CLASS)
        )
        file = next((each for each in self._found.files if each.display == commented.file.path), None)
        self.looked_elsewhere |= entered and file is not None and file.named
        return (
            entered and file is not None and callers_elsewhere(file, self._found.files, self._settings, cwd=self._cwd)
        )

    def _named(self, code: str) -> list[Rule]:
        """The rules that a code, the start of one, or a name means; all rules where it is empty."""
        return [rule for rule in self._installed if names_rule(code, code=rule.code, name=rule.name)]

    def _was_on(self, named: Sequence[Rule], commented: _Commented) -> bool:
        """Whether those rules had their say. Of several those that are off by default need not have been on."""
        timed = [rule for rule in named if rule.code not in OWN_CODES]
        on = [rule for rule in timed if rule.code in self._on and rule.code not in commented.ignored]
        return bool(on) and all(rule in on or (len(timed) > 1 and not on_by_default(rule)) for rule in timed)


def _excused(rule: Rule, commented: _Commented, suppression: Suppression) -> bool:
    """Whether a comment that covers this one names the rule itself, for example `ignore-file[FRZ901]`."""
    return any(
        each.kind == "file" or each.first_line <= suppression.line <= each.last_line
        for each in commented.suppressions
        if any(code and names_rule(code, code=rule.code, name=rule.name) for code in each.codes)
    )


def _finding(
    rule: Rule, commented: _Commented, suppression: Suppression, codes: Sequence[str], message: str
) -> Finding:
    path, text = commented.file.path, commented.file.text
    edit = without_codes(text, suppression, codes)
    whole = edit.line < suppression.line or edit.column <= suppression.column
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        confidence=Confidence.CERTAIN,
        message=message,
        span=Span(path, suppression.line, suppression.column, suppression.line, suppression.end_column),
        fix=Fix(
            title="remove the comment" if whole else f"remove {' and '.join(f'`{code}`' for code in codes)}",
            safety=Safety.SAFE,
            edits=(Edit(Span(path, edit.line, edit.column, edit.end_line, edit.end_column), edit.text),),
        ),
    )
