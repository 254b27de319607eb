"""Single sentences in many wordings: what raises an issue ("!") and what only sounds so ("=").

`wordings/flow` holds sentences of an opt-in text, a file for each issue; `wordings/sample` what samples say, a file for
each family of forbidden content; `wordings/quantity` what tells how often messages come, said in the wording.
"""

from pathlib import Path

from rulebook.checks.content import FAMILIES
from rulebook.checks.meanings import frequency
from rulebook.prose import prose
from tests.rulebook.drafts import CAMPAIGN, FLOW, LINKS, WORDING, campaign, counted, issues
from tests.table import of_each

# What a sentence is about, and the sentence.
type Said = tuple[str, str]

WORDINGS = Path(__file__).with_name("wordings")
PAGE = "Riders use the form on https://larkspurbikes.example/book."
CODES = {family.name: family.codes for family in FAMILIES}


def sentences(folder: str, mark: str) -> list[Said]:
    """The sentences with that mark, each with the name of its file."""
    files = sorted((WORDINGS / folder).glob("*.txt"))
    lines = ((file.stem, line) for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return [(name, line[2:]) for name, line in lines if line.startswith(mark)]


@of_each(sentences("flow", "!"))
def test_it_is_found_in_an_opt_in_text(said: Said) -> None:
    issue, sentence = said
    assert issue in issues(campaign(message_flow=f"{PAGE} {sentence} {WORDING} {LINKS}"))


@of_each(sentences("flow", "="))
def test_what_only_sounds_so_is_none(said: Said) -> None:
    _, sentence = said
    assert issues(campaign(message_flow=f"{FLOW} {sentence}")) == set()


def families(sample: str) -> list[tuple[int, ...]]:
    samples = [f"Larkspur Bike Repair: {sample}. Reply STOP to opt out.", CAMPAIGN["message_samples"][0]]
    draft = campaign(message_samples=samples, us_app_to_person_usecase="MIXED", direct_lending=True)
    return [finding.codes for finding in counted(draft) if finding.rule == "L26"]


@of_each(sentences("sample", "!"))
def test_a_family_is_found_in_a_sample(said: Said) -> None:
    family, sample = said
    assert CODES[family] in families(sample)


@of_each(sentences("sample", "="))
def test_a_sample_that_only_shares_its_words_is_of_none(said: Said) -> None:
    _, sample = said
    assert families(sample) == []


def worded(sentence: str) -> bool:
    return frequency(prose(f"Riders tick a box: 'Ride texts from Blue Fern. {sentence}. Msg & data rates may apply.'"))


@of_each(sentences("quantity", "!"))
def test_a_quantity_in_the_wording_is_a_frequency(said: Said) -> None:
    _, sentence = said
    assert worded(sentence)


@of_each(sentences("quantity", "="))
def test_a_number_of_another_kind_is_none(said: Said) -> None:
    _, sentence = said
    assert not worded(sentence)
