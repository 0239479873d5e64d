--[[
  Leases slots to one copy of the bot. Asked again by the same holder, it keeps what it has for as long again.

  KEYS  1 string  every slot up to this minute is settled
        2 zset    slots settled after it
        3 string  the newest token
        4… string the slots' leases
  ARGV  1 holder   2 for how long (ms)   3… pairs: slot, minute

  Answers for each slot its fencing token, 0 when it is settled, or -1 while somebody else holds it.
]]
local untilMinute = tonumber(redis.call('GET', KEYS[1]) or '-inf')
local answers = {}
for i = 4, #KEYS do
  local slot, minute = ARGV[2 * i - 5], tonumber(ARGV[2 * i - 4])
  local lease = redis.call('GET', KEYS[i])
  local token, holder = string.match(lease or '', '^(%d+) (.*)$')
  if minute <= untilMinute or redis.call('ZSCORE', KEYS[2], slot) then
    table.insert(answers, 0)
  elseif lease and holder ~= ARGV[1] then
    table.insert(answers, -1)
  else
    token = tonumber(token) or redis.call('INCR', KEYS[3])
    redis.call('SET', KEYS[i], token .. ' ' .. ARGV[1], 'PX', ARGV[2])
    table.insert(answers, token)
  end
end
return answers
