--[[
  What is settled. The first call ever settles everything up to now: nothing from before the bot's birth is caught up.

  KEYS  1 string  every slot up to this minute is settled
        2 zset    slots settled after it: slot -> minute
  ARGV  1 now (local minute)

  Answers [minute, slot, …].
]]
redis.call('SET', KEYS[1], ARGV[1], 'NX')
local answer = redis.call('ZRANGE', KEYS[2], 0, -1)
table.insert(answer, 1, redis.call('GET', KEYS[1]))
return answer
