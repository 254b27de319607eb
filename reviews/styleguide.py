"""Every component on one page, with made-up content. Served while DEBUG is on; tests render it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reviews.timeline import Event

OLD_TEXT = (
    "Customers tick a box on https://larkspur.example or text JOIN to our number. The box reads: I agree to receive "
    "text messages from Larkspur. Reply STOP to cancel."
)
NEW_TEXT = (
    "Customers tick an optional, unchecked box on https://larkspur.example/book. The box reads: I agree to receive "
    "offers and service reminders by text from Larkspur Bike Repair. Message frequency varies. Message and data rates "
    "may apply. Reply STOP to opt out, HELP for help."
)
SAMPLE = "Larkspur Bike Repair: Hi [First Name], tune-ups are 20 % off until [Date]. Reply STOP to opt out."


@dataclass(frozen=True)
class Finding:
    severity: str
    message: str
    advice: str = ""
    codes: tuple[str, ...] = ()
    field_id: str = ""
    field_label: str = ""


@dataclass(frozen=True)
class Step:
    name: str
    note: str
    state: str


@dataclass(frozen=True)
class Row:
    customer: str
    kind: str
    deadline: datetime | None
    since: datetime
    status: str
    twilio_status: str
    code: str
    reason: str
    left: int


class Correction(forms.Form):
    description = forms.CharField(
        min_length=40,
        max_length=4096,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who sends, to whom, and why, in one or two sentences.",
    )
    message_flow = forms.CharField(
        label="Opt-in description", min_length=40, max_length=2048, widget=forms.Textarea(attrs={"rows": 4})
    )
    privacy_policy = forms.URLField(label="Privacy policy", assume_scheme="https")
    account = forms.CharField(label="Account SID", widget=forms.TextInput(attrs={"class": "is-mono"}), required=False)
    use_case = forms.ChoiceField(
        label="Use case", choices=[("marketing", "Marketing"), ("care", "Customer care")], required=False
    )
    route = forms.ChoiceField(
        label="Way forward",
        choices=[("edit", "Edit and resubmit"), ("recreate", "Recreate, $15.00")],
        widget=forms.RadioSelect,
        help_text="Deleting starts at the end of the queue.",
    )
    has_links = forms.BooleanField(label="Links", help_text="found in sample 1", required=False)
    accept_fee = forms.BooleanField(label="I accept that Twilio may charge up to $15.00")


def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/styleguide.html", specimens(timezone.now()))


def specimens(now: datetime) -> dict[str, object]:
    return {
        "now": now,
        "statuses": ["needs_fix", "needs_decision", "in_review", "approved", "stopped", "draft", "unknown"],
        "levels": ["error", "warning", "advice", "ok"],
        "deadlines": [now + timedelta(hours=hours) for hours in (-1, 0.5, 9.2, 28, 67, 150)],
        "moments": [now - timedelta(minutes=minutes) for minutes in (0, 20, 190, 7200, 51840, 180000)],
        "rows": _rows(now),
        "old": OLD_TEXT,
        "new": NEW_TEXT,
        "sample": SAMPLE,
        "spans": [_span("https://larkspur.example", 2), _span("text JOIN to our number", 2), _span("text messages", 1)],
        "form": _refused_form(),
        "findings": FINDINGS,
        "steps": STEPS,
        "events": _events(now),
        "verdict_facts": [
            ("Free tries left", "1 of 3", "counted here; Console not checked"),
            ("Fee expected now", "$0.00", "at most $15.00"),
            ("Then", "$15.00", "for each further try"),
            ("Rough wait", "12 days", "median of our last 41"),
        ],
        "facts": [("Ball", "Us, since 20 min"), ("At Twilio", "FAILED"), ("Read", "2 min ago", "#facts")],
    }


def _span(flagged: str, key: int) -> tuple[int, int, int]:
    start = OLD_TEXT.index(flagged)
    return start, start + len(flagged), key


def _refused_form() -> Correction:
    return Correction(
        {
            "description": "Larkspur Bike Repair texts customers who booked a repair with seasonal offers.",
            "message_flow": "Customers tick a box.",
            "privacy_policy": "https://larkspur.example/privacy",
            "route": "edit",
            "has_links": "on",
        }
    )


FINDINGS = [
    Finding(
        "error",
        "Say that rates may apply",
        "Twilio looks for the exact words.",
        ("30924",),
        "id_message_flow",
        "Opt-in description",
    ),
    Finding("warning", "Sample 2 does not name the brand", codes=("30893",)),
    Finding("advice", "A second sample makes the review quicker"),
    Finding("ok", "Says how often"),
]

STEPS = [
    Step("Queued", "14:06:02", "done"),
    Step("Sending", "14:06:03, one call", "done"),
    Step("Accepted?", "reading the campaign back", "now"),
    Step("In review", "about 12 days", "next"),
    Step("Verdict", "around 4 Dec", "next"),
]


def _events(now: datetime) -> list[Event]:
    sent = now - timedelta(days=19, hours=1)
    return [
        Event("Failed", now - timedelta(minutes=20), status="needs_fix", code="30924, 30909", note="seen by poll"),
        Event("In review", now - timedelta(days=19), status="in_review", code="IN_PROGRESS", is_waiting=True),
        Event("Ana Ruiz resubmitted version 3", sent, icon="paper-airplane", url="#timeline"),
        Event("Mira Chen: “Owner says nobody used JOIN.”", now - timedelta(days=39), icon="chat-bubble-left"),
    ]


def _rows(now: datetime) -> list[Row]:
    return [
        Row(
            customer="Harbor Dental Tacoma",
            kind="Toll-free",
            deadline=now + timedelta(hours=9, minutes=12),
            since=now - timedelta(days=6),
            status="needs_fix",
            twilio_status="TWILIO_REJECTED",
            code="30509",
            reason="Opt-in URL not accessible",
            left=3,
        ),
        Row(
            customer="Larkspur Bike Repair",
            kind="Campaign",
            deadline=None,
            since=now - timedelta(minutes=20),
            status="needs_fix",
            twilio_status="FAILED",
            code="30924",
            reason="Consent wording lacks frequency and rates",
            left=1,
        ),
        Row(
            customer="Juniper Loan Desk",
            kind="Campaign",
            deadline=None,
            since=now - timedelta(days=3),
            status="needs_decision",
            twilio_status="FAILED",
            code="30885",
            reason="High risk: Twilio does not take this one again",
            left=0,
        ),
    ]
