--[=[
  Replaces everything a person reported for one day. When it was first filed, and whether on time, stay.

  KEYS, ARGV 1-7 and constants as in file-report; ARGV 8-10: what the log calls KEYS[6], [7] and [8].

  Answers facts as file-report does, or ["nothing-filed"]; the same again for the same message, changing nothing.
]=]
local facts = remembered(ARGV[1])
if facts then return facts end

local who = ARGV[2]
local keys = { day = KEYS[6], data = KEYS[2], open = KEYS[7], closed = KEYS[8] }
local standing = redis.call('HGET', keys.day, who)
if not standing then return '["nothing-filed"]' end
if #lettersIn(ARGV[6]) > MOST_ITEMS then return '["day-full"]' end

local previousN, previousHash = head(KEYS[1])
local entry = tostring(previousN + 1)
local before = fieldsOf(keys, who)
local gone = {}
for _, earlier in ipairs(cjson.decode(standing)[3]) do gone[earlier[1]] = true end
local record = withdraw(keys, who, gone)
facts = addReport(keys, entry, who, record[1] .. '000', ARGV[4], record[2], ARGV[6], math.huge, ARGV[7] == '1')

redis.call('HSET', KEYS[2], entry, ARGV[6])
local writes = writesBetween({ ARGV[8], ARGV[9], ARGV[10] }, who, before, fieldsOf(keys, who))
append(KEYS[1], entry, previousHash, 'replace', who, ARGV[3], ARGV[1], ARGV[4], writes, ARGV[6])
remember(ARGV[1], facts, KEEP_SECONDS)
return facts
