--[[
  Takes a place in each of several windows, or in none. Windows that share a log count the same takings.

  KEYS  1 string  the newest moment at which places were taken (ms)
        2… list   logs: such moments, the newest last
  ARGV  1 this moment (ms)   2 keep KEYS[1] (ms)
        3… fours, one a window, those of a log together: number of its key, its length (ms), places in it, how many of
        them the caller may fill

  Answers [ms until there may be room, 0 when the places were taken; the moment of this call].

  Time only grows here: whoever says that it is earlier than it was takes at the newest moment. So no taking ever seems
  older than it is because a clock was put back.
]]
local now = math.floor(math.max(ARGV[1], tonumber(redis.call('GET', KEYS[1]) or 0)))
local moment = string.format('%.0f', now)

local wait = 0
for i = 3, #ARGV, 4 do
  -- The taking that has to be over before there is room for another.
  local first = redis.call('LINDEX', KEYS[tonumber(ARGV[i])], -ARGV[i + 3])
  if first then wait = math.max(wait, first + ARGV[i + 1] - now) end
end
if wait > 0 then return { wait, moment } end

local i = 3
while i <= #ARGV do
  local number, length, most = ARGV[i], 0, 0
  local log = KEYS[tonumber(number)]
  while ARGV[i] == number do
    length, most, i = math.max(length, ARGV[i + 1]), math.max(most, ARGV[i + 2]), i + 4
  end
  -- No window looks farther back; of what is over, two go for one that comes.
  local over = redis.call('RPUSH', log, moment) - most
  for _ = 1, 2 do
    local oldest = redis.call('LINDEX', log, 0)
    if over > 0 or oldest + length <= now then redis.call('LPOP', log) end
    over = over - 1
  end
  redis.call('PEXPIRE', log, length)
end
redis.call('SET', KEYS[1], moment, 'PX', ARGV[2])
return { 0, moment }
