"""Evaluations (EL...): whether a bundle is complete, asked before anybody reads it."""

from sandbox import compliance, facts, paging, trusthub
from sandbox.call import Answer, Call, Handler, own
from sandbox.clock import iso
from sandbox.errors import NOT_FOUND, Refused
from sandbox.form import Parameter, one_of, read_form
from sandbox.policies import POLICIES
from sandbox.world import Kind, Payload, Resource, World, new_sid

CREATE = (Parameter("PolicySid", "policy_sid", one_of(*POLICIES), required=True),)


def show(bundle: Resource, evaluation: Resource) -> Payload:
    shown = evaluation.shown({"url": f"{trusthub.url_of(bundle)}/Evaluations/{evaluation.key}"})
    return {f"{bundle.kind}_sid": shown.pop("bundle_sid"), **shown}


def lister(kind: Kind) -> Handler:
    """Newest first: what a page shows on top is what holds now. Documents do not tell the order."""

    def list_(world: World, call: Call) -> Answer:
        bundle = own(world, call, kind, call.args["bundle"])
        rows = world.shelves[Kind.EVALUATION].under(bundle.key)[::-1]
        return paging.answer(call, "results", rows, lambda row: show(bundle, row))

    return list_


def fetcher(kind: Kind) -> Handler:
    def fetch(world: World, call: Call) -> Answer:
        bundle = own(world, call, kind, call.args["bundle"])
        evaluation = own(world, call, Kind.EVALUATION, call.args["sid"])
        if evaluation.parent != bundle.key:
            raise Refused(NOT_FOUND, path=call.path)
        return Answer(200, show(bundle, evaluation))

    return fetch


def creator(kind: Kind) -> Handler:
    def create(world: World, call: Call) -> Answer:
        bundle = own(world, call, kind, call.args["bundle"])
        policy_sid = read_form(call.form, CREATE)["policy_sid"]
        return Answer(201, show(bundle, _add(world, bundle, policy_sid)))

    return create


def _add(world: World, bundle: Resource, policy_sid: str) -> Resource:
    found = compliance.results(facts.gather(world, bundle), policy_sid)
    made = {
        "sid": new_sid("EL"),
        "bundle_sid": bundle.key,
        "account_sid": bundle.account_sid,
        "policy_sid": policy_sid,
        "status": "compliant" if all(result["passed"] for result in found) else "noncompliant",
        "results": found,
        "date_created": iso(world.clock.now()),
    }
    return world.add(Kind.EVALUATION, bundle.account_sid, made)
