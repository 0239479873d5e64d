--[=[
  Files one person's report for one day, adding to what the day has already.

  KEYS  1 stream  the unit's log
        2 hash    texts of the day: entry -> salt and [letters, texts]
        3-5 hash  messages remembered: today, yesterday, the day before (real days)
        6 hash    the day: member -> record
        7 hash    unfinished items: member -> rows
        8 hash    closings of the day's month: member -> rows
  ARGV  1 message key   2 member   3 now (ms)   4 day (epoch day)   5 on time (1 or 0)
        6 salt (12 characters) and [letters, texts] (JSON); an item that the message itself repeats is '-'
        7 '1' to answer the carried items themselves
  MOST_ITEMS of a day and KEEP_SECONDS for messages stand before the script: what never changes is not sent each time.

  Answers facts: [entry, day, on time, letters, letters that the day had before, open, first, carried,
  [[number, day, text], …]],
  or ["day-full"]; the same again for the same message, changing nothing.
]=]
local facts = remembered(ARGV[1])
if facts then return facts end

local previousN, previousHash = head(KEYS[1])
local entry, who = tostring(previousN + 1), ARGV[2]
local keys = { day = KEYS[6], data = KEYS[2], open = KEYS[7], closed = KEYS[8] }
facts = addReport(keys, entry, who, ARGV[3], ARGV[4], ARGV[5], ARGV[6], MOST_ITEMS, ARGV[7] == '1')
if not facts then return '["day-full"]' end

call('HSET', KEYS[2], entry, ARGV[6])
append(KEYS[1], entry, previousHash, ARGV[5] == '1' and 'report' or 'late', who, ARGV[3], ARGV[1], ARGV[4], '', ARGV[6])
remember(ARGV[1], facts, KEEP_SECONDS)
return facts
