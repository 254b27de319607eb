"""Where the rows come from, and when it was read."""

from datetime import date

SEEN = date(2026, 11, 22)
EDIT_GUIDE = "Twilio, Troubleshooting and rectifying A2P campaigns, Campaign Edit beta version"
TOLLFREE_ARTICLE = "Twilio help, toll-free verification rejected: resubmission (2023)"
TOLLFREE_HELP = "Twilio help 9321443984155 (notice of 2025-05-15)"


def error_page(code: int) -> str:
    return f"Twilio error page {code}"


def cited_page(code: int) -> str:
    """A page known only through public code or guides that cite it."""
    return f"Public reports citing Twilio error page {code}"


def article_row(code: int) -> str:
    """A row of the toll-free article, which prints no numbers; the number is from the error page."""
    return f"{TOLLFREE_ARTICLE}; number from Twilio error page {code}"
