--[[
  For each of several turns: settles what the holder of a conversation had in hand, then hands out its next post, marked as
  being sent.

  KEYS  1 zset    conversations by time   2 zset conversations that wait
        3-5 hash  settled posts: today, yesterday, the day before (real days)   6 hash failed posts of today   7 hash counts
        8 hash    conversation -> messages started today (local day)
        9 hash    conversation, `#kind` -> messages sent in the month   10 hash conversation -> minutes of its reminders
        11… threes, a turn each: zset the conversation's queue: number and id -> not before (ms), hash its posts, string
        its lease
  ARGV  1 lease (ms)   2 keep settled posts (s)   3 sendings with an unknown outcome after which a post is given up
        4 the local day   5 longest text that becomes one message of several (bytes)   6 keep the counts of a month (s)
        7… elevens, a turn each: conversation, holder, now (ms), real now (ms), name of this attempt ('' when no further
        post is wanted), and of the post in hand: its id ('' for none), name of its attempt, what became of it (sent,
        moot, refused, retry, full, unknown or postponed), the platform's code, until when (retry, full, unknown: real ms
        until which the conversation waits; postponed: ms before which the post may not go out), 'joins' when a postponed
        one may become one message with others

  Answers for each turn [held (1 or 0), post or '', attempts, which message of the day it is (0: not counted), id closed,
  its state, …], or [-1, why, 0, 0] where the conversation cannot be read. The same turn again settles nothing twice and hands out the same post.
]]
local day = ARGV[4]

local function turn(first, key)
  local chat, holder, now, real, attempt, inHand, itsAttempt, outcome, code, untilMs, joins =
    unpack(ARGV, first, first + 10)
  now = tonumber(now)
  local keys = { queue = KEYS[key], posts = KEYS[key + 1], due = KEYS[1], waiting = KEYS[2],
    settled = { KEYS[3], KEYS[4], KEYS[5] }, failed = KEYS[6], counts = KEYS[7], started = KEYS[8] }
  local leaseKey = KEYS[key + 2]
  local answer = { 0, '', 0, 0 }

  local function close(place, id, post, state)
    redis.call('ZREM', keys.queue, place)
    redis.call('HDEL', keys.posts, id)
    closePost(keys, id, post, state, ARGV[2])
  end

  -- An outcome that nobody knows: at most once is never again, at least once is only a few times.
  local function givenUp(post)
    post.unknowns = post.unknowns + 1
    return post.delivery == 'atMostOnce' or post.unknowns >= tonumber(ARGV[3])
  end

  -- Counts the post among the day's messages of its conversation, once a day. Which one it is; 0 when it does not count.
  local function count(post)
    if post.counted == '-' then return 0 end
    local place = string.match(post.counted, '^' .. day .. ':(%d+)$')
    if not place then
      place = redis.call('HINCRBY', keys.started, chat, 1)
      if redis.call('HLEN', keys.started) == 1 then redis.call('EXPIRE', keys.started, ARGV[2]) end
      post.counted = day .. ':' .. place
    end
    return tonumber(place)
  end

  -- It certainly reached nobody, so it was none of the day's messages.
  local function uncount(post)
    if not string.find(post.counted, '^' .. day .. ':') then return end
    redis.call('HINCRBY', keys.started, chat, -1)
    post.counted = joins == 'joins' and 'fresh' or 'alone'
  end

  -- Puts the post's words behind those of another that waits for the same moment: one message instead of two.
  local function isJoined(post, moment)
    if joins ~= 'joins' or post.counted == '-' then return false end
    for _, place in ipairs(redis.call('ZRANGEBYSCORE', keys.queue, moment, moment)) do
      local id = string.sub(place, 17)
      local other = readPost(redis.call('HGET', keys.posts, id))
      local isFree = other.state == 'q' and other.counted ~= '-' and other.counted ~= 'alone'
      if isFree and other.delivery == post.delivery and #other.body + #post.body <= tonumber(ARGV[5]) then
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
    if redis.call('HINCRBY', KEYS[9], chat, 1) == 1 then redis.call('EXPIRE', KEYS[9], ARGV[6]) end
    redis.call('HINCRBY', KEYS[9], '#' .. kind, 1)
    if kind ~= 'nudge' then return end
    local before = redis.call('HGET', KEYS[10], chat)
    redis.call('HSET', KEYS[10], chat, (before or '') .. ' ' .. string.format('%d', math.floor(now / 60000)))
    if not before then redis.call('EXPIRE', KEYS[10], ARGV[6]) end
  end

  local function settle(id)
    local record = redis.call('HGET', keys.posts, id)
    local post = record and readPost(record)
    -- Another attempt has been made since, or this one was settled before.
    if not post or post.state ~= 's' or post.attempt ~= itsAttempt then return end
    local place = placeOf(post, id)
    post.code = code
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
      if tonumber(untilMs) >= tonumber(post.expires) then
        table.insert(answer, id)
        table.insert(answer, 'expired')
        -- By quiet hours or the budget: no platform had a word in it.
        post.code = 'held-back'
        return close(place, id, post, 'expired')
      end
      if isJoined(post, untilMs) then return close(place, id, post, 'joined') end
      redis.call('ZADD', keys.queue, untilMs, place)
    else
      if outcome == 'full' then post.attempts = post.attempts - 1 end
      redis.call('ZADD', keys.waiting, untilMs, chat)
    end
    redis.call('HSET', keys.posts, id, writePost(post))
  end

  if inHand ~= '' then settle(inHand) end

  local lease = redis.call('GET', leaseKey)
  if lease and lease ~= holder then
    answer[1] = 1
    return answer
  end

  local waitsUntil = redis.call('ZSCORE', keys.waiting, chat)
  local waits = tonumber(waitsUntil or 0) > tonumber(real)
  if waitsUntil and not waits then
    -- Found all the while: whoever takes a post now may be gone before it is settled.
    redis.call('ZREM', keys.waiting, chat)
    index(keys, chat)
  end

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
      redis.call('SET', leaseKey, holder, 'PX', ARGV[1])
      answer[2], answer[3] = post.body, tonumber(post.attempts)
      return answer
    end
  end

  if lease then redis.call('DEL', leaseKey) end
  index(keys, chat)
  return answer
end

local answers = {}
for i = 0, (#ARGV - 6) / 11 - 1 do
  -- A record that nobody can read is no reason to keep the other conversations waiting; what Redis refuses, it refuses.
  local isDone, answer = pcall(turn, 7 + 11 * i, 11 + 3 * i)
  if not isDone and not string.find(tostring(answer), 'user_script:%d') then
    return type(answer) == 'table' and answer or redis.error_reply(answer)
  end
  table.insert(answers, isDone and answer or { -1, tostring(answer), 0, 0 })
end
return answers
