"""Whether a bundle holds all its policy asks for: what an evaluation lists, and where a reviewer begins.

Shape and codes are those of Twilio's examples (OpenAPI document of 2026-04-14): 22214 to 22219.
"""

from typing import Any

from sandbox.facts import Facts
from sandbox.policies import POLICIES, WORDS, Requirement, friendly_field, required_fields
from sandbox.world import Payload

MISSING = {"end_user": 22214, "document": 22216, "bundle": 22216}
MISSING_FIELD = {"end_user": 22215, "document": 22219, "bundle": 22216}


def results(held: Facts, policy_sid: str) -> list[Payload]:
    """One for each requirement, passed or not."""
    return [_result(held, requirement) for requirement in POLICIES[policy_sid]]


def _result(held: Facts, requirement: Requirement) -> Payload:
    if requirement.holds == "bundle":
        fields = [_bundle_field(held)]
    else:
        assigned = held.end_users if requirement.holds == "end_user" else held.documents
        attributes = assigned.get(requirement.name, {})
        fields = [_field(held, requirement, attributes, name) for name in required_fields(requirement, attributes)]
    invalid = [field for field in fields if not field["passed"]]
    return {
        "requirement_name": requirement.name,
        "requirement_friendly_name": requirement.friendly_name,
        "object_type": requirement.name,
        "friendly_name": requirement.friendly_name,
        "passed": not invalid,
        "failure_reason": f"{requirement.friendly_name} is missing or incomplete." if invalid else None,
        "error_code": MISSING[requirement.holds] if invalid else None,
        "valid": [field for field in fields if field["passed"]],
        "invalid": invalid,
    }


def _field(held: Facts, requirement: Requirement, attributes: Payload, name: str) -> Payload:
    """Filled in, one of its words where it has a closed list, and an address that exists."""
    value = str(attributes.get(name) or "").strip()
    passed = held.address is not None if name == "address_sids" else _fits(name, value)
    words = f"{friendly_field(name)} is missing or not valid on {requirement.friendly_name}."
    return _field_result(name, friendly_field(name), passed, words, MISSING_FIELD[requirement.holds])


def _fits(name: str, value: str) -> bool:
    return bool(value) and (name not in WORDS or value in WORDS[name])


def _bundle_field(held: Facts) -> Payload:
    """An A2P bundle is complete with a profile that is approved or on its way there."""
    ready = any(
        bundle.payload["status"] in ("twilio-approved", "pending-review", "in-review") for bundle in held.bundles
    )
    words = "The supporting bundle is missing or was not submitted."
    return _field_result("bundle_sid", "Supporting Bundle Status", ready, words, MISSING_FIELD["bundle"])


def _field_result(name: str, friendly: str, passed: bool, words: str, code: int) -> dict[str, Any]:
    return {
        "object_field": name,
        "friendly_name": friendly,
        "passed": passed,
        "failure_reason": None if passed else words,
        "error_code": None if passed else code,
    }
