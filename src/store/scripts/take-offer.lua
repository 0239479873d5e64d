--[=[
  Takes what was offered to a member, once: the same message gets it again.

  KEYS  1 hash    the member's offer
        2 hash    what the member's messages took: message key -> text
  ARGV  1 now (ms)   2 day (epoch day)   3 entries that the member's day has   4 an offer stands for (ms)
        5 keep what was taken (s)   6 message key

  Answers the text; '' when nothing was offered, too long ago, on another day, or something was filed since.
]=]
local taken = redis.call('HGET', KEYS[2], ARGV[6])
if taken then return taken end

local at, day, entries, text = unpack(redis.call('HMGET', KEYS[1], 'at', 'day', 'entries', 'text'))
local age = at and tonumber(ARGV[1]) - tonumber(at)
if not age or age < 0 or age > tonumber(ARGV[4]) or day ~= ARGV[2] or entries ~= ARGV[3] then return '' end

redis.call('HSET', KEYS[2], ARGV[6], text)
redis.call('EXPIRE', KEYS[2], ARGV[5])
redis.call('DEL', KEYS[1])
return text
