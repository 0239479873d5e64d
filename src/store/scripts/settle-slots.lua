--[[
  Records what came of leased slots and gives the leases back. A token that is not the lease's changes nothing.

  KEYS  1 zset    settled slots: slot -> minute
        2 hash    `job/outcome` -> times
        3… string the slots' leases
  ARGV  fives: slot, minute, token, job, outcome (a failed one is not settled)

  Answers 1 for each slot that this call recorded, else 0.
]]
local answers = {}
for i = 3, #KEYS do
  local slot, minute, token, job, outcome = unpack(ARGV, 5 * i - 14, 5 * i - 10)
  local recorded = string.match(redis.call('GET', KEYS[i]) or '', '^%d+') == token
  if recorded then
    redis.call('DEL', KEYS[i])
    redis.call('HINCRBY', KEYS[2], job .. '/' .. outcome, 1)
    if outcome ~= 'failed' then redis.call('ZADD', KEYS[1], minute, slot) end
  end
  table.insert(answers, recorded and 1 or 0)
end
return answers
