"""What keeps a registration from moving although no reviewer has it: suspended, being deleted, registered elsewhere.

Rows, each with its source and date. Where the documents say nothing, `undocumented` says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rulebook.catalogue.sources import SEEN, error_page
from rulebook.routes import Route

OPENAPI = "Twilio’s OpenAPI of 2026-04-14"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """`why` says by itself or through what. `restricted` is what cannot be done, `waits_for` what has to come and from
    whom, `todo` what people can do meanwhile."""

    headline: str
    why: str
    route: Route
    restricted: tuple[str, ...] = ()
    waits_for: str = ""
    todo: tuple[str, ...] = ()
    undocumented: str = ""
    source: str
    seen: date = SEEN


_ASK = "Find Twilio’s notice first: it goes by mail to the account’s contacts and stands in the Support Center."
_TICKET = "Where there is none, open a support ticket with the SIDs of this page and ask what was seen."
_MEND = "Correct the live traffic, and tell Twilio Support what changed and since when."
_NO_DETOUR = "Do not send the same messages through another campaign or number."
_CAMPAIGN_LIMITS = (
    "Its messages are blocked and fail with 30033.",
    "Twilio refuses every change of it with 21729, so it has no edit here.",
)
_CAMPAIGN_SOURCE = error_page(21729, 30033, 30990)

CAMPAIGN_SUSPENDED = Hold(
    headline="Suspended by Twilio or a carrier",
    why="A suspended campaign cannot be edited or resubmitted. Either it was stopped itself, or its brand was.",
    route=Route.SUPPORT,
    restricted=_CAMPAIGN_LIMITS,
    waits_for="Twilio Support, who lift a suspension.",
    todo=(_ASK, _TICKET, _MEND, _NO_DETOUR),
    undocumented="Its brand is not mirrored here, so whether the suspension came with the brand cannot be told.",
    source=_CAMPAIGN_SOURCE,
)
CAMPAIGN_SUSPENDED_ITSELF = Hold(
    headline="Suspended by Twilio or a carrier",
    why="The campaign itself is suspended: its brand is not. The usual causes are traffic that differs from what was "
    "registered, and complaints.",
    route=Route.SUPPORT,
    restricted=_CAMPAIGN_LIMITS,
    waits_for="Twilio Support, who lift a suspension.",
    todo=(_ASK, _TICKET, _MEND, _NO_DETOUR),
    source=_CAMPAIGN_SOURCE,
)
CAMPAIGN_SUSPENDED_THROUGH_BRAND = Hold(
    headline="Suspended with its brand",
    why="Its brand is suspended, and every campaign on a suspended brand is suspended with it. Nothing about this "
    "campaign alone can lift it.",
    route=Route.SUPPORT,
    restricted=(*_CAMPAIGN_LIMITS, "No campaign can be registered under the brand: 21731."),
    waits_for="The brand’s suspension to be lifted by Twilio Support.",
    todo=("Settle the brand first; this campaign follows it.", _ASK, _TICKET, _NO_DETOUR),
    source=error_page(21729, 21731, 30033),
)
CAMPAIGN_DELETED = Hold(
    headline="Deleted at Twilio",
    why="Twilio shows this campaign as deleted. It carries no traffic any more and does not come back.",
    route=Route.NONE,
    restricted=("It cannot be edited, and its numbers need another approved campaign: 30034.",),
    todo=("Register a new campaign if the program goes on. That may cost the vetting fee.",),
    undocumented="The word is not in Twilio’s documents of a campaign’s states.",
    source=error_page(30034),
)
BRAND_SUSPENDED = Hold(
    headline="Brand suspended",
    why="The brand itself is suspended, and every campaign on it with it.",
    route=Route.SUPPORT,
    restricted=(
        "Twilio refuses updates of the brand and new campaigns under it with 21731.",
        "Messages of all its campaigns are blocked and fail with 30033.",
    ),
    waits_for="Twilio Support, who lift a suspension.",
    todo=(_ASK, _TICKET, "Do not register the business again under another brand to get around it."),
    source=error_page(21731, 30033),
)
BRAND_LEAVING = Hold(
    headline="Being deleted",
    why="Somebody asked Twilio to delete this brand, and the deletion is under way.",
    route=Route.WAIT,
    restricted=("It takes no update and no new campaign.",),
    waits_for="Twilio, to finish the deletion. The brand then disappears, and its history stays here.",
    todo=("If nobody here asked for it, find out who did and write to Twilio Support at once.",),
    undocumented="How long it takes and whether it can be called back is not documented.",
    source=f"{OPENAPI}, BrandRegistrationsEnumStatus",
)
BRAND_NOT_DELETED = Hold(
    headline="Deletion failed",
    why="Twilio could not delete this brand. It is neither gone nor usable as it stands.",
    route=Route.SUPPORT,
    restricted=("It takes no update here: what state it is in only Twilio can say.",),
    waits_for="Somebody to delete it again in the Console, or Twilio Support.",
    todo=(
        "Look in the Console whether campaigns still hang on it: they go first.",
        "Delete it again there, or ask Twilio Support what holds it.",
    ),
    undocumented="Why a deletion fails is not documented.",
    source=f"{OPENAPI}, BrandRegistrationsEnumStatus",
)
STOPPED = Hold(
    headline="Stopped by Twilio or a carrier",
    why="A suspended registration cannot be edited. Ask Twilio Support what happened and what would lift it.",
    route=Route.SUPPORT,
    todo=(_ASK, _TICKET),
    source=OPENAPI,
)

_BY_WORD = {
    ("campaign", "SUSPENDED"): CAMPAIGN_SUSPENDED,
    ("campaign", "DELETED"): CAMPAIGN_DELETED,
    ("brand", "SUSPENDED"): BRAND_SUSPENDED,
    ("brand", "DELETION_PENDING"): BRAND_LEAVING,
    ("brand", "DELETION_FAILED"): BRAND_NOT_DELETED,
}

_ELSEWHERE = (
    "It was registered with The Campaign Registry by another provider, and its text is kept and corrected there: "
    "no edit is possible here."
)
_UNSHOWN = (
    "Whether it is migrating to Twilio (CnpMigration) is not shown by Twilio’s API, and whether Twilio would take an "
    "edit of such a campaign is not documented; Redress sends none."
)
_EXTERNAL_SOURCE = f"{OPENAPI}, PreregisteredUsa2p; {error_page(30904, 30905, 30906)}"
_NO_EDIT = ("Nothing of it can be edited or resubmitted here.",)

EXTERNAL_NOT_SHARED = Hold(
    headline="Registered elsewhere, not shared with Twilio",
    why=f"Twilio does not find it among the campaigns shared with it. {_ELSEWHERE}",
    route=Route.WAIT,
    restricted=_NO_EDIT,
    waits_for="You or the provider that registered it: it has to be shared with Twilio in the registry, and Twilio has "
    "to accept.",
    todo=(
        "Share the campaign with Twilio in the registry’s portal, or ask the provider to.",
        "For a migration, trigger it in that portal first and wait until Twilio has accepted.",
        "Then attach the campaign to the messaging service again.",
    ),
    undocumented=_UNSHOWN,
    source=_EXTERNAL_SOURCE,
)
EXTERNAL_NOT_ACCEPTED = Hold(
    headline="Registered elsewhere, waiting for Twilio to accept it",
    why=f"It was attached before Twilio had accepted the share. {_ELSEWHERE}",
    route=Route.WAIT,
    restricted=_NO_EDIT,
    waits_for="Twilio, to accept the share. The registry tells the provider when it has.",
    todo=(
        "Wait for the registry’s notice of acceptance.",
        "Then attach the campaign to the messaging service again.",
    ),
    undocumented=_UNSHOWN,
    source=_EXTERNAL_SOURCE,
)
EXTERNAL_DECLINED = Hold(
    headline="Registered elsewhere, declined by Twilio",
    why=f"Twilio declined what the other provider shared. {_ELSEWHERE}",
    route=Route.WAIT,
    restricted=_NO_EDIT,
    waits_for="The provider that registered it: it has to be corrected there and shared again.",
    todo=("Have it corrected at that provider.", "Have it shared with Twilio again, and attach it again."),
    undocumented=_UNSHOWN,
    source=_EXTERNAL_SOURCE,
)
MIGRATION_ENDED = Hold(
    headline="Its migration to Twilio did not go through",
    why=f"The move from the other provider was cancelled, or nobody confirmed it in time. {_ELSEWHERE}",
    route=Route.WAIT,
    restricted=_NO_EDIT,
    waits_for="You or the provider it was to leave: the migration has to be started again there.",
    todo=(
        "Trigger the migration in the other provider’s portal again.",
        "Wait until Twilio has accepted the share, then attach it with the mark of a migration.",
    ),
    undocumented=_UNSHOWN,
    source=f"{OPENAPI}, CreateExternalCampaign; {error_page(30992, 30993)}",
)
EXTERNAL_REJECTED = Hold(
    headline="Registered elsewhere, and rejected",
    why=_ELSEWHERE,
    route=Route.WAIT,
    restricted=_NO_EDIT,
    waits_for="The provider that registered it: what the reasons name has to be corrected there.",
    todo=("Send the provider the reasons below.", "Once it is corrected and shared, attach it again."),
    undocumented=_UNSHOWN,
    source=_EXTERNAL_SOURCE,
)
EXTERNAL_PENDING = Hold(
    headline="Registered elsewhere, waiting for Twilio and the carriers",
    why=_ELSEWHERE,
    route=Route.WAIT,
    restricted=_NO_EDIT,
    waits_for="Twilio, to accept the share in the registry, and the carriers after it.",
    todo=("Wait. If it does not move for days, look in the registry’s portal whether the share was accepted.",),
    undocumented=_UNSHOWN,
    source=_EXTERNAL_SOURCE,
)
EXTERNAL_STANDING = Hold(
    headline="Registered elsewhere, and approved",
    why=_ELSEWHERE,
    route=Route.NONE,
    restricted=_NO_EDIT,
    waits_for="Nothing: it stands.",
    todo=("Have changes of its text made by the provider that registered it.",),
    undocumented=_UNSHOWN,
    source=_EXTERNAL_SOURCE,
)
_BY_CODE = {
    30904: EXTERNAL_NOT_SHARED,
    30905: EXTERNAL_NOT_ACCEPTED,
    30906: EXTERNAL_DECLINED,
    30992: MIGRATION_ENDED,
    30993: MIGRATION_ENDED,
}
# Codes that only a campaign of another provider is rejected with.
ELSEWHERE_CODES = frozenset(_BY_CODE)


def hold_of(kind: str, word: str) -> Hold:
    """What Twilio's word for a stopped thing means; the general row for a word that has none of its own."""
    return _BY_WORD.get((kind, word.upper()), STOPPED)


def rejected_elsewhere(codes: Sequence[int]) -> Hold:
    """What a rejected campaign of another provider waits for: the first of its codes that says so decides."""
    return next((_BY_CODE[code] for code in codes if code in _BY_CODE), EXTERNAL_REJECTED)
