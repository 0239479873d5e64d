-- The unavoidable part of filing a report, with nothing general about it: has the message been seen in the last 48 h (three
-- hashes, since fields cannot expire), what is open, what has the day; append to the chain, keep the text, the day's
-- record and the answer. KEYS 1 log 2 texts 3-5 seen 6 day 7 open   ARGV 1 message 2 member 3 now 4 text 5 record 6 facts
for i = 3, 5 do
  local seen = redis.call('HGET', KEYS[i], ARGV[1])
  if seen then return seen end
end
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local n = (last and tonumber(string.match(last[1], '^%d+')) or 0) + 1
local standing = redis.call('HGET', KEYS[6], ARGV[2])
redis.call('HGET', KEYS[7], ARGV[2])
local hash = string.sub(redis.sha1hex((last and last[2][#last[2]] or '') .. ARGV[2] .. ARGV[3] .. redis.sha1hex(ARGV[4])), 1, 24)
redis.call('XADD', KEYS[1], n .. '-0', 'a', 'report', 'w', ARGV[2], 't', ARGV[3], 'm', ARGV[1], 'd', '20780', 'x', '', 'h', hash)
redis.call('HSET', KEYS[2], n, ARGV[4])
redis.call('HSET', KEYS[6], ARGV[2], standing and standing .. ARGV[5] or ARGV[5])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[6])
redis.call('EXPIRE', KEYS[3], 262800)
return ARGV[6]
