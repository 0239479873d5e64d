--[=[
  Takes a person's words out of a scope, if its log has not moved since they were looked for: the texts beside the log
  give way to their digests, the log to a copy of it with those words taken out, and one entry more says so.

  KEYS  1 stream  the scope's log
        2 stream  the copy; when it does not exist the log stays as it is
        3-5 hash  messages remembered: today, yesterday, the day before (real days)
        6… hash   texts, one hash a bucket, and the projections that are written
  ARGV  1 message key   2 who   3 now (ms)   4 the newest entry's number when this was decided   5 facts
        6 the writes as the log keeps them (JSON)   7 keep messages (s)
        8… triples: number of the key (1 is KEYS[6]), field, value

  Answers {facts}; the same again for the same message, changing nothing. Answers {} when the log has moved.
]=]
local facts = remembered(ARGV[1])
if facts then return { facts } end

local previousN, previousHash = head(KEYS[1])
if previousN ~= tonumber(ARGV[4]) then return {} end

for i = 8, #ARGV, 3 do
  redis.call('HSET', KEYS[5 + tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2])
end
if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[1]) end
append(KEYS[1], previousN + 1, previousHash, 'erase', ARGV[2], ARGV[3], ARGV[1], '', ARGV[6], '')
remember(ARGV[1], ARGV[5], ARGV[7])
return { ARGV[5] }
