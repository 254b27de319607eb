"""One person at one toll-free verification: what the shared repair pages ask of this kind."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import ClassVar

from reviews.contract import Kind
from rulebook.findings import Finding
from sync.desk import Desk, Spend
from tollfree import checks, remote, repair
from tollfree.checks import Context
from tollfree.draft import Draft
from tollfree.forms import PARTS, TollfreeForm
from twilio_api.answer import Payload


class TollfreeDesk(Desk):
    kind: ClassVar[Kind] = remote
    form_class = TollfreeForm
    parts = PARTS
    pages = "tollfree"
    sends_everything = False
    sent_words = "Only what you change is sent"
    note_is_sent = True

    @cached_property
    def context(self) -> Context:
        return checks.context_of(self.review.pk)

    @property
    def payload(self) -> Payload:
        return self.context.payload

    @property
    def frozen(self) -> Collection[str]:
        """Nothing: Twilio takes all of it, or no edit at all."""
        return ()

    def judge(self, draft: Draft) -> tuple[Finding, ...]:
        return checks.run(draft, self.context)

    @property
    def spend(self) -> Spend:
        return repair.submit
