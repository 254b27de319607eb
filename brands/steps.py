"""What has to stand at Twilio before a brand's update call: corrected papers, evaluated, submitted and approved.

Each step looks first and writes only what it does not find, so it may be done again after any failure or kill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from brands import dossier, trusthub
from brands.facts import ADDRESS, FACTS, changed_in, facts_of, value_of, written_as
from brands.hanging import obstacles
from brands.models import Brand, Bundle, Entity
from brands.trusthub import ADDRESS_PARAMETERS, NAMES, Paper, address_of, paper_of
from reviews.contract import NotPrepared, Preparation, Progress, Sending
from reviews.kinds import kind_of
from reviews.models import Attempt, AttemptStep, Review, Source
from reviews.payloads import text
from sync.apply import apply
from twilio_api.answer import Payload
from twilio_api.client import Params, Twilio

# While Twilio's reviewers look: a quarter of the time it has waited, from the shortest pause to the longest.
SHORTEST_PAUSE, LONGEST_PAUSE, SHARE_OF_AGE = timedelta(seconds=10), timedelta(minutes=30), 4


def preparations(brand: Brand, sending: Sending) -> list[Preparation]:
    """Each changed paper, and each bundle whose papers change or that is not approved as it stands. Last of all the
    brand and its papers are looked at once more, also where nothing has to be prepared: what is mirrored may be old."""
    papers, bundles = dossier.papers_of(brand), Bundle.objects.in_bulk(brand.bundle_sids, field_name="sid")
    changed = [paper for paper in papers if changed_in(paper, sending.before, sending.submission)]
    steps = [_writing(paper) for paper in _each_once(changed)]
    for bundle in (bundles[sid] for sid in brand.bundle_sids if sid in bundles):
        if any(paper.bundle_id == bundle.pk for paper in changed) or _is_unfinished(bundle):
            steps += _review_of(bundle)
    return [*steps, Preparation("look", "Brand and papers read once more")]


@dataclass(frozen=True, slots=True)
class Step:
    """A preparation at hand: whose, what is sent, and the SID it is about."""

    twilio: Twilio
    review: Review
    brand: Brand
    sending: Sending
    sid: str


def prepare(twilio: Twilio, review: Review, sending: Sending, key: str) -> Progress:
    """Carries one preparation on. Raises like Twilio's writing calls, or NotPrepared."""
    word, _, sid = key.partition(":")
    brand = Brand.objects.get(review=review)
    if words := obstacles(review, brand):
        raise NotPrepared(" ".join(words))
    return STEPS[word](Step(twilio, review, brand, sending, sid))


def _writing(paper: Entity) -> Preparation:
    if paper.type == ADDRESS:
        return Preparation(f"address:{paper.sid}", "Address corrected")
    return Preparation(f"end_user:{paper.sid}", f"{WORDS.get(paper.type, 'Business facts')} corrected")


WORDS = {
    "customer_profile_business_information": "Business information",
    "authorized_representative_1": "Representative",
    "authorized_representative_2": "Second representative",
    "starter_customer_profile_information": "Owner’s details",
    "us_a2p_messaging_profile_information": "Messaging profile",
    "sole_proprietor_information": "Sole proprietor’s details",
}


def _review_of(bundle: Bundle) -> Iterator[Preparation]:
    name = NAMES[bundle.kind]
    name = name[0].upper() + name[1:]
    yield Preparation(f"evaluate:{bundle.sid}", f"{name} complete")
    yield Preparation(f"submit:{bundle.sid}", f"{name} handed to Twilio’s reviewers")
    yield Preparation(f"await:{bundle.sid}", f"{name} approved")


def _is_unfinished(bundle: Bundle) -> bool:
    return bundle.status != trusthub.APPROVED or bundle.edited_at is not None


def _each_once(papers: list[Entity]) -> list[Entity]:
    return list({paper.sid: paper for paper in papers}.values())


# --- the steps ---


def _end_user(step: Step) -> Progress:
    stands = paper_of(step.twilio.end_user(step.sid).payload)
    if not (wanted := _wanted(stands, step.sending)):
        return _stood_already(step, stands)
    _begin_edit(step)
    answer = step.twilio.update_end_user(step.sid, {**stands.attributes, **wanted})
    return _written(step, paper_of(answer.payload))


def _address(step: Step) -> Progress:
    stands = address_of(step.twilio.address(step.sid).payload)
    if not (wanted := _wanted(stands, step.sending)):
        return _stood_already(step, stands)
    params: Params = {ADDRESS_PARAMETERS[name]: str(value) for name, value in wanted.items()}
    _begin_edit(step)
    return _written(step, address_of(step.twilio.update_address(step.sid, params).payload))


def _evaluate(step: Step) -> Progress:
    bundle = _bundle(step)
    if bundle.status in trusthub.UNDER_REVIEW:
        return Progress("With Twilio’s reviewers already.")
    policy_sid = text(bundle.payload, "policy_sid")
    evaluation = step.twilio.evaluate_bundle(bundle.kind, bundle.sid, policy_sid).payload
    Bundle.objects.filter(pk=bundle.pk).update(evaluation=evaluation)
    if wanting := trusthub.failings(evaluation):
        raise NotPrepared(f"Not complete, so nothing was handed in. {' '.join(wanting)}")
    return Progress("All that its policy asks for is there.")


def _submit(step: Step) -> Progress:
    bundle = _bundle(step)
    if bundle.status in trusthub.UNDER_REVIEW:
        _handed_in(step, bundle)
        return Progress("It was with Twilio’s reviewers already.")
    # Rejected or approved may be the verdict from before our edit or the one on it. A second review costs time only.
    answer = step.twilio.submit_bundle(bundle.kind, bundle.sid)
    _handed_in(step, dossier.keep_bundle(step.review.account, bundle.kind, bundle.sid, answer.payload))
    return Progress("Handed in.")


def _await(step: Step) -> Progress:
    bundle = _bundle(step)
    if bundle.status == trusthub.APPROVED:
        return Progress("Approved.")
    if bundle.status in trusthub.UNDER_REVIEW:
        words = trusthub.status_words(bundle.status)
        return Progress(f"{words} at Twilio; it may take from minutes to days.", again=_pause(step))
    raise NotPrepared(f"{trusthub.status_words(bundle.status)}. {_reasons(bundle.payload)}".strip())


def _look(step: Step) -> Progress:
    """The brand itself, through the one door: what it shows now is what the update is sent over. Then the papers: the
    update has no body, so it is spent on whatever they hold, whoever wrote it."""
    apply(step.review.account, kind_of(step.review.kind), [step.twilio.brand(step.brand.sid)], Source.ATTEMPT)
    dossier.mark_due(step.brand, timezone.now())
    if labels := _not_agreed(facts_of(_papers_now(step)), step.sending):
        raise NotPrepared(
            "Nothing was sent to the registry and no try was used. Somebody changed the papers at Twilio meanwhile. "
            f"Not as agreed: {', '.join(labels)}."
        )
    return Progress("Read.")


STEPS: Mapping[str, Callable[[Step], Progress]] = {
    "end_user": _end_user,
    "address": _address,
    "evaluate": _evaluate,
    "submit": _submit,
    "await": _await,
    "look": _look,
}


# --- what they are made of ---


def _wanted(stands: Paper, sending: Sending) -> dict[str, Any]:
    """The attributes still to be written. Raises NotPrepared where one shows neither what the person saw nor what
    they want: somebody else has changed it since."""
    wanted: dict[str, Any] = {}
    for name, (before, after) in changed_in(stands, sending.before, sending.submission).items():
        shown = value_of(stands.attributes, name)
        if shown == after:
            continue
        if shown != before:
            raise NotPrepared("Somebody changed it at Twilio meanwhile. Look at the difference before you send again.")
        wanted[name] = written_as(stands.attributes.get(name), after)
    return wanted


def _papers_now(step: Step) -> list[Paper]:
    """Every end user and address that holds facts, as Twilio shows it now: one call each."""
    held = [paper for paper in dossier.papers_of(step.brand) if any(fact.is_of(paper) for fact in FACTS)]
    papers = [_paper_now(step.twilio, paper) for paper in _each_once(held)]
    for paper in papers:
        dossier.keep_paper(paper)
    return papers


def _paper_now(twilio: Twilio, paper: Entity) -> Paper:
    if paper.type == ADDRESS:
        return address_of(twilio.address(paper.sid).payload)
    return paper_of(twilio.end_user(paper.sid).payload)


def _not_agreed(shown: Mapping[str, str], sending: Sending) -> list[str]:
    """The labels of the facts that are not as the person agreed to send them, one that came or went among them."""
    return [
        fact.label for fact in FACTS if not _says(shown.get(fact.key, ""), str(sending.submission.get(fact.key, "")))
    ]


def _says(shown: str, agreed: str) -> bool:
    """A list is shown with ", " between, however its commas were typed."""
    return shown in (agreed, ", ".join(written_as([], agreed)))


def _begin_edit(step: Step) -> None:
    """Before the call: whoever comes after a kill has to know that the bundle may hold what nobody has reviewed."""
    Bundle.objects.filter(entities__sid=step.sid).update(edited_at=timezone.now())


def _written(step: Step, now: Paper) -> Progress:
    dossier.keep_paper(now)
    dossier.wrote(step.brand, timezone.now())
    return Progress("Written.")


def _stood_already(step: Step, stands: Paper) -> Progress:
    dossier.keep_paper(stands)
    return Progress("It stood there already.")


def _bundle(step: Step) -> Bundle:
    """The bundle as it is now. An answer older than what is known, by Twilio's own stamp, is an old picture."""
    known = Bundle.objects.get(sid=step.sid)
    payload = step.twilio.bundle(known.kind, known.sid).payload
    if text(payload, "date_updated") < text(known.payload, "date_updated"):
        return known
    return dossier.keep_bundle(step.review.account, known.kind, known.sid, payload)


def _handed_in(step: Step, bundle: Bundle) -> None:
    Bundle.objects.filter(pk=bundle.pk).update(edited_at=None)
    dossier.wrote(step.brand, timezone.now())


def _pause(step: Step) -> timedelta:
    mine = AttemptStep.objects.filter(attempt__review=step.review, attempt__state=Attempt.State.PREPARING)
    began = mine.filter(key=f"await:{step.sid}").values_list("began_at", flat=True).first()
    waited = timezone.now() - began if began else timedelta()
    return min(LONGEST_PAUSE, max(SHORTEST_PAUSE, waited / SHARE_OF_AGE))


def _reasons(payload: Payload) -> str:
    """18602: The Business ID you provided could not be verified."""
    told = (f"{code}: {words}" if code else words for code, words in trusthub.reasons(payload))
    return " ".join(f"{sentence.rstrip('.')}." for sentence in told if sentence)
