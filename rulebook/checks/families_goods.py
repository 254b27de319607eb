"""Forbidden families that are about goods and pastimes: what gives each away, and what only looks like it."""

from rulebook.checks.family import RECOVERY, Family
from rulebook.prose import meaning

# Opticians and hospitals call the counter where they hand things out a dispensary.
OPTICAL = meaning(
    (
        "(optical|optician\\w*|optometr\\w*|eye ?care|eye ?glass\\w*|eyewear|spectacles|contact lens\\w*|hospital|"
        "veterinary|methadone) <12> dispensar\\w*"
    ),
    "dispensar\\w* <12> (glasses|frames|lenses|contacts|optician\\w*|eyewear)",
    "(optometrist|optician|eye exams?|eye doctor|dilat\\w+)",
)
FAMILIES: tuple[Family, ...] = (
    Family(
        "cannabis",
        "cannabis",
        (30883, 30940, 30459),
        meaning(
            (
                "(cannabis|marijuana|marihuana|cbd|cbg|cbn|thc|thca|thc-?a|delta[- ]?(8|9|10|eight|nine)|hhc|hemp "
                "(flower|oil|goods|products?|gummies|tinctures?|extract|seeds|cream|balm|drinks?|salve|infused|"
                "derived)|hemp-(infused|derived)|"
                "dispensary|dispensaries|weed (store|shop|delivery|deals|menu|strains)|pre-?rolls?|prerolls?|"
                "indica|sativa|(og|bubba|hindu|purple) kush|budtenders?|bud ?tender|kratom|cannabinoids?|medical card (holders|patients)|"
                "medible|"
                "ganja|420 (deals|sale|specials)|reefers|(pre-rolled|hemp|infused) blunts|terpenes?|dispo|(one|half)-gram joints?|infused "
                "pre-?rolls?|"
                "med(ical)? card (holders?|patients?|menu)|bud of the (day|week)|(psilocybin|magic mushrooms?))"
            ),
            (
                "(eighths?|ounces?|quarters?|half-?ounces?|strains?) <6> (top-shelf|flower|indica|sativa|pre-?rolls?|"
                "gummies)"
            ),
            (
                "(concentrates?|edibles?) <2> flower|(flower|concentrates?|edibles?) <4> (edibles?|concentrates?|"
                "pre-?rolls?|vapes?|carts|cartridges|strains?)"
            ),
            "(deliver|delivers|delivery|order|buy|sell|sells|menu|strains?|ounces?|grams?|best|legal) <3> weed",
            "(edibles?) <3> (sale|deals?|off|drop|special|menu|in stock|restock)",
            "(sale|deals?|specials?|off) <3> edibles",
            "(live resin|live rosin|(grams?|gram) of (shatter|wax|rosin)|dab (rigs?|pens?)|infused gummies|infused (drinks|beverages|chocolates?))",
            unless=(
                "(cannabis|marijuana|cbd|thc|hemp|drug)[- ](free|use disorder|addiction|policy|test|testing|screening)",
                "(optical|eye ?care|eyeglass|glasses|lens|medication|campus|methadone) dispensar(y|ies)",
                "dispensary <4> (glasses|frames|lenses|contacts|opticians?)",
                "(business district|downtown|central|parking|garage|city cent(er|re)) <10> cbd|(the|our|in) cbd (is|office|garage|branch|store|shop|location|parking|loop|streets?)|cbd <6> (garage|parking|district|downtown|garages)|in the cbd",
                "edible (flowers|plants|arrangements|landscap\\w*|garden)",
            ),
        ),
        unlike=OPTICAL,
    ),
    Family(
        "gambling",
        "gambling",
        (30897, 30461),
        meaning(
            (
                "(casino|casinos|sportsbook|sports ?book|parlays?|wagers?|wagering|blackjack|baccarat|"
                "(play|live|online|european|american|spin the) roulette|roulette (table|tables|wheel|spins?)|craps|keno|"
                "slot machines?|online slots|real[- ]money|free spins|bonus spins|jackpots? (is|are|at|now|of|tonight|hits?|pays|grows|prize|party|night|winner|winners|\\$)|"
                "(win|hit|progressive|new|big|bingo|mega|\\$[\\d,]+|cash|tonight's) <2> jackpots?|and jackpots?|"
                "bookmakers?|"
                "bookie|igaming|"
                "gambling (site|app|offers?|bonus)|gambling|sports betting|betting (tips|picks|odds|lines|app|site|"
                "slips?|bonus|advice|exchange)|(lottery|lotto|scratch) tickets?|poker (rooms?|tournament|nights?|"
                "table|tables|chips|league|club|games?|cash)|cash games?|"
                "bingo (for money|halls?|night|nights|sessions?|jackpots?|games?|cash|cards|prizes|payouts?)|"
                "handicappers?|(sports|race|horse) handicapping|video poker|high[- ]?stakes (poker|tables?|room|games?|action|play)|off-track|pull[- ]?tabs)"
            ),
            "(first|next|your|free|sports|place|placing|bonus|risk-free|a|our|best|todays|today's) bets?",
            "bets? (on|now|slips?)",
            "(against|cover|covers|beat) the spread|(best|boosted|live) odds on",
            "(winning|guaranteed|nfl|nba|mlb|nhl|sports|betting|horse|racing|parlay) (picks|locks)|(locks?|picks) of the (day|week) <6> (game|odds|kickoff|nfl|nba)",
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
        "tobacco_vape",
        "tobacco or vapes",
        (30883, 30458, 30878),
        meaning(
            (
                "(tobacco|tobaccos|cigars?|cigarettes?|cigarillos?|vapes?|vaping|vape (shop|juice|pens?|kits?|"
                "mods?)|vapor (shop|lounge|store)|e-(liquids?|juices?|cigs?|cigarettes?)|eliquids?|ejuices?|ecigs?|"
                "ecigarettes?|hookahs?|hookah "
                "lounge|shisha|nicotine (pouches|salts?|products|levels)|salt nic|nic salts?|snus|(dry|moist|cans? of|nasal) snuff|"
                "smoke shop|smokeshop|humidors? <4> (stocked|full|sale|cigar|cigars|club|new|blend|box|boxes)|disposable vapes?|juul|zyn|pod (kits?|systems?|mods?)|pods and "
                "coils|puff bars?|menthols|menthol (disposables?|cigarettes|cigars)|maduros?|robustos?|"
                "churchills? <3> (box|boxes|wrapper|maduros?|cigars?)|cartons? of (marlboros?|camels|newports|smokes|menthols?|cigarettes|reds|lights)|"
                "rolling papers|glass pipes|water pipes <4> (glass|bongs?|sale|smoke|tobacco|hookahs?)|bongs?|chewing tobacco|dip cans|pod systems?|coils and pods)"
            ),
            unless=(
                "(tobacco|smoke|smoking|vape|nicotine)[- ](free|cessation|prevention)",
                "(quit|quitting|stop|stopping|give up|kick) <4> (smoking|tobacco|vaping|cigarettes|nicotine|vapes?)",
                "cigar[- ]box(es)?",
                "smoke (detector|alarm|damage|test)",
                "vapor (barrier|retarder|intrusion)",
                "vape detect\\w*",
                "tobacco (road|barn|warehouse|district|row)",
                "(road|row|barn|warehouse|district) tobacco",
            ),
        ),
        unlike=RECOVERY,
        part_of=frozenset({"cannabis"}),
    ),
    Family(
        "firearms",
        "firearms or ammunition",
        (30883, 30457),
        meaning(
            (
                "(firearms?|handguns?|rifles|(a|an|any|the|your|our|new|hunting|bolt-action|deer|air|used|rental|first|semi-auto|lever-action|sporting|precision|ar-15|custom) rifle|rifle (sale|range|class|rack|scopes?|build|optics|ammo|season)|carbines?|pistols?|shotguns?|revolvers?|ammo(?!-)|ammunition|"
                "(leather|carry|pistol|concealed|kydex|gun|new) holsters?|holsters? (and|sale|in stock|for your (pistol|glock|sidearm|carry))|gun (shop|store|sale|"
                "sales|show|shows|range|dealer|counter|deals|safe and ammo|parts|accessories|club|rental|rentals|"
                "owners|transfers)|guns|glocks?|ar-15s?|ar15s?|ak-47s?|ak47s?|(tax stamp|rifle|pistol|threaded|barrels?|our|new) <2> (suppressors?|silencers?)|(suppressors?|silencers?) <6> (tax stamp|barrel|barrels|stock|transfer|sale|rifle|atf)|"
                "(9 mm|9mm) <4> (ammo|rounds?|box|boxes|case|range|pistols?|brass|fmj|stock|back)|(12-gauge|12 gauge) <4> (ammo|shells?|rounds?|shotguns?|slugs|buckshot)|(concealed|conceal)[- ]carry (class|classes|"
                "course|courses|gear|holsters|weapons)|shooting range|(indoor|outdoor|gun|pistol|rifle) range <8> (lanes?|ammo|guns?|pistols?|rifles?|shoot|shooting|targets?|rent)|ffl|ffl transfers|bolt[- "
                "]action|semi-?auto(matic)? <2> (rifles?|pistols?|shotguns?|guns?|carbines?)|lever[- ]action|gunsmith\\w*|striker-fired|(stripped|ar|forged|complete) <1> (lowers|uppers|receivers)|(compacts|lowers|uppers|"
                "receivers) (and )?(lowers|uppers|receivers|on the wall|in stock)|muzzle (brakes?|devices?|loaders?)|muzzleloaders?|tactical (rifles|gear and))"
            ),
            (
                "(556|5\\.56|\\.308|308 win|\\.223|\\.22lr|\\.45 acp|\\.300|6\\.5 creedmoor) <8> (case|thousand|"
                "rounds?|box|boxes|ammo|stock|grain|shelf|arrive|back|limit)"
            ),
            unless=(
                "gun (violence|safety|control|lock|locks|buyback|buy-?back|free)",
                (
                    "(nail|glue|heat|staple|caulk|caulking|sealant|silicone|rivet|price|label|tagging|"
                    "spray|massage|water|nerf|top|grease|air|paint|radar|squirt|"
                    "temperature|tattoo|bubble|soldering|foam|hot glue) ?guns?"
                ),
                "(rifle|gun|pistol|musket|powder) (river|creek|road|lake|street|range road|hill|falls|peak)",
                "(road|creek|street) rifle",
                "drill team|rifle team|biathlon",
                "(shooting) (guard|star|schedule)",
                "gun ?metal",
            ),
        ),
    ),
    Family(
        "adult",
        "adult content",
        (30883, 30953, 30441),
        meaning(
            (
                "(porn|porno|pornograph\\w*|xxx <1> (videos?|movies?|pics|clips|films?|content|shows?|site|store|dvds)|(send|hot|my|new|free|trade|live) nudes?|nudity|strip ?clubs?|strip night|"
                "(male|female|our|hot|live|the|exotic|hire|two|new) strippers(?! (off|took|for|gel|paste|and sander))|"
                "strippers? <3> (stage|tonight|party|parties|show|night|club|pole|dance)|striptease|topless|"
                "escorts? <2> (tonight|available|service|services|agency|girls?|near|waiting|rates|by the hour)|(vip|elite|independent|hot|sexy|local|female|male|book an?) escorts?|erotic\\w*|adult (videos?|films?|movies?|toys?|content|"
                "entertainment|novelt(y|ies)|store|shop|site|products|club|boutique|dating|cam|chat|cabaret|"
                "superstore|models?|performers?|dvds)|"
                "swingers?|hook-?up (app|site|nights?|service|spots?|line)|(casual|local|adult|discreet|sexy|hot|easy) "
                "hook-?ups?|onlyfans|fetish\\w*|gentlemen'?s? (club|lounge)|gentlemen's|lap dances?|"
                "private dances? (in|for|with|vip|tonight)|sex (toys?|shop|chat|store|party|parties|dolls?|show|cam|positions|work)|sexy "
                "(singles|girls|cams?|dancers)|webcam (models?|girls)|cam (girls|models?|shows?)|vibrators?|"
                "dildos?|bdsm|kink (club|party|night|events?|community|friendly|gear|toys)|kinky|playmates? (of the|magazine|near|online|who)|sensual (massage|toys)|nsfw|"
                "bikini dancers|exotic dancers?|go-go dancers|pole dancers|intimate (toys|pleasure)|pleasure (toys|"
                "products)|couples'? toys|toys for (couples|adults|two|her|him)|dominatrix|lifestyle (club|couples|party|parties|nights?|events?|crowd)|"
                "open-minded (couples|singles|adults|people)|"
                "playrooms? <6> (couples|singles|adults|open|midnight|swing|lifestyle|hosts?|towels)|wife[- ]swap\\w*|(swap|swapping) (partners|or (just )?watch)|couples? meet other couples|"
                "singles? near you|"
                "discreet (encounters|affairs|dating)|one-night stands?|uncensored <2> (pics|videos?|photos|shows?|content|chat|cams?)|explicit (content|videos|photos)|18\\+ "
                "(content|videos|photos|chat|shows?)|butt plugs?|(toys|condoms|flavou?red|silicone|personal|massage oils?) <2> lubes?|lubes? <3> (toys|condoms|lingerie)|personal lubricants?)"
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
                "(sweepstakes?|sweeps <6> (win|prizes?|enter|entry|entries|draws?|drawing)|(win|prizes?|enter|our|summer|holiday|spring|fall|winter|coin|cash) <1> sweeps(?! (crew|team|will|come|clean|the|chimneys?))|giveaways?|raffles?|prize (draws?|drawings?|wheel|pool|giveaway|entries|"
                "entry)|(?<!blood\\s)(lucky|random|grand|weekly|monthly|daily|cash|big) (draw|draws|drawing|drawings|winner|"
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
            "(win|winning) (a|an|free|\\$|one of|up to|2|two|tickets|prizes|your) (?!(own |first |\\w+ )?(games?|match|matches|title|bid|case|cases|award|awards|championship|election|vote|seat|race|medals?|lawsuit|spot|fight|battle)\\b)\\w+|(win|winning) (the|our|this) <2> (bike|bicycle|car|truck|trip|tv|basket|quilt|prize|pot|iphone|gift card|grill|vacation|cruise|boat|cash|tickets|hamper|raffle|drawing|giveaway)",
            "(winner|winners) <4> (drawn|chosen|picked|selected|at random|announced|randomly)",
            "(drawn|picked|chosen|selected|draw|draws|pick|picks) <5> (at random|randomly|winner|winners|lucky)",
            "(prizes?) <5> (drawn|drawing|raffled|giveaway|random|win|won|winners?)",
            "(drawing|draw) <4> (for|to win) (a|an|free|the|prizes?|our|\\$)",
            "(you could|you can|could be|you might|you may) <3> (win|winner)",
            (
                "(pull|pulls|pulled|draw|draws|drawn|pick|picked|goes|go) <4> (from|in|into|out of) <2> (hat|fishbowl|drum|tumbler|raffle drum|"
                "glass bowl)"
            ),
            (
                "lucky (customer|shopper|winner|guest|reader|member|buyer|name|number|person|follower|subscriber|"
                "ticket|fan|one)s?"
            ),
            "(every|each) <6> (is|earns?|gets?|gives?|counts? as|means) <3> (entry|entries|raffle ticket|(chance|shot|ticket) <2> (win|winning|prizes?|draw|drawing|pot))",
            "(names?|receipts?|tickets?|entry|entries) <6> (drawn|pulled|picked(?! up)) <6> (at random|wins?|winner|prize|prizes)|(names?|receipts?|entry|entries) <4> (is|are|gets?|be|we) (drawn|pulled|pull|draw)",
            unless=(
                (
                    "(drawing|figure drawing|art|life drawing) (class|classes|lesson|workshop|supplies|course|"
                    "session|table|group|club)"
                ),
                "(mulch|compost|seed|tree|seedling|book|rain barrel|smoke alarm|alarm|smoke detector|helmet|car seat|food|coat|backpack|"
                "school supply|supply|lock|diaper|turkey|grocery|produce|clothing|toy|vaccine|narcan|t-shirt) giveaways?",
                "(scholarship|essay|science|spelling|art) contest",
                "win[- ]win|winning (team|smile|game|season)",
                "(bank|cash) withdraw\\w*|drawings (are|for your|of your|set|attached)",
                "prize[- ]winning",
                "(shop|architect\\w*|design|building|engineering) drawings?",
            ),
        ),
    ),
)
