"""SARIF 2.1.0, for editors and servers that show a linter's findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from betareader.findings import Edit
from betareader.reports.lines import Lines

if TYPE_CHECKING:
    from pathlib import Path

    from betareader.checks.check import Check
    from betareader.desk import Copyedit
    from betareader.findings import Finding
    from betareader.span import Span

Json = dict[str, object]
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(copyedits: Iterable[Copyedit], checks: Sequence[Check], version: str = "") -> Json:
    """One run over all the manuscripts; an edit is a warning with its fix, a query a note.

    Lines and columns count from 1, columns in UTF-16 units; offsets in code points are not given.
    Where the file has no lines, as a Word document, paragraphs stand for them.
    """
    done = list(copyedits)
    rules = [
        {
            "id": check.name,
            "shortDescription": {"text": check.summary},
            "fullDescription": {"text": check.why or check.summary},
            "properties": {"family": check.family, "depth": check.depth},
        }
        for check in checks
    ]
    notifications = [
        {"level": "error", "descriptor": {"id": each.check}, "message": {"text": each.reason}}
        for copyedit in done
        for each in copyedit.skipped
    ]
    driver: Json = {"name": "betareader", "rules": rules}
    if version:
        driver["version"] = version
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "invocations": [{"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}],
        "results": [result for copyedit in done for result in _results(copyedit)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _results(copyedit: Copyedit) -> list[Json]:
    lines = Lines.of(copyedit.reading.manuscript)
    artifact = {"uri": _uri(copyedit.reading.manuscript.path)}
    found: list[Finding] = [*copyedit.edits, *copyedit.queries]
    results = []
    for finding in sorted(found, key=lambda each: each.span):
        region = _region(lines, finding.span)
        result: Json = {
            "ruleId": finding.check,
            "level": "warning" if isinstance(finding, Edit) else "note",
            "message": {"text": finding.reason},
            "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        }
        if isinstance(finding, Edit):
            put = {"deletedRegion": region, "insertedContent": {"text": finding.replacement}}
            result["fixes"] = [{"artifactChanges": [{"artifactLocation": artifact, "replacements": [put]}]}]
            result["rank"] = round(100 * finding.confidence, 2)
        elif finding.see:
            result["relatedLocations"] = [
                {"physicalLocation": {"artifactLocation": artifact, "region": _region(lines, span)}}
                for span in finding.see
            ]
        results.append(result)
    return results


def _region(lines: Lines, span: Span) -> Json:
    (line, column), (end_line, end_column) = lines.utf16(span.start), lines.utf16(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _uri(path: Path | None) -> str:
    if path is None:
        return "stdin"
    if path.is_absolute():
        return path.as_uri()
    from urllib.parse import quote

    return quote(path.as_posix())
