--[=[
  Any other change of a scope: appends one entry and writes the fields it says, if the log has not moved since they
  were decided.

  KEYS  1 stream  the scope's log
        2 hash    texts of the entry's bucket
        3-5 hash  messages remembered: today, yesterday, the day before (real days)
        6… hash   the projections that are written
  ARGV  1 message key   2 who   3 now (ms)   4 the newest entry's number when this was decided   5 action
        6 bucket   7 salt and text, '' for none   8 facts   9 the writes as the log keeps them (JSON)
        10 keep messages (s)   11… triples: number of the key (1 is KEYS[6]), field, '=' and the value or '-' to remove

  Answers {facts}; the same again for the same message, changing nothing. Answers {} when the log has moved: read again,
  decide again.
]=]
local facts = remembered(ARGV[1])
if facts then return { facts } end

local previousN, previousHash = head(KEYS[1])
if previousN ~= tonumber(ARGV[4]) then return {} end
local n = previousN + 1

for i = 11, #ARGV, 3 do
  local key = KEYS[5 + tonumber(ARGV[i])]
  if ARGV[i + 2] == '-' then
    redis.call('HDEL', key, ARGV[i + 1])
  else
    redis.call('HSET', key, ARGV[i + 1], string.sub(ARGV[i + 2], 2))
  end
end
if ARGV[7] ~= '' then redis.call('HSET', KEYS[2], n, ARGV[7]) end
append(KEYS[1], n, previousHash, ARGV[5], ARGV[2], ARGV[3], ARGV[1], ARGV[6], ARGV[9], ARGV[7])
remember(ARGV[1], ARGV[8], ARGV[10])
return { ARGV[8] }
