--[[
  Settles what the holder of a conversation had in hand, then hands out its next post, marked as being sent.

  KEYS  1 zset    the conversation's queue: number and id -> not before (ms)   2 hash its posts
        3 zset    conversations by time   4 zset conversations that wait   5 string the conversation's lease
        6-8 hash  settled posts: today, yesterday, the day before (real days)   9 hash failed posts of today   10 hash counts
  ARGV  1 conversation   2 holder   3 lease (ms)   4 now (ms)   5 real now (ms)   6 keep settled posts (s)
        7 sendings with an unknown outcome after which a post is given up
        8 name of this attempt, '' when no further post is wanted
        9 id of the post in hand, '' for none   10 name of its attempt
        11 sent, refused, retry, unknown or postponed   12 the platform's code
        13 retry, unknown: real ms until which the conversation waits; postponed: ms before which the post may not go out

  Answers [held (1 or 0), post or '', attempts, id closed, its state, …]. The same call again settles nothing twice and
  hands out the same post.
]]
local chat, holder, now, attempt = ARGV[1], ARGV[2], tonumber(ARGV[4]), ARGV[8]
local keys = { queue = KEYS[1], posts = KEYS[2], due = KEYS[3], waiting = KEYS[4], settled = { KEYS[6], KEYS[7], KEYS[8] },
  failed = KEYS[9], counts = KEYS[10] }
local answer = { 0, '', 0 }

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

local function settle(id, outcome)
  local record = redis.call('HGET', keys.posts, id)
  local post = record and readPost(record)
  -- Another attempt has been made since, or this one was settled before.
  if not post or post.state ~= 's' or post.attempt ~= ARGV[10] then return end
  local place = placeOf(post, id)
  post.code = ARGV[12]
  post.state = 'q'
  if outcome == 'sent' or outcome == 'refused' then
    return close(place, id, post, outcome)
  elseif outcome == 'unknown' and givenUp(post) then
    table.insert(answer, id)
    table.insert(answer, 'unknown')
    return close(place, id, post, 'unknown')
  elseif outcome == 'postponed' then
    post.attempts = post.attempts - 1
    redis.call('ZADD', keys.queue, ARGV[13], place)
  else
    redis.call('ZADD', keys.waiting, ARGV[13], chat)
  end
  redis.call('HSET', keys.posts, id, writePost(post))
end

if ARGV[9] ~= '' then settle(ARGV[9], ARGV[11]) end

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
    if not isRepeat then
      post.state, post.attempt, post.attempts = 's', attempt, post.attempts + 1
      redis.call('HSET', keys.posts, id, writePost(post))
    end
    redis.call('SET', KEYS[5], holder, 'PX', ARGV[3])
    answer[2], answer[3] = post.body, tonumber(post.attempts)
    return answer
  end
end

redis.call('DEL', KEYS[5])
index(keys, chat)
return answer
