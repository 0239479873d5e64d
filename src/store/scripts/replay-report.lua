--[=[
  What file-report did to the projections, once more, from an entry of the log.

  KEYS  1 hash the day   2 hash texts of the day   3 hash unfinished items   4 hash closings of the day's month
  ARGV  1 entry   2 member   3 when (ms)   4 day (epoch day)   5 on time (1 or 0)   6 [letters, texts] (JSON)
]=]
addReport({ day = KEYS[1], data = KEYS[2], open = KEYS[3], closed = KEYS[4] }, tonumber(ARGV[1]), ARGV[2],
  tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], cjson.decode(ARGV[6]), math.huge)
return 1
