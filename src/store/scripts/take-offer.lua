--[=[
  Takes what was offered to a member, once: the same message gets it again.

  KEYS  1 hash    the member's offer
        2 string  what this message took
  ARGV  1 now (ms)   2 day (epoch day)   3 entries that the member's day has   4 an offer stands for (ms)
        5 keep what was taken (s)

  Answers the text; '' when nothing was offered, too long ago, on another day, or something was filed since.
]=]
local taken = redis.call('GET', KEYS[2])
if taken then return taken end

local at, day, entries, text = unpack(redis.call('HMGET', KEYS[1], 'at', 'day', 'entries', 'text'))
local age = at and tonumber(ARGV[1]) - tonumber(at)
if not age or age < 0 or age > tonumber(ARGV[4]) or day ~= ARGV[2] or entries ~= ARGV[3] then return '' end

redis.call('SET', KEYS[2], text, 'EX', ARGV[5])
redis.call('DEL', KEYS[1])
return text
