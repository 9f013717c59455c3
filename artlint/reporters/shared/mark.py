"""How a report that could be taken for an article is known."""

REPORT_MARK = "<!-- artlint report -->"
