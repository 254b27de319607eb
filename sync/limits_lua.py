"""What Redis runs: each script whole, with nobody in between. Times in milliseconds, by the server's clock unless one
is given. The arithmetic is explained at `twilio_api.limiter.Bucket`; tests compare the two step by step."""

_NOW = """
local function clock(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local now = clock(ARGV[1])
"""

# The server's clock may be set back. What was counted by it before then moves back as far, or it would stand for as
# long as the clock had been ahead.
_STEADY = """
local seen = tonumber(redis.call('HGET', KEYS[1], 'seen')) or now
if seen > now then
  for _, moment in ipairs({'at', 'until', 'next_write', 'cut_at'}) do
    if redis.call('HEXISTS', KEYS[1], moment) == 1 then
      redis.call('HINCRBYFLOAT', KEYS[1], moment, now - seen)
    end
  end
end
redis.call('HSET', KEYS[1], 'seen', now)
"""

# KEYS: the account's hash, its calls under way, the totals over all accounts. Returns the milliseconds to wait, 0 where
# the place is taken.
BEFORE = (
    _NOW
    + _STEADY
    + """
local call, ticket, full, at_once = ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local gap, look_again, lease, keep = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at', 'rate', 'until', 'next_write', 'day')
local rate = math.min(tonumber(kept[3]) or full, full)
local size = math.max(rate, 1)
local passed = math.max(now - (tonumber(kept[2]) or now), 0)
local tokens = math.min(size, (tonumber(kept[1]) or size) + passed / 1000 * rate)
local wait = math.max((tonumber(kept[4]) or 0) - now, 0)
if call == 'write' then
  wait = math.max(wait, (tonumber(kept[5]) or 0) - now)
else
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
  if tokens < 0.9999 then wait = math.max(wait, (1 - tokens) / rate * 1000) end
  if redis.call('ZCARD', KEYS[2]) >= at_once then wait = math.max(wait, look_again) end
end
if wait > 0 then return math.ceil(wait) end
local day = math.floor(now / 86400000)
if tonumber(kept[6]) ~= day then redis.call('HSET', KEYS[1], 'day', day, 'calls', 0, 'throttled', 0) end
redis.call('HINCRBY', KEYS[1], 'calls', 1)
redis.call('HINCRBY', KEYS[3], call, 1)
if call == 'write' then
  redis.call('HSET', KEYS[1], 'next_write', now + gap)
else
  redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - 1), 'at', now)
  redis.call('ZADD', KEYS[2], now + lease, ticket)
  redis.call('PEXPIRE', KEYS[2], lease)
end
redis.call('PEXPIRE', KEYS[1], keep)
return 0
"""
)

# KEYS as above. A status of 0 says that no answer came.
AFTER = (
    _NOW
    + """
local ticket, status, retry_after = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local full, least, cut, cut_ms = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local recovery, first, longest, keep = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])
redis.call('ZREM', KEYS[2], ticket)
if status == 0 then return end
local kept = redis.call('HMGET', KEYS[1], 'rate', 'until', 'strikes', 'cut_at')
local rate, strikes = math.min(tonumber(kept[1]) or full, full), tonumber(kept[3]) or 0
if status ~= 429 then
  if rate < full or strikes > 0 then
    redis.call('HSET', KEYS[1], 'rate', tostring(math.min(full, rate + recovery * full)), 'strikes', 0)
  end
  return
end
strikes = strikes + 1
local pause = retry_after
if pause == 0 then pause = math.min(first * 2 ^ (strikes - 1), longest) end
redis.call('HSET', KEYS[1], 'until', math.max(tonumber(kept[2]) or 0, now + pause),
  'strikes', strikes, 'tokens', 0, 'at', now)
redis.call('HINCRBY', KEYS[1], 'throttled', 1)
redis.call('HINCRBY', KEYS[3], 'throttled', 1)
if now - (tonumber(kept[4]) or -cut_ms) >= cut_ms then
  redis.call('HSET', KEYS[1], 'rate', tostring(math.max(rate * cut, least)), 'cut_at', now)
end
redis.call('PEXPIRE', KEYS[1], keep)
"""
)

# KEYS: those at work. Returns 1 where one more may begin.
ENTER = (
    _NOW
    + """
local ticket, most, lease = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= most then return 0 end
redis.call('ZADD', KEYS[1], now + lease, ticket)
redis.call('PEXPIRE', KEYS[1], lease)
return 1
"""
)
