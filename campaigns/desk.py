"""One person at one campaign: what the shared repair pages ask of this kind."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import ClassVar

from campaigns import checks, remote, repair
from campaigns.checks import Context
from campaigns.draft import Draft
from campaigns.forms import PARTS, CampaignForm
from reviews.contract import Kind
from reviews.status import Status
from rulebook.findings import Finding
from rulebook.limits import CAMPAIGN_FROZEN_WHEN_VERIFIED
from sync.desk import Desk, Spend
from twilio_api.answer import Payload


class CampaignDesk(Desk):
    kind: ClassVar[Kind] = remote
    form_class = CampaignForm
    parts = PARTS
    pages = "campaigns"
    sends_everything = True
    sent_words = "All of it is sent with every update, changed or not"

    @cached_property
    def context(self) -> Context:
        return checks.context_of(self.review.pk)

    @property
    def payload(self) -> Payload:
        return self.context.payload

    def judge(self, draft: Draft) -> tuple[Finding, ...]:
        return checks.run(draft, self.context)

    @property
    def frozen(self) -> Collection[str]:
        """Of an approved campaign the four flags: Twilio refuses the update otherwise."""
        return CAMPAIGN_FROZEN_WHEN_VERIFIED if self.review.status == Status.APPROVED else ()

    @property
    def spend(self) -> Spend:
        return repair.submit
