--[[
  Moves the minute up to which every slot is settled; never back. Single marks before it are needed no longer.

  KEYS  1 string  the minute
        2 zset    settled slots: slot -> minute
  ARGV  1 the minute
]]
local untilMinute = tonumber(redis.call('GET', KEYS[1]) or '-inf')
if tonumber(ARGV[1]) > untilMinute then
  redis.call('SET', KEYS[1], ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
end
return 1
