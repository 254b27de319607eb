"""What an appeal's page shows one person of one item. Everything is asked for once."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import quote

from django.conf import settings
from django.http import Http404
from django.utils import timezone

from accounts.models import Role, User
from notifications.appeal_forms import AnswerForm, LetterForm, TicketForm, letter_of
from reviews import appeals
from reviews.appeals import is_appealable
from reviews.contract import Kind, Verdict
from reviews.kinds import kind_of
from reviews.models import Appeal, Review

# Longer addresses are cut by mail programs: then only the subject goes along, and the letter is pasted.
LONGEST_MAILTO = 1900
MOST_PAST = 20


class AppealPage:
    """The open appeal of a review, if there is one, with its forms; and those before it."""

    def __init__(self, review: Review, user: User) -> None:
        self.review, self.user, self.now = review, user, timezone.now()
        self.kind: Kind = kind_of(review.kind)
        self.newer: Appeal | None = None
        self.answer_form, self.ticket_form = AnswerForm(), TicketForm()
        self._form: LetterForm | None = None

    @cached_property
    def all(self) -> list[Appeal]:
        return list(self.review.appeals.select_related("sender")[: MOST_PAST + 1])

    @cached_property
    def appeal(self) -> Appeal | None:
        return next((appeal for appeal in self.all if appeal.is_open), None)

    @property
    def past(self) -> list[Appeal]:
        return [appeal for appeal in self.all if not appeal.is_open]

    @property
    def latest_pk(self) -> int:
        """What a button of this page means: the open one, else the last. 404 where there never was one."""
        if not self.all:
            raise Http404
        return (self.appeal or self.all[0]).pk

    @property
    def revision(self) -> int:
        """What the form goes on from. A window that was overtaken keeps its own, so that no later save of it slips
        over the newer text unasked."""
        if self.newer:
            return self.form.cleaned_data.get("revision") or 0
        return self.appeal.revision if self.appeal else 0

    @cached_property
    def verdict(self) -> Verdict:
        return self.kind.verdict(self.review, self.now)

    @property
    def may_begin(self) -> bool:
        return is_appealable(self.review, self.verdict)

    @property
    def may_edit(self) -> bool:
        return self.user.may(Role.EDITOR)

    @property
    def is_draft(self) -> bool:
        return self.appeal is not None and self.appeal.state == Appeal.State.DRAFTED

    @property
    def has_changed(self) -> bool:
        """Whether Twilio shows another payload than the one the letter was written from."""
        return self.is_draft and self.appeal is not None and self.appeal.facts.get("digest") != self.review.digest

    @property
    def form(self) -> LetterForm:
        if self._form is None:
            self._form = LetterForm(initial=letter_of(self.appeal, settings.APPEAL_EMAIL) if self.appeal else {})
        return self._form

    @property
    def mailto(self) -> str:
        """Opens the letter in the person's own mail program."""
        if self.appeal is None:
            return ""
        to = self.appeal.to or settings.APPEAL_EMAIL
        subject = f"mailto:{quote(to, safe='@')}?subject={quote(self.appeal.subject)}"
        whole = f"{subject}&body={quote(self.appeal.text.replace('\n', '\r\n'))}"
        return whole if len(whole) <= LONGEST_MAILTO else subject

    @property
    def is_mailto_whole(self) -> bool:
        return "&body=" in self.mailto

    # --- what was posted ---

    def keep(self, form: LetterForm, *, over: bool) -> None:
        """Saves what was typed. Raises NewerLetter."""
        self.appeal = appeals.keep(self.latest_pk, self.user, form.typed(over=over))

    def with_form(self, form: LetterForm) -> AppealPage:
        self._form = form
        return self

    def with_newer(self, form: LetterForm) -> AppealPage:
        """For a window whose text was not saved: it keeps its own, beside the newer one."""
        self.newer = self.appeal = Appeal.objects.select_related("sender").get(pk=self.latest_pk)
        return self.with_form(form)

    def with_ticket(self, form: TicketForm) -> AppealPage:
        self.ticket_form = form
        return self

    def with_answer(self, form: AnswerForm) -> AppealPage:
        self.answer_form = form
        return self

    @property
    def asks_again_every(self) -> int:
        """Seconds until the page asks again by itself, while the letter is on its way; 0 for never."""
        return 2 if self.appeal is not None and self.appeal.is_on_its_way else 0
