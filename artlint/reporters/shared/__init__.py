"""What reporters share: totals, the closing summary, safe text."""
