"""What a test or a demo may do to this Twilio from outside: POST JSON to /_sandbox/<verb>, or GET what it noticed.

An item is named by one SID, and its first two letters tell its kind; a campaign is named by its service (MG...).
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from sandbox import (
    accounts,
    brands,
    campaigns,
    fault_verbs,
    news,
    news_verbs,
    numbers,
    papers,
    reviewer,
    services,
    tollfree,
    trusthub,
)
from sandbox.call import Answer
from sandbox.courses import COURSES
from sandbox.registry import Entry
from sandbox.rejections import Rejection
from sandbox.world import ApiKey, Kind, Payload, Resource, World, new_sid

VERBS_PATH = "/_sandbox/"
KINDS_BY_PREFIX: Mapping[str, tuple[Kind, ...]] = {
    "MG": (Kind.CAMPAIGN, Kind.SERVICE),
    "BN": (Kind.BRAND,),
    "VT": (Kind.VETTING,),
    "HH": (Kind.VERIFICATION,),
    "BU": (Kind.CUSTOMER_PROFILE, Kind.TRUST_PRODUCT),
    "IT": (Kind.END_USER,),
    "RD": (Kind.DOCUMENT,),
    "AD": (Kind.ADDRESS,),
    "DG": (Kind.SINK,),
    "DF": (Kind.SUBSCRIPTION,),
}


class Unknown(Exception):
    """The verb or the item does not exist; answered 404."""


class Verbs:
    """`refill` builds the world the sandbox started with, for `reset`."""

    def __init__(self, world: World, refill: Callable[[World], None]) -> None:
        self._world, self._refill = world, refill
        self._looks: Mapping[str, Callable[[], Any]] = {
            "calls": self._calls,
            "counters": self._counters,
            "state": self._state,
            **news_verbs.looks(world),
            "registry": self._registry,
        }
        self._deeds: Mapping[str, Callable[[Payload], Any]] = {
            "status": self._status,
            "approve": self._approve,
            "reject": self._reject,
            "suspend": self._suspend,
            "judge": self._judge,
            "answer-otp": self._answer_otp,
            "remove": self._remove,
            "edit": self._edit,
            "override": self._override,
            "clear-journal": self._clear_journal,
            "clock": self._clock,
            "create-account": self._create_account,
            "create-key": self._create_key,
            "create-profile": self._create_profile,
            "file-papers": self._file_papers,
            "enter-registry": self._enter_registry,
            "create-service": self._create_service,
            "create-brand": self._create_brand,
            "create-campaign": self._create_campaign,
            "create-number": self._create_number,
            "share-campaign": self._share_campaign,
            "create-verification": self._create_verification,
            "empty": self._empty,
            "reset": self._reset,
            **news_verbs.deeds(world),
            **fault_verbs.deeds(world),
        }

    def obey(self, method: str, path: str, content: str) -> Answer:
        name = path.removeprefix(VERBS_PATH)
        try:
            if method == "GET" and name in self._looks:
                return Answer(200, self._looks[name]())
            if method == "POST" and name in self._deeds:
                self._world.revision += 1
                return Answer(200, self._deeds[name](json.loads(content or "{}")) or {})
            raise Unknown(f"no verb {method} {name}")
        except Unknown as unknown:
            return Answer(404, {"error": str(unknown)})
        except (ValueError, KeyError, TypeError, re.error) as wrong:
            return Answer(400, {"error": f"{type(wrong).__name__}: {wrong}"})

    # Looking

    def _calls(self) -> Payload:
        return {"calls": [asdict(call) for call in self._world.journal.calls]}

    def _counters(self) -> Payload:
        return self._world.journal.counters()

    def _state(self) -> Payload:
        """How many there are, and every item that can be reviewed with its status."""
        reviewed = (resource for kind in COURSES for resource in self._world.shelves[kind])
        return {
            "now": self._world.clock.now(),
            "faults": len(self._world.faults),
            "weather": self._world.faults.weather is not None,
            "accounts": [asdict(account) for account in self._world.accounts.values()],
            "counts": {kind: len(shelf) for kind, shelf in self._world.shelves.items()},
            "items": [_summary(resource) for resource in reviewed],
        }

    def _registry(self) -> Payload:
        return {"entries": [asdict(entry) for entry in self._world.registry]}

    # Reviewing

    def _status(self, asked: Payload) -> Payload:
        item = self._item(asked)
        reviewer.set_status(self._world, item, str(asked["status"]))
        return _summary(item)

    def _approve(self, asked: Payload) -> Payload:
        item = self._item(asked)
        reviewer.approve(self._world, item)
        return _summary(item)

    def _reject(self, asked: Payload) -> Payload:
        """`fields` maps a code to the fields it flags; `changes` sets anything else, such as `edit_expiration`."""
        item, flagged = self._item(asked), asked.get("fields") or {}
        codes = [int(code) for code in asked["codes"]]
        reviewer.reject(self._world, item, [Rejection(code, tuple(flagged.get(str(code), ()))) for code in codes])
        item.change(self._world.clock.now(), asked.get("changes") or {})
        return _summary(item)

    def _suspend(self, asked: Payload) -> Payload:
        """An item, a brand with its campaigns, or an account, which may also be closed or made active again."""
        if account := self._world.accounts.get(str(asked["sid"])):
            account.status = str(asked.get("status", "suspended"))
            return {"sid": account.sid, "status": account.status}
        item = self._item(asked)
        reviewer.suspend(self._world, item)
        return _summary(item)

    def _judge(self, asked: Payload) -> Payload:
        """The verdict now on one item, or on everything under review."""
        reviewed = (resource for kind in COURSES for resource in self._world.shelves[kind])
        items = [self._item(asked)] if "sid" in asked else list(filter(reviewer.is_under_review, reviewed))
        for item in items:
            reviewer.judge(self._world, item)
        return {"judged": [_summary(item) for item in items]}

    def _answer_otp(self, asked: Payload) -> Payload:
        """A sole proprietor answers YES on the mobile."""
        brand = self._item(asked)
        if brand.kind is not Kind.BRAND:
            raise Unknown(f"no brand {brand.key}")
        return {"in_time": brands.answer_otp(self._world, brand)}

    # Bending

    def _remove(self, asked: Payload) -> None:
        item = self._item(asked)
        self._world.remove(item)
        if item.kind in (Kind.CAMPAIGN, Kind.VERIFICATION):
            news.tell(self._world, item, "DELETED")

    def _edit(self, asked: Payload) -> Payload:
        """As somebody does in the Console: no call of the API is counted."""
        item = self._item(asked)
        item.updates += 1
        changes = asked.get("changes") or {}
        if item.kind in COURSES:
            reviewer.submit(self._world, item, changes)
        else:
            item.change(self._world.clock.now(), changes)
        return _summary(item)

    def _override(self, asked: Payload) -> None:
        """Answers show `payload` over the real one and leave out `missing`; neither given, all is as it was."""
        item = self._item(asked)
        item.override = asked.get("payload")
        item.missing = tuple(asked.get("missing") or ())

    def _clear_journal(self, asked: Payload) -> None:
        self._world.journal.clear()

    def _clock(self, asked: Payload) -> Payload:
        """`{"freeze": true}`, `{"advance": seconds}` and `{"run": true}`, in this order where several are given."""
        clock = self._world.clock
        if asked.get("freeze"):
            clock.freeze()
        clock.advance(float(asked.get("advance", 0)))
        if asked.get("run"):
            clock.run()
        reviewer.tick(self._world)
        return {"now": clock.now()}

    # Creating: fields are those of Twilio's payload

    def _create_account(self, asked: Payload) -> Payload:
        if parent := asked.get("owner_account_sid"):
            self._account(parent)
        return asdict(accounts.add(self._world, asked))

    def _create_key(self, asked: Payload) -> Payload:
        owner = self._account(asked["account_sid"])
        key = ApiKey(new_sid("SK"), new_sid(""), owner, is_main=bool(asked.get("is_main")))
        self._world.keys[key.sid] = key
        return asdict(key)

    def _create_profile(self, asked: Payload) -> Payload:
        kind = Kind(asked.pop("kind", Kind.CUSTOMER_PROFILE))
        return trusthub.add(self._world, kind, self._account(asked["account_sid"]), asked).payload

    def _file_papers(self, asked: Payload) -> Payload:
        """The whole papers of a business: see `papers.Filing`."""
        account_sid = self._account(asked["account_sid"])
        return papers.as_payload(papers.file(self._world, account_sid, papers.filing_of(asked)))

    def _enter_registry(self, asked: Payload) -> Payload:
        """What the authority has on file from now on for a tax number."""
        entry = Entry(**asked)
        self._world.registry.enter(entry)
        return asdict(entry)

    def _create_service(self, asked: Payload) -> Payload:
        return services.add(self._world, self._account(asked["account_sid"]), asked).payload

    def _create_brand(self, asked: Payload) -> Payload:
        return brands.add(self._world, self._account(asked["account_sid"]), asked).payload

    def _create_campaign(self, asked: Payload) -> Payload:
        service = self._world.find(Kind.SERVICE, str(asked["messaging_service_sid"]))
        if service is None:
            raise Unknown(f"no service {asked['messaging_service_sid']}")
        return campaigns.add(self._world, service, asked).payload

    def _share_campaign(self, asked: Payload) -> None:
        """Another provider shares a campaign with Twilio; fields are its texts."""
        campaign_id = str(asked.pop("campaign_id"))
        self._world.shared_campaigns[campaign_id] = asked

    def _create_number(self, asked: Payload) -> Payload:
        return numbers.add(self._world, self._account(asked["account_sid"]), asked).payload

    def _create_verification(self, asked: Payload) -> Payload:
        return tollfree.add(self._world, self._account(asked["account_sid"]), asked).payload

    def _empty(self, asked: Payload) -> None:
        self._world.empty()

    def _reset(self, asked: Payload) -> None:
        self._world.empty()
        self._refill(self._world)

    def _account(self, sid: str) -> str:
        if sid not in self._world.accounts:
            raise Unknown(f"no account {sid}")
        return sid

    def _item(self, asked: Payload) -> Resource:
        sid = str(asked["sid"])
        for kind in KINDS_BY_PREFIX.get(sid[:2], ()):
            if resource := self._world.find(kind, sid):
                return resource
        raise Unknown(f"no item {sid}")


def _summary(resource: Resource) -> Payload:
    course = COURSES.get(resource.kind)
    return {
        "kind": resource.kind,
        "account_sid": resource.account_sid,
        "sid": resource.key,
        "status": resource.payload[course.field] if course else None,
        "updates": resource.updates,
        "errors": resource.payload.get("errors"),
    }
