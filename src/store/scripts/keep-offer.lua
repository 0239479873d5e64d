--[=[
  Keeps what was offered to be filed, in place of what was offered before.

  KEYS  1 hash    the member's offer
  ARGV  1 said at (ms)   2 day (epoch day)   3 entries that the member's day had   4 text   5 keep (s)

  Answers 1; 0 when a newer offer stands, which stays.
]=]
local standing = redis.call('HGET', KEYS[1], 'at')
if standing and tonumber(standing) > tonumber(ARGV[1]) then return 0 end

redis.call('HSET', KEYS[1], 'at', ARGV[1], 'day', ARGV[2], 'entries', ARGV[3], 'text', ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
