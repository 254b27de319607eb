"""What a family of forbidden content is: what gives it away, and what only looks like it."""

import re
from dataclasses import dataclass

from rulebook.domains import words
from rulebook.prose import Meaning, Sentence, meaning

# Words that turn a sign into its contrary: somebody warns, heals, teaches or looks back.
_AGAINST = re.compile(
    r"\b(?:prohibit\w*|forbid\w*|prevent\w*|avoid\w*|against|ban|bans|banned|free (?:of|from)|quit|quits|quitting|"
    r"(?:give|gives|giving|gave) up|(?:stop|stops|stopping|stopped|kick|kicking|leave|leaving|cut down on|away from|"
    r"clear of|get off|getting off)(?= (?:\w+ ){0,2}$)|"
    r"fake|fraud\w*|block\w*|filter\w*|defend\w*|sued by|legal aid|"
    r"(?:collects? old|unused|unwanted|expired|confiscated|antique)(?= (?:\w+ )?$)|"
    r"cessation|in recovery|recovering|recovery from|addict\w*|rehab\w*|aware\w*|beware|warn\w*|scams?|educat\w*|"
    r"dangers? of|risks? of|harms? of|overcom\w*|treat(?:ment|ing)? (?:for|of)|treating|museum|exhibit\w*|"
    r"histor(?:y|ical|ic) of|former|formerly|victims?|spot|recogni[sz]e|watch out|protect(?:s|ing)?|steer|instead of|"
    r"rather than|"
    r"(?:never|not|n't) (?:ask|request|demand|contact|tell)\w*|n't pay|never (?:pay|send|buy)|"
    r"counsel\w*|hotline|helpline|support group|survivors?|report\w* (?:a|an|any)|problem|turn in|"
    r"surrender|smoke-?free)\b"
)
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|nor|neither|nothing|none|without|cannot)\b|n't\b)(?! (?:miss|need|only|wait|purchase|just|"
    r"matter|"
    r"minimum|limit|forget|worry|cover|experience|obligation|fee|deposit|questions|time|more|later|longer|a fan)\b)"
)
_WARNED_AFTER = re.compile(
    r"(?:(?:,| and| or| nor)\W*\w+){0,3}\W+(?:are|is|was|were|will|do|does|can)(?: \w+)? "
    r"(?:not|never|blocked|banned|filtered|forbidden|prohibited)\b|"
    r"\W*(?:\w+\W+){0,2}?(?:scams?|fraud|traps?|addiction|awareness|prevention|cessation|recovery|misuse|abuse|"
    r"safety (?:class|course|lock)|violence|rules?|rights|defen[sc]e|laws?|regulations?|ordinances?|bans?|survivors?|"
    r"hotline|helpline|"
    r"take-?back|buy-?back|museums?|exhibits?|memorabilia|tickets? (?:is|are|was|were) not)\b"
)
# "Casino Avenue", "Rifle Creek": a place, wherever it stands.
PLACE = re.compile(
    r"\W+(?:street|st|avenue|ave|road|rd|lane|ln|drive|boulevard|blvd|court|way|river|creek|hill|falls|springs|county|"
    r"lake|valley|bridge|beach|island|canyon|ridge|peak|trail|highway)\b"
)
# "Casino-themed", "cigar-shaped", "tobacco-free".
_ONLY_LIKE = ("-free", "-themed", "-style", "-shaped", "-like", "-colored", "-inspired", " themed", " shaped")
_CLAUSE = re.compile(r"[;:]|\b(?:but|so|while|however|instead)\b|\band we\b|, (?:we|you|it|they|then|now|just)\b")
_WORDS_AGAINST, _WORDS_DENYING = 10, 6


# Signs that are surnames, towns and figures of speech too.
NAMES = words(
    "rifle pistol musket gun cigar cigars smoke smokes wager wagers bingo token tokens coin coins prize prizes lottery "
    "jackpot escort "
    "blunt snuff range"
)
# Where a name holds one of these, the business is of the trade.
SURE = words(
    "dispensary dispensaries cannabis marijuana cbd thc casino sportsbook vape vapes tobacco ammo ammunition firearms "
    "bitcoin crypto sweepstakes hookah hookahs shisha kratom"
)
# Whose business it is to warn.
WARNING = meaning(
    "warns? <8> (scams?|fraud|fraudsters|swindles?)|(scam|fraud) (watch|warnings?|prevention|awareness)",
)
# A business that helps people away from drink, smoke or play.
RECOVERY = meaning(
    "(in|addiction|alcohol|gambling|drug|substance|peer|nicotine) recovery|recovery (center|centre|group|groups|"
    "meeting|meetings|house|commons|"
    "coach|program|charity|community|services)",
    (
        "(sobriety|sober (living|house|home)|detox|rehab(ilitation)?|addiction|12-step|twelve-step|quit (date|line|"
        "coach|plan|smoking)|quitline)"
    ),
    (
        "(quit|quitting|stop|stopping|give up|giving up|quits|quit-|stop-) ?(smoking|vaping|drinking|gambling|tobacco|"
        "nicotine|cigarettes)"
    ),
    # Devices and programmes that find or hold off what others sell.
    (
        "(detects?|detecting|detection|detectors? (that|which|for|of|to|tell|warn|report)|sensors? (that|which|for|to|"
        "tell|warn|report)) <8> (vapes?|vaping|vaped|smokes|smoking|smoked|e-cigarettes?|nicotine|tobacco|alcohol)"
    ),
    "(vape|vaping|smoking|nicotine|alcohol|e-cigarette) (detection|detectors?|sensors?|alarms?|interlocks?)",
    (
        "(when|if|whether|in case) (somebody|someone|anybody|anyone|a student|students|a pupil|pupils|a guest|guests) "
        "(is |are |has been |have been )?(vapes?|vaping|smokes?|smoking) (in|inside|indoors|near|on|at)"
    ),
    (
        "(prevent|prevents|preventing|prevention of|reduce|reduces|reducing|curb|curbs|curbing|deter|deters|"
        "discourage|discourages) <3> (smoking|vaping|drinking|gambling|tobacco use|nicotine use|alcohol use)"
    ),
    "(smoking|tobacco|nicotine|vaping|vape|gambling|alcohol|drinking) (cessation|prevention)|"
    "smoke-free (program|class|classes|life)",
    negatable=True,
)


# Who helps people against lenders and collectors, or teaches them.
ADVOCACY = meaning(
    "legal (aid|services|clinic|help)|public defender|consumer (protection|rights)|attorney general|know your rights|"
    "financial (literacy|education)|tenants? (union|association)|extension office|better business bureau",
)


@dataclass(frozen=True, slots=True)
class Family:
    """One family: its name in findings, the codes it meets, how texts give it away, what else they may be about,
    and the families that say it already."""

    name: str
    said_as: str
    codes: tuple[int, ...]
    signs: Meaning
    unlike: Meaning | None = None
    part_of: frozenset[str] = frozenset()


def only_mentioned(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a sign is denied, warned of or taught against. Places count in the sentence."""
    before = sentence.lowered[:start].split()
    clause = _CLAUSE.split(" ".join(before))[-1].split()
    after = sentence.lowered[end:]
    return bool(
        _AGAINST.search(" ".join(before[-_WORDS_AGAINST:]) + " ")
        or _DENIED.search(" ".join(clause[-_WORDS_DENYING:]))
        or _WARNED_AFTER.match(after)
        or after.startswith(_ONLY_LIKE)
    )
