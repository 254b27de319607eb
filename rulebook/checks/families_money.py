"""Forbidden families about coins, shares and leads: what gives each away, and what only looks like it."""

from rulebook.checks.family import Family
from rulebook.prose import meaning

FAMILIES: tuple[Family, ...] = (
    Family(
        "crypto",
        "cryptocurrency",
        (30897, 30464, 30867),
        meaning(
            (
                "(crypto ?currenc(y|ies)|crypto (wallet|wallets|exchange|exchanges|trading|trades?|prices?|assets?|"
                "coins?|investors?|investing|market|markets|signals|portfolio|alerts?|news|rewards|deposits?|"
                "holders?|tokens?|lending|staking|atm|mining|deals|buyers)|"
                "bitcoin|bitcoins|ethereum|btc|dogecoin|altcoins?|stablecoins?|usdt|usdc|nfts?|non-?fungible|defi|"
                "icos?(?= (launch|sale|presale|round|opens))|token (sale|presales?|launch|drop|prices?|"
                "holders|swap|listings?|rewards?|sales)|presale "
                "tokens?|airdrops? <4> (tokens?|wallets?|holders?|claim|coins?|eligible|snapshot|live|"
                "for|early|season)|(token|claim|claim your|mint and|and|presale and|free|coin|the) "
                "airdrops?(?! your)|airdrop alerts?|blockchain (tokens?|assets?|coins?|investments?|"
                "games?)|"
                "web3|staking (rewards?|yield|pool|pools|apy|returns)|stake your (coins?|tokens?|eth|"
                "sol|crypto|assets|bag|holdings|nfts?)|coin (listings?|launch|presale|"
                "prices?|drop|offering|exchange)|(new|meme|digital|virtual|our) (coins?|tokens?|currency|"
                "currencies) <3> (listings?|launch|presale|holders|price|exchange|wallet|trading|sale)|digital "
                "(assets? (trading|exchange|investing|portfolio|wallet|prices?)|currency|currencies|"
                "tokens?)|memecoins?|solana|xrp|litecoin|hot wallet|cold "
                "wallet|mint(ing)? (your|our|the|a|an|new|opens?|date|is|starts|goes) <3> (nfts?|token|collectible|"
                "pass|drop))"
            ),
            "(swap|trade|buy|sell|convert|stake) (eth|sol|btc|ada|xrp|matic|doge|dogecoin|usdt)",
            "eth <4> (is|up|down|price|at|[$]|wallet)",
            "(tokens?|coins?) <6> (wallet|exchange|trading|staking|presale|blockchain)",
            "(wallet|exchange|staking|presale|blockchain) <6> (tokens?|coins?)",
            "(\\d|for|in|of) (eth|btc|sol|usdc|usdt|xrp)|mint (opens|date|price|pass|window|goes live)",
            "liquidity (pools?|mining|providers?)|yield farming",
            "(coins?|tokens?) <2> (lists?|listed|listing|launch\\w*) <3> (on|exchanges?)",
            "buy crypto|sell crypto|trade crypto|in crypto|accepts? crypto deposits",
            unless=(
                "crypto (street|st|road|rd|lane|avenue|ave|drive|blvd|court)",
                "(coin|coins) (laundry|laundromat|operated|shop|club|dealer|show|collect\\w*|wash)",
                (
                    "(arcade|game|laundry|transit|subway|car wash|wash|bus|security|access|auth|authentication|"
                    "hardware|login|session|api|sign-in) tokens?"
                ),
                "cryptosporid\\w*|cryptograph\\w*|cryptic",
                "numismatic",
            ),
        ),
    ),
    Family(
        "stock_or_investment",
        "stock tips or investment offers",
        (30897, 30463, 30465),
        meaning(
            (
                "(stock|stocks|options?|forex|fx|trading|day-?trading|swing|futures|equity|penny[- "
                "]stocks?|commodit(y|ies)|"
                "currency) <1> (signals?|picks?|tips?|plays|recommendations|ideas|setups)|(stock|"
                "stocks|options|forex|fx|"
                "trade|trading|swing|futures|equity|penny[- ]stocks?) (and \\w+ )?(alerts?|entries|"
                "calls|signals?)(?!:)|trade (signals?|tips?|ideas|setups)|"
                "(market|gold) (signals?|calls|picks|plays|timing)"
            ),
            (
                "(penny stocks?|hot stocks?|forex (trading|signals)|day[- ]trad(e|er|ers|ing)|copy trading|binary "
                "options|options trading|trading (room|signals|alerts?|ideas|calls|course|bot|tips)|swing trad(e|"
                "es|ing)|pump and dump|covered calls|calls and puts)"
            ),
            (
                "(guaranteed|promised|passive|projected|double-digit) <3> (returns?|yields?|profits?|payouts?|income)|"
                "(fixed|expected|annual|monthly|weekly|daily|average|target|steady|high) (returns?|"
                "yields?|profits?|payouts?|payout news|dividends?) <8> "
                "(invest\\w*|money|capital|fund|guaranteed|plan|members|units|\\d+ ?%|circle|club)|"
                "(invest\\w*|money|capital|fund|circle|club|plan) <8> (fixed|expected|annual|monthly|"
                "weekly|daily|average|target|steady|high) (returns?|profits?|payouts?|dividends?)"
            ),
            (
                r"\d+ ?(%|percent|x) <4> (returns?|yields?|profits?|roi|apy|guaranteed|annual "
                r"(returns?|yields?|gains?|profit)|gains|on your (money|investment)|"
                r"target)|(earn|earns|earning|pay|pays?|paid|make|makes|made|returned|yields?|up) <4> "
                r"\d[\d.]* ?(%|percent) <2> (a|per|each|every) (day|week|month|quarter|year)|(place|"
                r"put in|invest|deposit) <2> \$\d[\d,]* <10> (see|get|earn|receive|take|withdraw|back|"
                r"guaranteed)|\d[\d.]* ?(%|percent) (a|per) year,? guaranteed|\d[\d.]* ?(%|percent) (a|"
                r"per|each|every) (day|week|month|quarter) <4> (return|guaranteed|paid|profit|"
                r"invest\w*|on your|money)"
            ),
            (
                "(invest|investing|investment|investors?) <8> (returns?|yields?|profits?|payout|opportunit(y|ies)|"
                "earn|earning|double|triple|grow your money|guaranteed|high-yield|offerings?|deals?|rounds?|"
                "minimum|units)"
            ),
            (
                "(returns?|yields?|profits?|earn|double|triple|grow) <6> (invest|invested|investment|investing|"
                "investors?|(your|their) (money|capital|savings)|put in)"
            ),
            (
                "(money|deposit|capital|principal) <2> back plus|(put in|deposit|place|invest) \\$?\\d[\\d,]* <6> "
                "(take|takes|earn|earns|get|"
                "gets|receive|make|makes|withdraw|collect)"
            ),
            (
                "(paid out|payouts?|pays out) <8> (everyone (who|in)|investors|deposit|deposits|money "
                "(back|in|works))|(circle|club|fund|plan) (pays|paid) out"
            ),
            "(their|your|members') money <2> (earned|earns|grew|grows|made|makes|works)",
            "(buy|sell|strong buy|long|short) (alert|signal|the dip|at \\$|zone|rating)",
            (
                "(investment|investing|investor) (opportunit(y|ies)|offers?|tips?|deals?|alerts?|signals?|clubs?|"
                "program|pool|fund|newsletter|picks?|plans?|syndicate|scheme|product|products)"
            ),
            (
                "(ticker|stop[- ]loss|price target|take[- ]profit) <6> (price|target|entry|exit|alert|"
                "stop)|entry \\$?\\d[\\d.]* <3> (target|stop|exit)"
            ),
            "entry and exit (points?|prices?|levels?|signals?|calls|alerts?|times for)",
            (
                "(shares|stocks) to (buy|sell|own|watch)|(buy|sell) \\w{1,5} (at|under|below|near) "
                "\\$?\\d[\\d.]* <3> (stop|target|exit)"
            ),
            "options? play|\\d+ (calls|puts)|(calls|puts) (expiring|strike)",
            unless=(
                "(back|in|out of|low|limited|new|full) ?-?(in )?stock",
                (
                    "(back-in-|in-|re)?stock (alerts?|tips?|notices?) <12> (yarn|sizes?|colou?rs?|sale|store|shop|"
                    "shoes|books|wine|plants|order|shopping)"
                ),
                "sold[- ]out|restock\\w*",
                "(trading|swap) (cards?|card game|post|posts)",
                "livestock",
                "(return|returns) <3> (policy|label|item|items|book|books|package|tax|the order|to school|visit)",
                "(tax|sales|product|sample|easy|free) returns?",
                "(homework|school|college|education) investment",
                "(transportation|community|infrastructure) investment",
            ),
        ),
        part_of=frozenset({"crypto"}),
    ),
    Family(
        "lead_generation",
        "lead generation or recruiting for a network",
        (30897, 30951, 30468),
        meaning(
            (
                "(lead|leads)[- ](gen|generation|generator|generators|buyers?|marketplace|distribution|exchange|"
                "sales|resale|vendors?|brokers?|selling|aggregat\\w*|service|network|platform)"
            ),
            (
                "(sell|sells|selling|sold|resell|resells|reselling|resold|distribute|distributes|distributing|"
                "route|routes|routing|pass|passes|passing|forward|forwards|auction|auctions|share|shares|sends?|"
                "deliver|delivers|hand|hands|distributed|forwarded|passed|routed|auctioned) <8> (leads?|inquir(y|"
                "ies)|enquir(y|ies)|requests?|quote requests|applications|details|contact (details|data|"
                "information)|submissions|consumers?|homeowners) <10> "
                "(to|with|among|between) <8> (companies|partners|buyers|agents|lenders|providers|contractors|"
                "insurers|carriers|dealers|advertisers|installers|attorneys|lawyers|law firms|firms|others|brokers|"
                "businesses|network|schools|sellers|vendors|merchants|pros|clinics|advisers|advisors)"
            ),
            (
                "(match|matches|matching|connect|connects|connecting|matched|connected|pair|pairs|pairing|"
                "introduce|introduces|refer|refers|compare|compares) <10> (with|to) <10> (companies|partners|"
                "lenders|agents|contractors|insurers|carriers|dealers|installers|attorneys|providers|law firms|"
                "lawyers|firms|brokers|schools|pros|quotes from|offers from)"
            ),
            (
                "(up to|several|multiple|three|four|five|many|\\d) <5> (companies|contractors|lenders|insurers|"
                "installers|providers|carriers|dealers|partners|firms|pros|law firms) <8> (contact|text|call|offer|"
                "offers|want|quote|quotes|compete|bid|send (you|them|offers|quotes|prices))"
            ),
            (
                "(multi-?level|network) marketing|mlm|downlines?|uplines?|residual income|passive income|be your "
                "own boss|build (your|a) team <6> (earn|income|commission|commissions|bonus)|recruit <6> (earn|"
                "commission|commissions|bonus|team)|(income|business) opportunit(y|ies)"
            ),
            (
                "(earn|commission|commissions|bonus|income) <10> (recruit|recruits|recruiting|people you (bring|"
                "sign|enroll)|your team|distributors you|sign up under)"
            ),
            (
                "(bring|brings|sign|signs|recruit|recruits|enroll|enrolls|sponsor|sponsors|invites?) <4> (people|"
                "partners|friends|members|distributors|reps|consultants) <14> (earn|earns|rank|commissions?|residual|"
                "(on )?every level)|(become|be|new) (a )?distributors? <8> (team|recruit|earn|level)|"
                "recruit <3> (a )?team|build <2> (team|downline) <6> (earn|level|income)|(earn|earns|"
                "earnings) <3> (every|each|all) levels?"
            ),
            (
                "rank(s|ed|ing)?[- ]up|\\w+ levels deep|(earn|earns|commissions?|bonus|paid) <8> "
                "(below|beneath|under) you|"
                "(below|beneath|under) you <4> (earn|commission|%|bonus)"
            ),
            "(replace|replaces|replaced|fire|quit) <2> (salary|income|paycheck|boss|day job|job)",
            (
                "(quotes?|offers?|prices?|estimates?|bids?) from <4> (partners|lenders|insurers|companies|contractors|"
                "agents|installers|carriers|"
                "movers|providers|dealers|attorneys|roofers)"
            ),
            (
                "(visitors|requests?|inquir(y|ies)|people|leads|homeowners|shoppers|consumers|drivers|"
                "names|quotes) <10> "
                "(handed|sold|introduced|sent|passed|given) (on |over )?to <6> (insurers|agencies|"
                "firms|companies|dealers|brokers)|"
                "(sent|forwarded|passed|given|goes|went|submitted) to <4> (roofers|movers|contractors|installers|"
                "lenders|attorneys|lawyers|"
                "plumbers|insurers|pros|dealers|buyers|painters|insurance agents|loan officers)"
            ),
            (
                "(pay|pays|paid|paying) us <2> (per|for each|for every|a fee (per|for each)) <2> (request|"
                "lead|inquiry|name|introduction|customer|contact)"
            ),
            "(several|three|four|five|\\d) (agencies|agents|insurers|lenders|contractors|companies|dealers|"
            "roofers|movers|plumbers|painters|electricians|attorneys|lawyers|installers|buyers|"
            "advisors) <4> (ready|want|wants|willing|waiting|eager) (to|with)",
            "network of <4> (will|may|can|to) (contact|call|text|reach|send)",
            (
                "(up to|several|multiple|three|four|five|\\d) <3> (movers|roofers|plumbers|painters|attorneys|lawyers|"
                "electricians|buyers|advisors|"
                "clinics) <6> (contact|text|call|offer|want|quote|compete|bid|send)"
            ),
            "(join|enroll|sign up) (my|our|the) team <8> (earn|income|commission|bonus|from home)",
            unless=(
                "(dog|rope|lead|leash) leads",
                (
                    "leads? (service )?(lines?|water lines?|content|levels?|exposure)|lead (paint|teacher|pastor|"
                    "singer|time|times|pipes?|testing|abatement)"
                ),
                (
                    "(delivery|our own|technician|volunteers?|tutor|tutors|mentors?|doctors?|nurses?|therapists?|"
                    "counselors?|foster|sitters?) (agents?|team|staff)"
                ),
            ),
        ),
    ),
)
