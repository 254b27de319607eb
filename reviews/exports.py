"""The list as a file: everything that is filtered, row by row, Twilio's own words included."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import StreamingHttpResponse

from reviews.models import Review
from reviews.risk import LABELS
from reviews.status import Status
from rulebook.fields import label_of

# A spreadsheet takes a cell that begins like this for a formula. Source: owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEADINGS = (
    "Kind", "Customer", "Name", "Detail", "State", "Twilio status", "In state since", "Codes", "Reasons",
    "Flagged fields", "Deadline", "Attempts counted", "Appealed at", "Our checks", "Codes at risk", "Read at",
    "Gone since", "Unreadable", "SID", "Account SID",
)  # fmt: skip


class Line:
    """A file that hands back what is written to it: csv writes, we stream."""

    def write(self, text: str) -> str:
        return text


def csv_of(reviews: Iterable[Review], name: str) -> StreamingHttpResponse:
    """The reviews as a download. Their customers and accounts must be joined."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(_lines(reviews), content_type="text/csv; charset=utf-8", headers=headers)


def _lines(reviews: Iterable[Review]) -> Iterator[str]:
    writer = csv.writer(Line())
    yield "\N{BYTE ORDER MARK}"  # without it Excel reads UTF-8 as something else
    yield writer.writerow(HEADINGS)
    for review in reviews:
        yield writer.writerow([harmless(cell) for cell in _cells(review)])


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cells(review: Review) -> list[str]:
    return [
        review.kind,
        review.customer.name,
        review.title,
        review.detail,
        Status(review.status).label,
        review.twilio_status,
        _moment(review.status_since),
        " ".join(str(code) for code in review.codes),
        " | ".join(reason.description for reason in review.reasons if reason.description),
        ", ".join(label_of(review.kind, field) for field in review.flagged_fields),
        _moment(review.deadline),
        str(review.attempts_used),
        _moment(review.appealed_at),
        LABELS.get(review.risk, "Not checked yet"),
        " ".join(str(code) for code in review.risk_codes),
        _moment(review.as_of),
        _moment(review.gone_at),
        review.problem,
        review.sid,
        review.account.sid,
    ]


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
