"""A Twilio to play with: a small HTTP server that behaves as Twilio's documents say. It imports nothing of ours.

Every Twilio host is the first path segment: https://messaging.twilio.com/v1/Services is served as
http://127.0.0.1:8300/messaging.twilio.com/v1/Services. Where the documents are silent a comment says what was chosen.

Reading order: `world` (what exists), `routes` (what may be asked), `campaigns`, `brands`, `tollfree`, `trusthub`,
`items`, `assignments`, `evaluations`, `addresses`, `accounts` (how it is answered), `registry` and `papers` (what is
true of a business, and what it files), `courses`, `reviewer`, `reading` and `reading_papers` (how it is judged),
`sinks`, `subscriptions`, `event_types`, `news`, `outbox` and `courier` (what is told by event, and how it gets there),
`verbs`, `news_verbs`, `fault_verbs` and `faults` (how tests and demos bend the world), `server`, and `handle`, the
client for both.
"""
