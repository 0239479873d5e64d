--[[
  Puts posts that failed for good at the ends of their conversations, all of them or none.

  KEYS  1 string  the newest post's number
        2 zset    conversations by time   3 zset conversations that wait   4 hash counts
        5-7 hash  settled posts: today, yesterday, the day before (real days)   8-10 hash failed posts, likewise
        11-13 hash  messages that had posts sent again, likewise
        14… pairs: zset queue of the post's conversation, hash its posts
  ARGV  1 message   2 now (ms)   3 expires (ms)   4 keep what the message did (s)   5 facts of the answer
        6… quadruples: id, conversation, delivery, counted as (lib-posts)

  Answers {facts}; the same again for the same message, changing nothing. Answers {} when one of them is no longer there.
]]
for day = 11, 13 do
  local facts = redis.call('HGET', KEYS[day], ARGV[1])
  if facts then return { facts } end
end

local found = {}
for i = 6, #ARGV, 4 do
  local post = { id = ARGV[i], chat = ARGV[i + 1], delivery = ARGV[i + 2], counted = ARGV[i + 3] }
  for day = 8, 10 do
    local record = redis.call('HGET', KEYS[day], post.id)
    if record then post.failed, post.body = KEYS[day], string.match(record, '^[^\n]*\n(.*)$') end
  end
  local at = 14 + (i - 6) / 2
  post.queue, post.posts = KEYS[at], KEYS[at + 1]
  if not post.body or redis.call('HEXISTS', post.posts, post.id) == 1 then return {} end
  table.insert(found, post)
end

for _, post in ipairs(found) do
  post.state, post.attempt, post.attempts, post.unknowns, post.code = 'q', '-', 0, 0, ''
  post.expires = ARGV[3]
  post.number = redis.call('INCR', KEYS[1])
  redis.call('HDEL', post.failed, post.id)
  for day = 5, 7 do redis.call('HDEL', KEYS[day], post.id) end
  redis.call('ZADD', post.queue, ARGV[2], placeOf(post, post.id))
  redis.call('HSET', post.posts, post.id, writePost(post))
  redis.call('HINCRBY', KEYS[4], 'resent', 1)
  index({ queue = post.queue, due = KEYS[2], waiting = KEYS[3] }, post.chat)
end
redis.call('HSET', KEYS[11], ARGV[1], ARGV[5])
redis.call('EXPIRE', KEYS[11], ARGV[4])
return { ARGV[5] }
