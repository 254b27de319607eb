"""Where the rows come from, and when it was read."""

from datetime import date

SEEN = date(2026, 11, 22)
EDIT_GUIDE = "Twilio, Troubleshooting and rectifying A2P campaigns, Campaign Edit beta version"
TOLLFREE_ARTICLE = "Twilio help, toll-free verification rejected: resubmission (2023)"
TOLLFREE_HELP = "Twilio help 9321443984155 (notice of 2025-05-15)"


def error_page(*codes: int) -> str:
    """The page of a number; of several where they name the same fault."""
    *first, last = map(str, codes)
    return f"Twilio error pages {', '.join(first)} and {last}" if first else f"Twilio error page {last}"


def cited_page(code: int) -> str:
    """A page known only through public code or guides that cite it."""
    return f"Public reports citing Twilio error page {code}"


def reported(code: int) -> str:
    """A number whose page we could not read: only public code names it."""
    return f"{code} from public source code"


def article_row(*codes: int) -> str:
    """A row of the toll-free article, which prints no numbers; those are from the error pages."""
    return f"{TOLLFREE_ARTICLE}; {'numbers' if codes[1:] else 'number'} from {error_page(*codes)}"
