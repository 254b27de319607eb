"""Forbidden families that are about play and company: what gives each away, and what only looks like it."""

from rulebook.checks.family import RECOVERY, Family
from rulebook.prose import meaning

FAMILIES: tuple[Family, ...] = (
    Family(
        "gambling",
        "gambling",
        (30897, 30461),
        meaning(
            (
                "(casino|casinos|sportsbook|sports ?book|parlays?|wagers?|wagering|blackjack|baccarat|"
                "(play|live|online|european|american|spin the) roulette|roulette (table|tables|wheel|"
                "spins?)|craps|keno|"
                "slot machines?|online slots|real[- ]money|free spins|bonus spins|jackpots? (is|are|"
                "at|now|of|tonight|hits?|pays|grows|prize|party|night|winner|winners|\\$)|"
                "(win|hit|progressive|new|big|bingo|mega|\\$[\\d,]+|cash|tonight's) <2> jackpots?|and jackpots?|"
                "bookmakers?|"
                "bookie|igaming|"
                "gambling (site|app|offers?|bonus)|gambling|sports betting|betting (tips|picks|odds|lines|app|site|"
                "slips?|bonus|advice|exchange)|(lottery|lotto|scratch) tickets?|poker (rooms?|tournament|nights?|"
                "table|tables|chips|league|club|games?|cash)|cash games?|"
                "bingo (for money|halls?|night|nights|sessions?|jackpots?|games?|cash|cards|prizes|payouts?)|"
                "handicappers?|(sports|race|horse) handicapping|video poker|high[- ]?stakes (poker|"
                "tables?|room|games?|action|play)|off-track|pull[- ]?tabs)"
            ),
            "(first|next|your|free|sports|place|placing|bonus|risk-free|a|our|best|todays|today's) bets?",
            "bets? (on|now|slips?)",
            "(against|cover|covers|beat) the spread|(best|boosted|live) odds on",
            (
                "(winning|guaranteed|nfl|nba|mlb|nhl|sports|betting|horse|racing|parlay) (picks|locks)|"
                "(locks?|picks) of the (day|week) <6> (game|odds|kickoff|nfl|nba)"
            ),
            "(hold'?em|omaha|buy-?ins?) <4> (tables?|games?|tournaments?|cash|nights?|chips|\\$\\d+)",
            "slots? <4> (pay|pays|spins|jackpot|casino|machines?|real|win|bonus|payout|floor|reels)",
            "(play|spin|win|hot|loose|penny|progressive|new) <1> slots",
            "(dealt|ante|dealers?) <6> (poker|hands?|chips|hold'?em)|cards <3> (dealt|in the air)",
            "bingo <8> (\\$\\d+|cash|jackpot|payouts?|pot|prize|prizes|for money)",
            "(\\$\\d+|cash|jackpot|pot) <6> bingo",
            "(odds|betting picks|bets) <5> (kickoff|tip-?off|game|games|match|race|races|tonight|parlay)",
            "(place|places|placed|placing|lay) <2> (bets?|wagers?)",
            unless=(
                "(gambling|betting) <3> (addiction|problem|help|recovery|counsel\\w*|disorder|harm|hotline|helpline)",
                "(appointment|time|open|pickup|delivery|available|booking|volunteer|party|class|lesson|"
                "event|demo|parking) "
                "slots?",
                "lottery (for|admission|school|enrol\\w*|results for)",
                "(admission|admissions|enrol\\w*|school|housing|permit|hunt|lawn|seat) lottery",
                "casino[- ](night|theme|themed) <4> (fundraiser|gala|party)",
                "bingo <8> (no (cash |money )?prizes?|no money|no stakes|no cash|for fun|just for fun)",
                "bingo <3> (for|with) (kids|children|books|fun|seniors|library)",
                "problem gambl\\w*",
                "gamblers anonymous",
                "best bet",
                "alphabet",
            ),
        ),
        unlike=RECOVERY,
    ),
    Family(
        "adult",
        "adult content",
        (30883, 30953, 30441),
        meaning(
            (
                "(porn|porno|pornograph\\w*|xxx <1> (videos?|movies?|pics|clips|films?|content|shows?|"
                "site|store|dvds)|(send|hot|my|new|free|trade|live) nudes?|nudity|strip ?clubs?|strip "
                "night|"
                "(male|female|our|hot|live|the|exotic|hire|two|new) strippers(?! (off|took|for|gel|paste|and sander))|"
                "strippers? <3> (stage|tonight|party|parties|show|night|club|pole|dance)|striptease|topless|"
                "escorts? <2> (tonight|available|service|services|agency|girls?|near|waiting|rates|by "
                "the hour)|(vip|elite|independent|hot|sexy|local|female|male|book an?) escorts?|"
                "erotic\\w*|adult (videos?|films?|movies?|toys?|content|"
                "entertainment|novelt(y|ies)|store|shop|site|products|club|boutique|dating|cam|chat|cabaret|"
                "superstore|models?|performers?|dvds)|"
                "swingers?|hook-?up (app|site|nights?|service|spots?|line)|(casual|local|adult|discreet|sexy|hot|easy) "
                "hook-?ups?|onlyfans|fetish\\w*|gentlemen'?s? (club|lounge)|gentlemen's|lap dances?|"
                "private dances? (in|for|with|vip|tonight)|sex (toys?|shop|chat|store|party|parties|"
                "dolls?|show|cam|positions|work)|sexy "
                "(singles|girls|cams?|dancers)|webcam (models?|girls)|cam (girls|models?|shows?)|vibrators?|"
                "dildos?|bdsm|kink (club|party|night|events?|community|friendly|gear|toys)|kinky|"
                "playmates? (of the|magazine|near|online|who)|sensual (massage|toys)|nsfw|"
                "bikini dancers|exotic dancers?|go-go dancers|pole dancers|intimate (toys|pleasure)|pleasure (toys|"
                "products)|couples'? toys|toys for (couples|adults|two|her|him)|dominatrix|lifestyle "
                "(club|couples|party|parties|nights?|events?|crowd)|"
                "open-minded (couples|singles|adults|people)|"
                "playrooms? <6> (couples|singles|adults|open|midnight|swing|lifestyle|hosts?|towels)|"
                "wife[- ]swap\\w*|(swap|swapping) (partners|or (just )?watch)|couples? meet other "
                "couples|"
                "singles? near you|"
                "discreet (encounters|affairs|dating)|one-night stands?|uncensored <2> (pics|videos?|"
                "photos|shows?|content|chat|cams?)|explicit (content|videos|photos)|18\\+ "
                "(content|videos|photos|chat|shows?)|butt plugs?|(toys|condoms|flavou?red|silicone|"
                "personal|massage oils?) <2> lubes?|lubes? <3> (toys|condoms|lingerie)|personal "
                "lubricants?)"
            ),
            unless=(
                "sex (ed|education|trafficking)|sexual (assault|harassment|health)",
                (
                    "adult (education|swim|learners|classes|day|care|literacy|basic|lessons|league|choir|dance "
                    "class|ballet)"
                ),
                "(security|police|medical|patient|safety|military|vehicle|motorcycle|campus|funeral|night) escorts?",
                (
                    "(rv|trailer|water|sewer|electric|electrical|utility|utilities|camper|campground|washer|stereo|"
                    "full) hook-?ups?"
                ),
                "nude (lipstick|shade|color|heels|tones?|polish)",
                "strip (mall|steak|light|lights|lighting|club sandwich)",
            ),
        ),
    ),
    Family(
        "sweepstakes",
        "sweepstakes or prize draws",
        (30897, 30462),
        meaning(
            (
                "(sweepstakes?|sweeps <6> (win|prizes?|enter|entry|entries|draws?|drawing)|(win|"
                "prizes?|enter|our|summer|holiday|spring|fall|winter|coin|cash) <1> sweeps(?! (crew|"
                "team|will|come|clean|the|chimneys?))|giveaways?|raffles?|prize (draws?|drawings?|"
                "wheel|pool|giveaway|entries|"
                "entry)|(?<!blood\\s)(lucky|random|grand|weekly|monthly|daily|cash|big) (draw|draws|"
                "drawing|drawings|winner|"
                "winners)|spin to win|spin (the|our) (prize )?wheel|scratch and win|instant win|text to win|"
                "text-to-win|win[- ]a[- ]\\w+ "
                "(contest|promotion)|grand prizes?)"
            ),
            (
                "(contest|contests|competition) <10> (prize|prizes|win|wins|winner|winners|drawn|drawing|chance|"
                "random|entries|entry|enter)"
            ),
            "(enter|entered|entries|entry) <8> (win|to win|drawing|draw|contest|prize|prizes|chance)",
            (
                "(chance|chances|shot) <3> (to win|at winning|of winning|for winning|at a (free|year|new|trip|\\$)|"
                "to score (a|free|two)|at (free|\\$))"
            ),
            (
                "(win|winning) (a|an|free|\\$|one of|up to|2|two|tickets|prizes|your) (?!(own |first |"
                "\\w+ )?(games?|match|matches|title|bid|case|cases|award|awards|championship|election|"
                "vote|seat|race|medals?|lawsuit|spot|fight|battle)\\b)\\w+|(win|winning) (the|our|this) "
                "<2> (bike|bicycle|car|truck|trip|tv|basket|quilt|prize|pot|iphone|gift card|grill|"
                "vacation|cruise|boat|cash|tickets|hamper|raffle|drawing|giveaway)"
            ),
            "(winner|winners) <4> (drawn|chosen|picked|selected|at random|announced|randomly)",
            "(drawn|picked|chosen|selected|draw|draws|pick|picks) <5> (at random|randomly|winner|winners|lucky)",
            "(prizes?) <5> (drawn|drawing|raffled|giveaway|random|win|won|winners?)",
            "(drawing|draw) <4> (for|to win) (a|an|free|the|prizes?|our|\\$)",
            "(you could|you can|could be|you might|you may) <3> (win|winner)",
            (
                "(pull|pulls|pulled|draw|draws|drawn|pick|picked|goes|go) <4> (from|in|into|out of) "
                "<2> (hat|fishbowl|drum|tumbler|raffle drum|"
                "glass bowl)"
            ),
            (
                "lucky (customer|shopper|winner|guest|reader|member|buyer|name|number|person|follower|subscriber|"
                "ticket|fan|one)s?"
            ),
            (
                "(every|each) <6> (is|earns?|gets?|gives?|counts? as|means) <3> (entry|entries|raffle "
                "ticket|(chance|shot|ticket) <2> (win|winning|prizes?|draw|drawing|pot))"
            ),
            (
                "(names?|receipts?|tickets?|entry|entries) <6> (drawn|pulled|picked(?! up)) <6> (at "
                "random|wins?|winner|prize|prizes)|(names?|receipts?|entry|entries) <4> (is|are|gets?|be|"
                "we) (drawn|pulled|pull|draw)"
            ),
            unless=(
                (
                    "(drawing|figure drawing|art|life drawing) (class|classes|lesson|workshop|supplies|course|"
                    "session|table|group|club)"
                ),
                "(mulch|compost|seed|tree|seedling|book|rain barrel|smoke alarm|alarm|smoke detector|"
                "helmet|car seat|food|coat|backpack|"
                "school supply|supply|lock|diaper|turkey|grocery|produce|clothing|toy|vaccine|narcan|"
                "t-shirt) giveaways?",
                "(scholarship|essay|science|spelling|art) contest",
                "win[- ]win|winning (team|smile|game|season)",
                "(bank|cash) withdraw\\w*|drawings (are|for your|of your|set|attached)",
                "prize[- ]winning",
                "(shop|architect\\w*|design|building|engineering) drawings?",
            ),
        ),
    ),
)
