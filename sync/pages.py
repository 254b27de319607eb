"""Answers as they are written: page by page, and a long page in pieces."""

from collections.abc import Iterable, Iterator

from twilio_api.answer import Answer

# Answers written in one transaction: locks stay short, and a batch of unchanged ones costs the same as a single one.
BATCH = 200


def in_pages(answers: Iterable[Answer]) -> Iterator[list[Answer]]:
    """Yields what can be written at once. The next page is not asked for before the caller is done with this one, so
    that an interruption costs no more than a page."""
    page: list[Answer] = []
    for answer in answers:
        page.append(answer)
        if answer.ends_page or len(page) == BATCH:
            yield page
            page = []
    if page:
        yield page
