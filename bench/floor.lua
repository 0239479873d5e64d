--[=[
  The unavoidable part of filing the day's first report, with nothing general about it: has the message been seen in the
  last 48 h (three hashes, since fields cannot expire), what is open, what has the day; then the chained entry, the text,
  the day's record and the answer. What is written is what file-report.lua writes, field by field; the hash covers as much.
  What only a further report of the day needs (comparing texts, closing, counting) is left out.

  KEYS 1 log  2 texts  3-5 seen  6 day  7 open   ARGV 1 message  2 member  3 now (ms)  4 salt and text  5 letters  6 day
]=]
for i = 3, 5 do
  local seen = redis.call('HGET', KEYS[i], ARGV[1])
  if seen then return seen end
end
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local n = tostring((last and tonumber(string.match(last[1], '^%d+')) or 0) + 1)
if redis.call('HGET', KEYS[6], ARGV[2]) or redis.call('HGET', KEYS[7], ARGV[2]) then return false end

local digest = string.sub(redis.sha1hex(ARGV[4]), 1, 24)
local fields = (last and last[2][#last[2]] or '') .. '\n' .. n .. '\nreport\n' .. ARGV[2] .. '\n' .. ARGV[3] .. '\n' ..
  ARGV[1] .. '\n' .. ARGV[6] .. '\n\n' .. digest
redis.call('XADD', KEYS[1], n .. '-0', 'a', 'report', 'w', ARGV[2], 't', ARGV[3], 'm', ARGV[1], 'd', ARGV[6], 'x', '',
  'h', string.sub(redis.sha1hex(fields), 1, 24))
redis.call('HSET', KEYS[2], n, ARGV[4])
redis.call('HSET', KEYS[6], ARGV[2], '[1767578400,1,[[' .. n .. ',"' .. ARGV[5] .. '"]]]')
local facts = '[' .. n .. ',' .. ARGV[6] .. ',1,"' .. ARGV[5] .. '",3,0,1,1,0,[]]'
redis.call('HSET', KEYS[3], ARGV[1], facts)
if redis.call('HLEN', KEYS[3]) == 1 then redis.call('EXPIRE', KEYS[3], 262800) end
return facts
