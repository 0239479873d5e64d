--[[
  Hands out an access token, or the task to fetch the next one.

  KEYS  1 string  the token   2 string  while it is fresh   3 string  who fetches
  ARGV  1 token known to be of no use, '' for none   2 name for the lease   3 lease (ms)
  Answers  { 'token', token, ms that it is fresh } | { 'fetch' } | { 'wait', ms }

  A lease asked for again under its name is the same one: the first answer was lost.
]]
local token = redis.call('GET', KEYS[1])
local isGood = token and token ~= ARGV[1]
if isGood then
  local fresh = redis.call('PTTL', KEYS[2])
  if fresh > 0 then return { 'token', token, fresh } end
end

local holder = redis.call('GET', KEYS[3])
if not holder or holder == ARGV[2] then
  redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
  return { 'fetch' }
end
-- Another one fetches: what is still good is used meanwhile, and asked for again soon.
if isGood then return { 'token', token, 1000 } end
return { 'wait', redis.call('PTTL', KEYS[3]) }
