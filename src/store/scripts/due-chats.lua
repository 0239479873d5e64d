--[[
  The conversations that have a post to look at. Those whose wait is over are among them again.

  KEYS  1 zset conversations by time   2 zset conversations that wait
  ARGV  1 now (ms)   2 real now (ms)   3 how many at most   4 real ms beyond which no wait can end: the clock was put back
]]
local function wake(from, to)
  for _, chat in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], from, to, 'LIMIT', 0, ARGV[3])) do
    redis.call('ZREM', KEYS[2], chat)
    -- Whoever looks at it will put it where it belongs.
    redis.call('ZADD', KEYS[1], 0, chat)
  end
end
wake('-inf', ARGV[2])
wake('(' .. ARGV[4], '+inf')
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
