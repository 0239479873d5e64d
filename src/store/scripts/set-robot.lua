--[[
  Gives a group its robot, or takes it away. What was said last stands, in whatever order it comes.

  KEYS  1 hash  group -> when (ms) and key, with a space between
  ARGV  1 group   2 when (ms)   3 key, '' for none
]]
local standing = redis.call('HGET', KEYS[1], ARGV[1])
if standing and tonumber(string.match(standing, '^%d+')) > tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
return 1
