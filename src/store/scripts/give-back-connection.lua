--[[
  Gives a connection back. A token that is not the lease's changes nothing.

  KEYS  1 hash    lease: copy, token, where   2 string newest token and who had it
        3 string  while nobody may connect    4 string how often in a row somebody was kicked
  ARGV  1 token   2 first pause (ms), 0 for none   3 longest pause (ms)   4 kicks are forgotten after (ms)

  After a kick the pause doubles with each; whoever goes by himself leaves no trace.
]]
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
if ARGV[2] == '0' then
  redis.call('SET', KEYS[2], ARGV[1] .. ' ')
else
  local kicks = redis.call('INCR', KEYS[4])
  redis.call('PEXPIRE', KEYS[4], ARGV[4])
  local pause = math.min(tonumber(ARGV[3]), tonumber(ARGV[2]) * 2 ^ (kicks - 1))
  redis.call('SET', KEYS[3], '1', 'PX', string.format('%.0f', pause))
end
return 1
