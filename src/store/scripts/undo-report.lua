--[=[
  Takes one report entry back: its items and the closings it made.

  KEYS as in file-report
  ARGV  1 message key   2 member   3 now (ms)   4 day of the entry (epoch day)   5 the entry
        6 the newest entry's number when this was decided   7 facts   8 keep messages (s)
        9-11 what the log calls KEYS[6], [7] and [8]

  Answers {facts}; the same again for the same message, changing nothing. Answers {} when the log has moved.
]=]
local facts = remembered(ARGV[1])
if facts then return { facts } end

local previousN, previousHash = head(KEYS[1])
if previousN ~= tonumber(ARGV[6]) then return {} end

local keys = { day = KEYS[6], data = KEYS[2], open = KEYS[7], closed = KEYS[8] }
local before = fieldsOf(keys, ARGV[2])
withdraw(keys, ARGV[2], { [tonumber(ARGV[5])] = true })
local writes = writesBetween({ ARGV[9], ARGV[10], ARGV[11] }, ARGV[2], before, fieldsOf(keys, ARGV[2]))
append(KEYS[1], previousN + 1, previousHash, 'undo', ARGV[2], ARGV[3], ARGV[1], ARGV[4], writes, '')
remember(ARGV[1], ARGV[7], ARGV[8])
return { ARGV[7] }
