--[[
  Takes a connection for one copy of the bot, or keeps it for as long again.

  KEYS  1 hash    lease: copy, token, where, process   2 string newest token and, unless it went by itself, who had it
        3 string  while the copy was changed lately   4 string while nobody may connect
  ARGV  1 copy   2 where it runs   3 lease (ms)   4 from one change of copies to the next (ms)
        5 its process   6 a copy that has surely ended, '' for none

  Answers { 'ours', token } | { 'held', ms, copy, its process } | { 'resting', ms }
]]
local copy, token, process = unpack(redis.call('HMGET', KEYS[1], 'copy', 'token', 'process'))
if copy and copy == ARGV[6] then
  redis.call('DEL', KEYS[1])
  redis.call('SET', KEYS[2], token .. ' ')
  copy = false
end
if copy == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return { 'ours', tonumber(token) }
end
if copy then return { 'held', redis.call('PTTL', KEYS[1]), copy, process } end

local rest = redis.call('PTTL', KEYS[4])
if rest > 0 then return { 'resting', rest } end

local newest, before = string.match(redis.call('GET', KEYS[2]) or '0 ', '^(%d+) (.*)$')
local isChange = before ~= '' and before ~= ARGV[1]
local moved = redis.call('PTTL', KEYS[3])
if isChange and moved > 0 then return { 'resting', moved } end

token = newest + 1
redis.call('SET', KEYS[2], token .. ' ' .. ARGV[1])
redis.call('HSET', KEYS[1], 'copy', ARGV[1], 'token', token, 'where', ARGV[2], 'process', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if isChange then redis.call('SET', KEYS[3], '1', 'PX', ARGV[4]) end
return { 'ours', token }
