--[[
  Settles what the holder of a conversation had in hand, then hands out its next post, marked as being sent.

  KEYS  1 zset    the conversation's queue: number and id -> not before (ms)   2 hash its posts
        3 zset    conversations by time   4 zset conversations that wait   5 string the conversation's lease
        6-8 hash  settled posts: today, yesterday, the day before (real days)   9 hash failed posts of today   10 hash counts
        11 hash   conversation -> messages started today (local day)
        12 hash   conversation, `#kind` -> messages sent in the month   13 hash conversation -> minutes of its reminders
  ARGV  1 conversation   2 holder   3 lease (ms)   4 now (ms)   5 real now (ms)   6 keep settled posts (s)
        7 sendings with an unknown outcome after which a post is given up
        8 name of this attempt, '' when no further post is wanted
        9 the local day   10 longest text that becomes one message of several (bytes)
        11 id of the post in hand, '' for none   12 name of its attempt
        13 sent, moot, refused, retry, full, unknown or postponed   14 the platform's code
        15 retry, full, unknown: real ms until which the conversation waits; postponed: ms before which the post may not go out
        16 postponed: 'joins' when it may become one message with others
        17 keep the counts of a month (s)

  Answers [held (1 or 0), post or '', attempts, which message of the day it is (0: not counted), id closed, its state,
  …]. The same call again settles nothing twice and
  hands out the same post.
]]
local chat, holder, now, attempt, day = ARGV[1], ARGV[2], tonumber(ARGV[4]), ARGV[8], ARGV[9]
local keys = { queue = KEYS[1], posts = KEYS[2], due = KEYS[3], waiting = KEYS[4], settled = { KEYS[6], KEYS[7], KEYS[8] },
  failed = KEYS[9], counts = KEYS[10], started = KEYS[11] }
local answer = { 0, '', 0, 0 }

local function close(place, id, post, state)
  redis.call('ZREM', keys.queue, place)
  redis.call('HDEL', keys.posts, id)
  closePost(keys, id, post, state, ARGV[6])
end

-- An outcome that nobody knows: at most once is never again, at least once is only a few times.
local function givenUp(post)
  post.unknowns = post.unknowns + 1
  return post.delivery == 'atMostOnce' or post.unknowns >= tonumber(ARGV[7])
end

-- Counts the post among the day's messages of its conversation, once a day. Which one it is; 0 when it does not count.
local function count(post)
  if post.counted == '-' then return 0 end
  local place = string.match(post.counted, '^' .. day .. ':(%d+)$')
  if not place then
    place = redis.call('HINCRBY', keys.started, chat, 1)
    if redis.call('HLEN', keys.started) == 1 then redis.call('EXPIRE', keys.started, ARGV[6]) end
    post.counted = day .. ':' .. place
  end
  return tonumber(place)
end

-- It certainly reached nobody, so it was none of the day's messages.
local function uncount(post)
  if not string.find(post.counted, '^' .. day .. ':') then return end
  redis.call('HINCRBY', keys.started, chat, -1)
  post.counted = ARGV[16] == 'joins' and 'fresh' or 'alone'
end

-- Puts the post's words behind those of another that waits for the same moment: one message instead of two.
local function isJoined(post, moment)
  if ARGV[16] ~= 'joins' or post.counted == '-' then return false end
  for _, place in ipairs(redis.call('ZRANGEBYSCORE', keys.queue, moment, moment)) do
    local id = string.sub(place, 17)
    local other = readPost(redis.call('HGET', keys.posts, id))
    local isFree = other.state == 'q' and other.counted ~= '-' and other.counted ~= 'alone'
    if isFree and other.delivery == post.delivery and #other.body + #post.body <= tonumber(ARGV[10]) then
      other.body = other.body .. '\n' .. post.body
      if tonumber(other.expires) < tonumber(post.expires) then other.expires = post.expires end
      redis.call('HSET', keys.posts, id, writePost(other))
      return true
    end
  end
  return false
end

-- One more message that the bot has started and that went out. Of a reminder the minute is kept, to see what came of it.
local function account(id, post)
  if post.counted == '-' then return end
  local kind = string.match(id, '^[^/]+')
  -- The key lives on while conversations join it.
  if redis.call('HINCRBY', KEYS[12], chat, 1) == 1 then redis.call('EXPIRE', KEYS[12], ARGV[17]) end
  redis.call('HINCRBY', KEYS[12], '#' .. kind, 1)
  if kind ~= 'nudge' then return end
  local before = redis.call('HGET', KEYS[13], chat)
  redis.call('HSET', KEYS[13], chat, (before or '') .. ' ' .. string.format('%d', math.floor(now / 60000)))
  if not before then redis.call('EXPIRE', KEYS[13], ARGV[17]) end
end

local function settle(id, outcome)
  local record = redis.call('HGET', keys.posts, id)
  local post = record and readPost(record)
  -- Another attempt has been made since, or this one was settled before.
  if not post or post.state ~= 's' or post.attempt ~= ARGV[12] then return end
  local place = placeOf(post, id)
  post.code = ARGV[14]
  post.state = 'q'
  if outcome == 'refused' or outcome == 'postponed' or outcome == 'moot' then uncount(post) end
  if outcome == 'sent' then account(id, post) end
  if outcome == 'sent' or outcome == 'moot' or outcome == 'refused' then
    return close(place, id, post, outcome)
  elseif outcome == 'unknown' and givenUp(post) then
    table.insert(answer, id)
    table.insert(answer, 'unknown')
    return close(place, id, post, 'unknown')
  elseif outcome == 'postponed' then
    post.attempts = post.attempts - 1
    if tonumber(ARGV[15]) >= tonumber(post.expires) then
      table.insert(answer, id)
      table.insert(answer, 'expired')
      -- By quiet hours or the budget: no platform had a word in it.
      post.code = 'held-back'
      return close(place, id, post, 'expired')
    end
    if isJoined(post, ARGV[15]) then return close(place, id, post, 'joined') end
    redis.call('ZADD', keys.queue, ARGV[15], place)
  else
    if outcome == 'full' then post.attempts = post.attempts - 1 end
    redis.call('ZADD', keys.waiting, ARGV[15], chat)
  end
  redis.call('HSET', keys.posts, id, writePost(post))
end

if ARGV[11] ~= '' then settle(ARGV[11], ARGV[13]) end

local lease = redis.call('GET', KEYS[5])
if lease and lease ~= holder then
  answer[1] = 1
  return answer
end

local waits = tonumber(redis.call('ZSCORE', keys.waiting, chat) or 0) > tonumber(ARGV[5])
if not waits then redis.call('ZREM', keys.waiting, chat) end

while attempt ~= '' and not waits do
  local place, notBefore = unpack(redis.call('ZRANGE', keys.queue, 0, 0, 'WITHSCORES'))
  if not place or tonumber(notBefore) > now then break end
  local id = string.sub(place, 17)
  local post = readPost(redis.call('HGET', keys.posts, id))
  local isRepeat = post.state == 's' and post.attempt == attempt

  -- Marked by somebody who is gone: it may have been sent.
  local over = tonumber(post.expires) <= now
  local lost = post.state == 's' and not isRepeat
  local state = lost and (givenUp(post) or over) and 'unknown' or over and not isRepeat and 'expired'
  if state then
    close(place, id, post, state)
    table.insert(answer, id)
    table.insert(answer, state)
  else
    answer[4] = count(post)
    if not isRepeat then
      post.state, post.attempt, post.attempts = 's', attempt, post.attempts + 1
    end
    redis.call('HSET', keys.posts, id, writePost(post))
    redis.call('SET', KEYS[5], holder, 'PX', ARGV[3])
    answer[2], answer[3] = post.body, tonumber(post.attempts)
    return answer
  end
end

redis.call('DEL', KEYS[5])
index(keys, chat)
return answer
