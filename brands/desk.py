"""One person at one brand: what the shared repair pages ask of this kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.utils import timezone

from brands import asking, checks, remote, repair
from brands.checks import Context
from brands.draft import Draft
from brands.forms import PARTS, BrandForm
from brands.models import Brand
from brands.panels import Hanging, hanging_of, is_reading
from reviews.contract import Kind
from reviews.repair_form import RepairForm
from rulebook.findings import Finding
from sync.desk import Desk, Spend
from sync.gate import Objection
from twilio_api.answer import Payload


class BrandDesk(Desk):
    kind: ClassVar[Kind] = remote
    form_class = BrandForm
    parts = PARTS
    pages = "brands"
    sends_everything = False
    sent_words = "Written into the profile behind the brand"
    has_opt_in = False
    above = "brands/_above.html"
    own_checks = tuple(checks.LOOKS)

    @cached_property
    def context(self) -> Context:
        return checks.context_of(self.review.pk)

    @property
    def payload(self) -> Payload:
        return self.context.payload

    @cached_property
    def brand(self) -> Brand:
        return Brand.objects.get(review=self.review)

    @property
    def is_reading(self) -> bool:
        return is_reading(self.brand, timezone.now())

    @cached_property
    def on(self) -> Hanging:
        """What hangs on it."""
        return hanging_of(self.review, self.brand, self.user)

    @property
    def frozen(self) -> Collection[str]:
        """Nothing: what no update carries stands beside the form."""
        return ()

    @property
    def offered(self) -> Collection[str]:
        return self.stands.keys()

    def judge(self, draft: Draft) -> tuple[Finding, ...]:
        return checks.run(draft, self.context)

    @property
    def spend(self) -> Spend:
        return repair.submit

    def fix_context(self, form: RepairForm, not_sent: Sequence[Objection] = ()) -> dict[str, Any]:
        """Whoever opens the form has the papers read again, if what is known of them is old."""
        asking.ask(self.review, timezone.now())
        return super().fix_context(form, not_sent)
