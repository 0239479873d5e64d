--[[
  Adds posts to the ends of their conversations. One that is known, settled or not, is left alone; one that could only go
  out after its expiry is closed.

  KEYS  1 string  the newest post's number
        2 zset    conversations by time   3 zset conversations that wait   4 hash counts
        5-7 hash  settled posts: today, yesterday, the day before (real days)   8 hash failed posts of today
        9… pairs: zset queue of the post's conversation, hash its posts
  ARGV  1 keep settled posts (s)   2… sevens: id, conversation, not before (ms), expires (ms), delivery, counted as
        (lib-posts), the post (JSON)

  Answers the ids of those that were closed.
]]
local expired = {}
local added = 0
for i = 0, (#KEYS - 8) / 2 - 1 do
  local keys = { queue = KEYS[9 + 2 * i], posts = KEYS[10 + 2 * i], due = KEYS[2], waiting = KEYS[3], counts = KEYS[4],
    settled = { KEYS[5], KEYS[6], KEYS[7] }, failed = KEYS[8] }
  local id, chat, notBefore, expires, delivery, counted, body = unpack(ARGV, 7 * i + 2, 7 * i + 8)

  local known = redis.call('HEXISTS', keys.posts, id) == 1
  for _, day in ipairs(keys.settled) do known = known or redis.call('HEXISTS', day, id) == 1 end

  if not known then
    local post = { state = 'q', attempt = '-', attempts = 0, unknowns = 0, expires = expires, delivery = delivery,
      counted = counted, code = '', body = body }
    added = added + 1
    if tonumber(notBefore) >= tonumber(expires) then
      closePost(keys, id, post, 'expired', ARGV[1])
      table.insert(expired, id)
    else
      post.number = redis.call('INCR', KEYS[1])
      redis.call('ZADD', keys.queue, notBefore, placeOf(post, id))
      redis.call('HSET', keys.posts, id, writePost(post))
      index(keys, chat)
    end
  end
end
if added > 0 then redis.call('HINCRBY', KEYS[4], 'added', added) end
return expired
