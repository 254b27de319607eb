"""Compliant campaigns in many voices: none of them may raise a finding."""

import pytest

from rulebook.submission import Business, Submission
from tests.rulebook.drafts import CAMPAIGN, counted

# Name, domain, use case, description, opt-in text, samples.
Row = tuple[str, str, str, str, str, tuple[str, ...]]
CAMPAIGNS: tuple[Row, ...] = (
    (
        "Wrenfield Pediatrics PLLC",
        "wrenfieldkids.com",
        "CUSTOMER_CARE",
        "Wrenfield Pediatrics reminds parents of upcoming checkups and tells them when school forms can be picked up.",
        "New families fill in the registration packet (blank copy: https://wrenfieldkids.com/packet.pdf). Page 3 has a "
        "line that parents may initial or leave open: “Wrenfield Pediatrics may text me visit reminders and form "
        "notices. "
        "Expect 1-4 texts a month. Message & data rates may apply. Text STOP to quit or HELP for help.” Care is "
        "given the "
        "same with or without it. Privacy: https://wrenfieldkids.com/privacy. Terms: "
        "https://wrenfieldkids.com/sms-terms.",
        (
            "Wrenfield Pediatrics: [Child] has a checkup on [Date] at [Time]. Reply C to confirm or STOP to quit.",
            "Wrenfield Pediatrics: the camp form for [Child] is at the front desk. Reply STOP to quit.",
        ),
    ),
    (
        "Saltmarsh Kayak Tours",
        "saltmarshkayak.com",
        "MIXED",
        "People who booked a paddle with Saltmarsh Kayak Tours get launch times and weather changes; those who "
        "joined the "
        "separate deals list hear of mid-week discounts.",
        "The booking page https://www.saltmarshkayak.com/book ends with two separate checkboxes, neither is "
        "checked. First: "
        "'Trip texts: launch time and weather, around 3 per trip.' Second: 'Deal texts, at most 2 a month.' Small "
        "print "
        "under both: 'From Saltmarsh Kayak Tours. Carrier message and data fees may apply. Send STOP to end "
        "either, HELP "
        "for help. Not needed to book. saltmarshkayak.com/privacy saltmarshkayak.com/terms'",
        (
            "Saltmarsh Kayak: launch moved to [Time] because of wind. STOP to end.",
            "Saltmarsh Kayak: Tuesday tours are 25% off in May: https://saltmarshkayak.com/may STOP to end.",
        ),
    ),
    (
        "Holloway & Finch Insurance Agency",
        "hollowayfinch.com",
        "ACCOUNT_NOTIFICATION",
        (
            "Policyholders of Holloway & Finch Insurance Agency are told when a premium is due, a card is mailed "
            "or a claim moves."
        ),
        "Policyholders turn the texts on under Notifications at https://hollowayfinch.com/how-to-get-texts (a "
        "public guide with "
        'screen pictures). The switch is off until they act. It is labelled: "Get policy and claim texts from '
        "Holloway & "
        "Finch. How many depends on your policy. Msg/data rates may apply. Reply STOP to cancel, HELP for help. "
        "Your coverage "
        'does not change either way." The Privacy Policy (https://hollowayfinch.com/privacy) and Terms '
        "(https://hollowayfinch.com/terms) are linked there. Phone numbers are never sold, rented or shared with "
        "other companies.",
        (
            "Holloway & Finch: your premium of [amount] is due [date]. Reply STOP to cancel.",
            "Holloway & Finch: claim [number] was approved. Reply STOP to cancel.",
        ),
    ),
    (
        "Dockside Crab Shack",
        "docksidecrab.com",
        "MARKETING",
        "dockside crab shack tells the folks on our crab club list what is fresh today and what is on special",
        "folks text CRABBY to 410-555-0142. its on the menu board (photo https://docksidecrab.com/board.jpg) with "
        'this: "text '
        "CRABBY for weekly specials from dockside crab shack. no more than 3 texts a wk. msg & data rates may "
        "apply. STOP to "
        'get off the boat, HELP for help. no purchase needed. docksidecrab.com/privacy docksidecrab.com/terms"',
        (
            "Dockside Crab Shack: dozen steamed $39 today only. STOP to get off the boat",
            "dockside: soft shells are in! kids eat free tues. STOP to end",
        ),
    ),
    (
        "Meridith Community College",
        "meridithcc.edu",
        "HIGHER_EDUCATION",
        (
            "Meridith Community College texts enrolled students about registration deadlines, financial aid "
            "documents and closures."
        ),
        "Students opt in on the public page https://www.meridithcc.edu/textme. They type a mobile number, pick "
        "topics and tick "
        "'I want texts from Meridith Community College about deadlines, aid and closures' (unticked at first). "
        "Beneath: "
        "'Message frequency varies by term. Standard message and data rates apply. Text STOP to unsubscribe, HELP "
        "for help, or "
        "write to help@meridithcc.edu. Enrollment does not require texts.' Terms https://www.meridithcc.edu/terms "
        "and privacy "
        "https://www.meridithcc.edu/privacy are linked. We don't give numbers to third parties or affiliates for "
        "marketing.",
        (
            (
                "Meridith CC: registration for spring closes [date]. Details: https://meridithcc.edu/reg STOP to "
                "unsubscribe"
            ),
            "Meridith CC: campus is closed today due to ice. STOP to unsubscribe",
        ),
    ),
    (
        "Tallgrass Pest Control",
        "tallgrasspest.com",
        "CUSTOMER_CARE",
        (
            "Tallgrass Pest Control lets homeowners with a service plan know the day before a technician comes and "
            "what was treated."
        ),
        "VERBAL: when scheduling by phone, the office asks 'Would you like Tallgrass Pest Control to text you "
        "visit notices? "
        "You'd get about two per visit, message and data rates may apply, and you can reply STOP to end or HELP "
        "for help. It's "
        "up to you. Our privacy policy and terms are at tallgrasspest.com/privacy and tallgrasspest.com/terms.' A "
        "yes or no is "
        "noted on the work order. The script is posted at https://tallgrasspest.com/text-script.",
        (
            "Tallgrass Pest Control: technician [Name] comes tomorrow between 8 and 10. Reply STOP to end.",
            "Tallgrass: treatment done, keep pets inside until [time]. Questions? Call 402-555-0166.",
        ),
    ),
    (
        "Harborlight Church",
        "harborlight.church",
        "LOW_VOLUME",
        "Harborlight Church texts members and visitors who filled in a connect card about service times, small "
        "groups and meals "
        "for families in need.",
        "Paper connect card in the pew rack (scan: https://harborlight.church/card.png). The last line reads [ ] "
        "Text me church "
        "news. Harborlight Church, 1-3 msgs a week, msg and data rates may apply, STOP ends it, HELP gets help, see "
        "https://harborlight.church/terms and https://harborlight.church/privacy. The card can be handed in with "
        "the box empty.",
        (
            "Harborlight Church: Sunday service moves to 9am. Reply STOP to end.",
            "Harborlight Church: the Ruiz family needs meals this week, sign up: https://harborlight.church/meals",
        ),
    ),
    (
        "Voltvine EV Charging",
        "voltvine.io",
        "2FA",
        (
            "Voltvine EV Charging sends drivers a one-time code by text when they sign in to the charging app on a "
            "new phone."
        ),
        "In the app drivers enter a mobile number and tap Send code. Screens: https://voltvine.io/signin-screens. "
        "Under the "
        "field: 'Voltvine EV Charging will text you a sign-in code. One message per request. Message and data "
        "rates may apply. "
        "Reply HELP for help, STOP to opt out. You may use an e-mail code instead. Terms voltvine.io/terms Privacy "
        "voltvine.io/privacy'",
        ("Voltvine code: [code]. Never share it.", "[code] is your Voltvine sign-in code, valid 10 minutes."),
    ),
    (
        "Brambleway Senior Center",
        "bramblewaysenior.org",
        "PUBLIC_SERVICE_ANNOUNCEMENT",
        "Brambleway Senior Center alerts older residents to heat days, ride delays and closed lunch sites.",
        "Seniors sign a sheet at the welcome desk; a photo of the blank sheet is public at "
        "https://bramblewaysenior.org/sheet.jpg. "
        "Above the signature: 'I'd like alert texts from Brambleway Senior Center on heat, rides and lunch. "
        "Frequency depends on "
        "the season. Msg & data rates may apply. STOP = stop, HELP = help. Lunch and rides are yours whether or "
        "not you sign.' "
        "Printed below: bramblewaysenior.org/privacy and bramblewaysenior.org/terms. We share nothing with sponsors.",
        (
            "Brambleway Senior Center: heat advisory today, cooling room open until 8pm. Reply STOP to stop.",
            "Brambleway: the noon shuttle runs 20 minutes late. Reply STOP to stop.",
        ),
    ),
    (
        "Oxbow Title & Escrow",
        "oxbowtitle.com",
        "ACCOUNT_NOTIFICATION",
        (
            "Oxbow Title & Escrow tells buyers and sellers when closing documents are ready to sign and funds are "
            "released."
        ),
        "Buyers and sellers receive a welcome form at https://oxbowtitle.com/welcome. One question is optional: "
        "'May Oxbow Title & "
        "Escrow text you closing updates? Yes / No' and nothing is chosen beforehand. Next to it: 'Usually 4 to 6 "
        "texts per "
        "closing. Message and data rates may apply. Reply STOP to opt out or HELP for help. Your closing goes "
        "ahead either way.' "
        "Privacy notice https://oxbowtitle.com/privacy, terms https://oxbowtitle.com/terms.",
        (
            "Oxbow Title: your documents are ready to sign. Call (208) 555-0119. Reply STOP to opt out.",
            "Oxbow Title: closing is set for [date] at [time]. We never change wire instructions by text.",
        ),
    ),
    (
        "Juniper Row Apartments",
        "juniperrow.com",
        "CUSTOMER_CARE",
        "Residents of Juniper Row Apartments hear about water shutoffs, package room hours and their repair requests.",
        "Residents choose texts on https://juniperrow.com/resident-texts: an empty box says 'Text me building "
        "notices. Juniper Row "
        "Apartments, roughly 2 a month, standard message and data rates may apply, text STOP to end and HELP for "
        "help.' The lease "
        "is signed elsewhere and says nothing about texts; no resident has to take part. Links to the privacy policy "
        "https://juniperrow.com/privacy and the terms https://juniperrow.com/terms stand right under the box.",
        (
            "Juniper Row: water is off in building [letter] on [date] 9-12. Reply STOP to end.",
            "Juniper Row: repair [number] is done. How did we do? Reply 1 to 5.",
        ),
    ),
    (
        "Cinderpath Running Store",
        "cinderpathrun.com",
        "MARKETING",
        (
            "Cinderpath Running Store texts shoppers on its insider list about new shoes, demo days and "
            "member-only discounts."
        ),
        "A pop-up on https://cinderpathrun.com has one purpose, joining the insider list. Above the JOIN button: "
        "'By tapping JOIN "
        "you agree to receive recurring automated marketing texts from Cinderpath Running Store at the number "
        "given. Consent is "
        "not a condition of purchase. Up to 5 msgs/mo. Msg & data rates may apply. Reply STOP to cancel, HELP for "
        "help. View "
        "Terms https://cinderpathrun.com/terms & Privacy https://cinderpathrun.com/privacy.'",
        (
            (
                "Cinderpath: the new trail shoes landed. Insiders save 15%: https://cinderpathrun.com/new Reply "
                "STOP to cancel"
            ),
            "Cinderpath: demo day Saturday 9am, run in anything, coffee is on us. Reply STOP to cancel",
        ),
    ),
)


def submission(row: Row) -> Submission:
    name, domain, use_case, description, flow, samples = row
    text = " ".join(samples)
    draft = {
        **CAMPAIGN,
        "us_app_to_person_usecase": use_case,
        "description": description,
        "message_flow": flow,
        "message_samples": list(samples),
        "has_embedded_links": "https://" in text,
        "has_embedded_phone": "555-0" in text,
        "privacy_policy_url": f"https://{domain}/privacy",
        "terms_and_conditions_url": f"https://{domain}/terms",
    }
    if "CRABBY" in flow:
        draft["opt_in_keywords"] = ["CRABBY"]
        draft["opt_in_message"] = (
            f"{name}: weekly specials, up to 3 texts a wk. Msg & data rates may apply. HELP for help, STOP to end."
        )
    return Submission(kind="campaign", draft=draft, brand=Business(name, f"https://www.{domain}"))


@pytest.mark.parametrize("row", CAMPAIGNS, ids=[row[0] for row in CAMPAIGNS])
def test_a_compliant_campaign_raises_nothing(row: Row) -> None:
    assert [(finding.rule, finding.field, finding.message) for finding in counted(submission(row))] == []
