"""The rows themselves: each well-formed, each number of the source documents present, no number told twice."""

import re
from collections import Counter
from datetime import date

import pytest

from rulebook.catalogue import FEEDBACK_WORDS, ROWS
from rulebook.explain import explain
from rulebook.fields import field_of
from rulebook.lint import lint
from rulebook.rejections import KINDS, Category, Rejection
from rulebook.routes import Route
from rulebook.submission import Submission
from tests.rulebook.drafts import CAMPAIGN
from tests.table import of_each

LONGEST_TITLE = 45
LONGEST_EXAMPLE = 220

# What these are about can be written down, so each of their rows shows it. What holds in the process, a limit or at
# Twilio cannot.
SHOWN_BY_WORDS = {
    *(Category.DESCRIPTION, Category.SAMPLES, Category.LINKS, Category.CONSENT, Category.EVIDENCE, Category.POLICIES),
    *(Category.WEBSITE, Category.REPLIES, Category.AGE, Category.FORBIDDEN, Category.ABUSE),
    *(Category.BUSINESS, Category.NUMBERS),
}
NOT_SHOWN_BY_WORDS = {Category.PROCESS, Category.UNSTATED}
# A porting, an absent profile, a brand's identity.
WORDLESS = {30447, 30793, 30991}

# The edit guide and error page 30924: numbers named in the text.
CAMPAIGN_GUIDE = (30882, 30883, 30884, 30885, 30886, 30892, 30893, 30897, 30898, 30924)
# The toll-free article prints no numbers: these are its rows in its order.
TOLLFREE_ELIGIBLE = (30456, 30448, 30449, 30471, 30445, 30473, 30474, 30446, 30475, 30476, 30477, 30478, 30479)
TOLLFREE_INELIGIBLE = (
    *(30441, 30455, 30457, 30458, 30459, 30442, 30443, 30460, 30461, 30462),
    *(30463, 30464, 30465, 30466, 30467, 30468, 30469, 30480, 30444, 30470),
)
CAMPAIGN_REVIEW = (
    *range(30880, 30911),
    *(30912, 30913, 30914, 30915, 30917, 30919, 30920, 30921, 30922, 30923, 30924, 30925, 30927),
    *(30930, 30931, 30932, 30933, 30934, 30940, 30941, 30943, 30949, 30951, 30952, 30953, 30954, 30956),
    *(30963, 30964, 30990, 30991, 30992, 30993, 30994),
)
BRAND = (
    *(30701, 30702, 30703, 30712, 30729, 30734, *range(30747, 30759)),
    *(30790, 30791, 30792, 30793, 30794, 30795, 30796, 30797, 30798, 30799),
)
SHARED_POLICY = (
    *(30497, 30532, 30534, 30535, 30537, 30538, 30540, 30543, 30544, 30545, 30549, 30550, 30551, 30556),
    *(30557, 30558, 30559, 30560, 30561, 30562, 30563, 30564, 30566, 30567, 30569, 30570),
)
SAME_FAULT = (
    (30437, 30824),
    (30513, 30841),
    (30486, 30531, 30936),
    (30447, 30879),
    (30503, 30828),
    (30509, 30836),
    (30471, 30858),
    (30476, 30842),
    (30479, 30807),
    (30460, 30863),
    (30446, 30831),
    (30483, 30801),
    (30448, 30825),
    (30441, 30873),
    (30459, 30860),
)

each_row = of_each(ROWS, lambda row: (row.code, *row.when))


@each_row
def test_a_row_says_what_and_where_from(row: Rejection) -> None:
    assert row.kinds
    assert set(row.kinds) <= set(KINDS)
    assert 10_000 <= row.code <= 99_999
    assert row.title
    assert row.meaning.endswith(".")
    assert row.remedy
    assert row.source
    assert date(2026, 1, 1) <= row.seen


@each_row
def test_a_title_fits_a_list(row: Rejection) -> None:
    assert len(row.title) <= LONGEST_TITLE
    assert not row.title.endswith(".")


@each_row
def test_a_row_is_written_plainly(row: Rejection) -> None:
    words = " ".join((row.title, row.meaning, *row.remedy, row.note, row.fails, row.passes))
    assert "!" not in words
    assert "please" not in words.casefold()
    assert all(step[0].isupper() for step in row.remedy)
    assert all(step.endswith((".", "?")) for step in row.remedy)


@each_row
def test_a_row_flags_fields_somebody_has(row: Rejection) -> None:
    for name in row.fields:
        assert any(field_of(kind, name).known for kind in row.kinds), name
    folded = [name.replace("_", "").casefold() for name in row.fields]
    assert len(set(folded)) == len(folded)


@each_row
def test_a_final_rejection_is_never_sent_for_an_edit(row: Rejection) -> None:
    if row.resubmittable is False:
        assert row.route not in {Route.EDIT, Route.WAIT, Route.NONE}
    if row.route is Route.APPEAL:
        assert row.resubmittable is not True


@each_row
def test_a_doubt_is_told(row: Rejection) -> None:
    if row.resubmittable is None and row.route in {Route.EDIT, Route.APPEAL} and row.category is not Category.LIMITS:
        assert row.note or not row.states_cause


@each_row
def test_what_words_can_show_is_shown(row: Rejection) -> None:
    if row.category in SHOWN_BY_WORDS:
        assert bool(row.fails and row.passes) is (row.code not in WORDLESS)
    if row.category in NOT_SHOWN_BY_WORDS:
        assert not row.fails
        assert not row.passes


@each_row
def test_an_example_is_short_and_of_nobody_real(row: Rejection) -> None:
    assert len(row.fails) <= LONGEST_EXAMPLE
    assert len(row.passes) <= LONGEST_EXAMPLE
    assert bool(row.fails) is bool(row.passes)
    assert not row.fails or row.fails != row.passes
    assert re.findall(r"\b[\w-]+\.(?!example\b)(?:com|net|org|ly|io|co|us)\b", row.passes) == []


@each_row
def test_what_passes_beside_forbidden_content_is_not_forbidden_by_us(row: Rejection) -> None:
    if row.category in {Category.FORBIDDEN, Category.ABUSE}:
        draft = {**CAMPAIGN, "message_samples": [row.passes, CAMPAIGN["message_samples"][0]]}
        assert "L26" not in {finding.rule for finding in lint(Submission(kind="campaign", draft=draft))}


@each_row
def test_the_words_that_tell_rows_apart_are_comparable(row: Rejection) -> None:
    assert all(word == word.casefold() and word for word in row.when)


def test_a_number_has_one_general_row_per_kind() -> None:
    general = Counter((kind, code) for row in ROWS if not row.when for kind in row.kinds for code in row.codes)
    special = {(kind, code) for row in ROWS if row.when for kind in row.kinds for code in row.codes}
    assert [key for key, count in general.items() if count > 1] == []
    assert special <= set(general)


def test_no_two_rows_are_the_same() -> None:
    assert len(set(ROWS)) == len(ROWS)


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("campaign", CAMPAIGN_GUIDE),
        ("campaign", CAMPAIGN_REVIEW),
        ("campaign", SHARED_POLICY),
        ("tollfree", TOLLFREE_ELIGIBLE),
        ("tollfree", TOLLFREE_INELIGIBLE),
        ("tollfree", SHARED_POLICY),
        ("brand", BRAND),
    ],
)
def test_the_numbers_of_the_documents_are_covered(kind: str, codes: tuple[int, ...]) -> None:
    covered = {code for row in ROWS if kind in row.kinds for code in row.codes}
    assert [code for code in codes if code not in covered] == []


@of_each(TOLLFREE_ELIGIBLE)
def test_what_the_article_calls_eligible_is_edited(code: int) -> None:
    advice = explain("tollfree", code)
    assert (advice.resubmittable, advice.route) == (True, Route.EDIT)


@of_each(TOLLFREE_INELIGIBLE)
def test_what_the_article_calls_ineligible_is_appealed(code: int) -> None:
    advice = explain("tollfree", code)
    assert (advice.resubmittable, advice.route) == (False, Route.APPEAL)


@pytest.mark.parametrize("codes", SAME_FAULT)
@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_one_fault_share_the_remedy(kind: str, codes: tuple[int, ...]) -> None:
    answers = [explain(kind, code) for code in codes]
    assert len({(answer.title, answer.remedy, answer.route, answer.resubmittable) for answer in answers}) == 1
    assert [answer.code for answer in answers] == list(codes)


def test_one_fault_can_be_certain_under_one_number_and_open_under_the_other() -> None:
    certain, still_open = explain("tollfree", 30456), explain("tollfree", 30875)
    assert (certain.title, certain.remedy, certain.route) == (still_open.title, still_open.remedy, still_open.route)
    assert (certain.resubmittable, still_open.resubmittable) == (True, None)


@pytest.mark.parametrize(("word", "code"), FEEDBACK_WORDS.items())
def test_the_old_feedback_words_are_numbers_too(word: str, code: int) -> None:
    assert explain("brand", word) == explain("brand", code)
    assert explain("brand", word).known
