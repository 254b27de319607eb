"""The table of routes: every call this sandbox answers, by Twilio's host, method and path."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from sandbox import (
    accounts,
    addresses,
    assignments,
    brands,
    campaigns,
    evaluations,
    event_types,
    external,
    items,
    numbers,
    services,
    sinks,
    subscriptions,
    tollfree,
    trusthub,
    vettings,
)
from sandbox.call import Handler
from sandbox.errors import METHOD_NOT_ALLOWED, NOT_FOUND, Refused
from sandbox.items import Drawer
from sandbox.world import Kind

API = "api.twilio.com"
EVENTS = "events.twilio.com"
MESSAGING = "messaging.twilio.com"
TRUSTHUB = "trusthub.twilio.com"

_SERVICES = "/v1/Services"
_CAMPAIGNS = "/v1/Services/{service}/Compliance/Usa2p"
_BRANDS = "/v1/a2p/BrandRegistrations"
_VERIFICATIONS = "/v1/Tollfree/Verifications"
_OF_ACCOUNT = f"{accounts.PATH}/{{account}}"


@dataclass(frozen=True)
class Route:
    """`name` is the kind of call it is counted as; `manages_accounts` shuts out standard API keys."""

    host: str
    method: str
    path: str
    name: str
    answer: Handler
    manages_accounts: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A type of event has dots in its name; elsewhere a dot begins the 2010 API's ".json"."""
        path = re.escape(self.path).replace(r"\{type\}", "(?P<type>[^/]+)")
        return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/.]+)", path))


def _bundle_routes(kind: Kind, name: str) -> tuple[Route, ...]:
    """Profiles and A2P bundles answer the same calls; they are counted apart."""
    path = f"/v1/{trusthub.PATHS[kind]}"
    bundle = f"{path}/{{bundle}}"
    assigned, evaluated = f"{bundle}/EntityAssignments", f"{bundle}/Evaluations"
    return (
        Route(TRUSTHUB, "GET", path, f"{name}s.list", trusthub.lister(kind)),
        Route(TRUSTHUB, "POST", path, f"{name}s.create", trusthub.creator(kind)),
        Route(TRUSTHUB, "GET", bundle, f"{name}s.fetch", trusthub.fetcher(kind)),
        Route(TRUSTHUB, "POST", bundle, f"{name}s.update", trusthub.updater(kind)),
        Route(TRUSTHUB, "GET", assigned, f"{name}_assignments.list", assignments.lister(kind)),
        Route(TRUSTHUB, "POST", assigned, f"{name}_assignments.create", assignments.creator(kind)),
        Route(TRUSTHUB, "GET", f"{assigned}/{{sid}}", f"{name}_assignments.fetch", assignments.fetcher(kind)),
        Route(TRUSTHUB, "DELETE", f"{assigned}/{{sid}}", f"{name}_assignments.delete", assignments.deleter(kind)),
        Route(TRUSTHUB, "GET", evaluated, f"{name}_evaluations.list", evaluations.lister(kind)),
        Route(TRUSTHUB, "POST", evaluated, f"{name}_evaluations.create", evaluations.creator(kind)),
        Route(TRUSTHUB, "GET", f"{evaluated}/{{sid}}", f"{name}_evaluations.fetch", evaluations.fetcher(kind)),
    )


def _event_routes() -> tuple[Route, ...]:
    sink, subscription = "/v1/Sinks/{sid}", "/v1/Subscriptions/{sid}"
    events = "/v1/Subscriptions/{subscription}/SubscribedEvents"
    return (
        Route(EVENTS, "GET", "/v1/Types", "event_types.list", event_types.list_),
        Route(EVENTS, "GET", "/v1/Sinks", "sinks.list", sinks.list_),
        Route(EVENTS, "POST", "/v1/Sinks", "sinks.create", sinks.create),
        Route(EVENTS, "GET", sink, "sinks.fetch", sinks.fetch),
        Route(EVENTS, "DELETE", sink, "sinks.delete", sinks.delete),
        Route(EVENTS, "POST", f"{sink}/Test", "sink_tests.create", sinks.test),
        Route(EVENTS, "POST", f"{sink}/Validate", "sink_validations.create", sinks.validate),
        Route(EVENTS, "GET", "/v1/Subscriptions", "subscriptions.list", subscriptions.list_),
        Route(EVENTS, "POST", "/v1/Subscriptions", "subscriptions.create", subscriptions.create),
        Route(EVENTS, "GET", subscription, "subscriptions.fetch", subscriptions.fetch),
        Route(EVENTS, "DELETE", subscription, "subscriptions.delete", subscriptions.delete),
        Route(EVENTS, "GET", events, "subscribed_events.list", subscriptions.list_events),
        Route(EVENTS, "POST", events, "subscribed_events.create", subscriptions.subscribe),
        Route(EVENTS, "DELETE", f"{events}/{{type}}", "subscribed_events.delete", subscriptions.unsubscribe),
    )


def _item_routes(drawer: Drawer, name: str) -> tuple[Route, ...]:
    path = f"/v1/{drawer.path}"
    return (
        Route(TRUSTHUB, "GET", path, f"{name}.list", items.lister(drawer)),
        Route(TRUSTHUB, "POST", path, f"{name}.create", items.creator(drawer)),
        Route(TRUSTHUB, "GET", f"{path}/{{sid}}", f"{name}.fetch", items.fetcher(drawer)),
        Route(TRUSTHUB, "POST", f"{path}/{{sid}}", f"{name}.update", items.updater(drawer)),
    )


# The first fitting row counts: Usecases before the SID of a campaign.
ROUTES = (
    Route(API, "GET", f"{accounts.PATH}.json", "accounts.list", accounts.list_, manages_accounts=True),
    Route(API, "GET", f"{accounts.PATH}/{{account}}.json", "accounts.fetch", accounts.fetch, manages_accounts=True),
    Route(API, "GET", f"{_OF_ACCOUNT}/Addresses.json", "addresses.list", addresses.list_),
    Route(API, "POST", f"{_OF_ACCOUNT}/Addresses.json", "addresses.create", addresses.create),
    Route(API, "GET", f"{_OF_ACCOUNT}/Addresses/{{sid}}.json", "addresses.fetch", addresses.fetch),
    Route(API, "POST", f"{_OF_ACCOUNT}/Addresses/{{sid}}.json", "addresses.update", addresses.update),
    Route(API, "GET", f"{_OF_ACCOUNT}/IncomingPhoneNumbers.json", "numbers.list", numbers.list_),
    Route(MESSAGING, "GET", f"{_CAMPAIGNS}/Usecases", "usecases.fetch", campaigns.use_cases),
    Route(MESSAGING, "GET", _CAMPAIGNS, "campaigns.list", campaigns.list_),
    Route(MESSAGING, "POST", _CAMPAIGNS, "campaigns.create", campaigns.create),
    Route(MESSAGING, "GET", f"{_CAMPAIGNS}/{{sid}}", "campaigns.fetch", campaigns.fetch),
    Route(MESSAGING, "POST", f"{_CAMPAIGNS}/{{sid}}", "campaigns.update", campaigns.update),
    Route(MESSAGING, "DELETE", f"{_CAMPAIGNS}/{{sid}}", "campaigns.delete", campaigns.delete),
    Route(MESSAGING, "GET", _SERVICES, "services.list", services.list_),
    Route(MESSAGING, "POST", _SERVICES, "services.create", services.create),
    Route(MESSAGING, "POST", f"{_SERVICES}/PreregisteredUsa2p", "external.create", external.create),
    Route(MESSAGING, "GET", f"{_SERVICES}/{{sid}}", "services.fetch", services.fetch),
    Route(MESSAGING, "DELETE", f"{_SERVICES}/{{sid}}", "services.delete", services.delete),
    Route(MESSAGING, "GET", _BRANDS, "brands.list", brands.list_),
    Route(MESSAGING, "POST", _BRANDS, "brands.create", brands.create),
    Route(MESSAGING, "GET", f"{_BRANDS}/{{sid}}", "brands.fetch", brands.fetch),
    Route(MESSAGING, "POST", f"{_BRANDS}/{{sid}}", "brands.update", brands.update),
    Route(MESSAGING, "POST", f"{_BRANDS}/{{brand}}/SmsOtp", "otps.create", brands.send_otp),
    Route(MESSAGING, "GET", f"{_BRANDS}/{{brand}}/Vettings", "vettings.list", vettings.list_),
    Route(MESSAGING, "POST", f"{_BRANDS}/{{brand}}/Vettings", "vettings.create", vettings.create),
    Route(MESSAGING, "GET", f"{_BRANDS}/{{brand}}/Vettings/{{sid}}", "vettings.fetch", vettings.fetch),
    Route(MESSAGING, "GET", _VERIFICATIONS, "verifications.list", tollfree.list_),
    Route(MESSAGING, "POST", _VERIFICATIONS, "verifications.create", tollfree.create),
    Route(MESSAGING, "GET", f"{_VERIFICATIONS}/{{sid}}", "verifications.fetch", tollfree.fetch),
    Route(MESSAGING, "POST", f"{_VERIFICATIONS}/{{sid}}", "verifications.update", tollfree.update),
    Route(MESSAGING, "DELETE", f"{_VERIFICATIONS}/{{sid}}", "verifications.delete", tollfree.delete),
    *_event_routes(),
    *_bundle_routes(Kind.CUSTOMER_PROFILE, "profile"),
    *_bundle_routes(Kind.TRUST_PRODUCT, "product"),
    *_item_routes(items.END_USERS, "end_users"),
    *_item_routes(items.DOCUMENTS, "documents"),
)


def _by_shape() -> Mapping[tuple[str, int], tuple[Route, ...]]:
    shapes: dict[tuple[str, int], tuple[Route, ...]] = {}
    for route in ROUTES:
        shape = (route.host, route.path.count("/"))
        shapes[shape] = (*shapes.get(shape, ()), route)
    return MappingProxyType(shapes)


_ROUTES_BY_SHAPE = _by_shape()


def find(method: str, host: str, path: str) -> tuple[Route, Mapping[str, str]]:
    """The route and what the path names. Raises Refused: 404 for an unknown path, 405 for a known one."""
    known = False
    for route in _ROUTES_BY_SHAPE.get((host, path.count("/")), ()):
        if match := route.pattern.fullmatch(path):
            if route.method == method:
                return route, match.groupdict()
            known = True
    raise Refused(METHOD_NOT_ALLOWED) if known else Refused(NOT_FOUND, path=path)
