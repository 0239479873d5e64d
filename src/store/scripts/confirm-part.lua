--[[
  Remembers that a part of a long text was sent.

  KEYS  1 set  the text's parts that were sent
  ARGV  1 part   2 keep (s)
]]
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
