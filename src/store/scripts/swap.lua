--[=[
  Puts rebuilt projections in the place of the real ones, if the log has not moved since they were made.

  KEYS  1 stream the log, then pairs: shadow, real
  ARGV  1 the newest entry's number that is in the shadows

  Answers 1, or 0 when the log has moved. A shadow that does not exist empties the real one.
]=]
if head(KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
for i = 2, #KEYS, 2 do
  if redis.call('EXISTS', KEYS[i]) == 1 then
    redis.call('RENAME', KEYS[i], KEYS[i + 1])
  else
    redis.call('DEL', KEYS[i + 1])
  end
end
return 1
