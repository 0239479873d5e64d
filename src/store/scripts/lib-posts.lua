-- A post's record: a line of its state, then the post itself, which no script looks into; on further lines others that
-- go out with it.
--   number, state (q queued, s being sent), attempt, attempts, outcomes unknown, expires (ms), delivery, counted as
--   (`day:place` once it was counted among its chat's messages of a local day, fresh before, alone when it
--   moreover goes out by itself, - when it is never counted), the platform's last word
local function readPost(record)
  local post = {}
  post.number, post.state, post.attempt, post.attempts, post.unknowns, post.expires, post.delivery, post.counted,
    post.code, post.body =
    string.match(record, '^(%d+) (%S+) (%S+) (%d+) (%d+) (%d+) (%S+) (%S+) ([^\n]*)\n(.*)$')
  return post
end

local function writePost(post)
  return table.concat({ post.number, post.state, post.attempt, post.attempts, post.unknowns, post.expires, post.delivery,
    post.counted, post.code }, ' ') .. '\n' .. post.body
end

-- Its member in the queue: of the same time, the one that was added first stands first.
local function placeOf(post, id)
  return string.format('%015d %s', post.number, id)
end

-- Remembers that the post is settled, so that it is not added again. `keys`: settled (three real days), failed, counts.
local function closePost(keys, id, post, state, seconds)
  redis.call('HSET', keys.settled[1], id, state)
  -- From the day's first one on: its last one is still kept for two days.
  if redis.call('HLEN', keys.settled[1]) == 1 then redis.call('EXPIRE', keys.settled[1], seconds) end
  redis.call('HINCRBY', keys.counts, state, 1)
  if state ~= 'sent' and state ~= 'moot' and state ~= 'joined' then
    local kept = table.concat({ state, post.attempts, post.code }, ' ') .. '\n' .. post.body
    redis.call('HSET', keys.failed, id, kept)
    redis.call('EXPIRE', keys.failed, seconds)
  end
end

-- Puts the conversation where it is found: by its first post's time, by the end of its wait, or nowhere when it is empty.
local function index(keys, chat)
  local first = redis.call('ZRANGE', keys.queue, 0, 0, 'WITHSCORES')
  if not first[1] then
    redis.call('ZREM', keys.due, chat)
    redis.call('ZREM', keys.waiting, chat)
  elseif redis.call('ZSCORE', keys.waiting, chat) then
    redis.call('ZREM', keys.due, chat)
  else
    redis.call('ZADD', keys.due, first[2], chat)
  end
end
