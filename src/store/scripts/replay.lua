--[=[
  What entries of the log did to the projections, once more and in order, on other keys.

  KEYS  the hashes that are read or written
  ARGV  for each report entry:  'r', numbers of its keys (day, texts of the day, unfinished items, closings), entry,
        member, when (ms), day (epoch day), on time (1 or 0), salt and [letters, texts] (JSON)
        for each written field: 'w', number of its key, field, '=' and the value or '-' to remove
]=]
local i = 1
while i <= #ARGV do
  if ARGV[i] == 'r' then
    local keys = { day = KEYS[tonumber(ARGV[i + 1])], data = KEYS[tonumber(ARGV[i + 2])],
      open = KEYS[tonumber(ARGV[i + 3])], closed = KEYS[tonumber(ARGV[i + 4])] }
    addReport(keys, ARGV[i + 5], ARGV[i + 6], ARGV[i + 7], ARGV[i + 8], ARGV[i + 9], ARGV[i + 10], math.huge)
    i = i + 11
  else
    local key = KEYS[tonumber(ARGV[i + 1])]
    if ARGV[i + 3] == '-' then
      redis.call('HDEL', key, ARGV[i + 2])
    else
      redis.call('HSET', key, ARGV[i + 2], string.sub(ARGV[i + 3], 2))
    end
    i = i + 4
  end
end
return 1
