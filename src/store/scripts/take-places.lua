--[[
  Takes places in windows, for several takers one after the other: each gets one in all of its windows, or in none.
  Windows that share a log count the same takings.

  KEYS  1 string  the newest moment at which places were taken (ms)
        2… list   logs: such moments, the newest last
  ARGV  1 this moment (ms)   2 keep KEYS[1] (ms)
        3… a taker each: how many windows, then of each four, those of a log together: number of its key, its length
        (ms), places in it, how many of them this taker may fill

  Answers [the moment of this call, then for each taker ms until there may be room, 0 when its places were taken].

  Time only grows here: whoever says that it is earlier than it was takes at the newest moment. So no taking ever seems
  older than it is because a clock was put back.
]]
local now = math.floor(math.max(ARGV[1], tonumber(redis.call('GET', KEYS[1]) or 0)))
local moment = string.format('%.0f', now)

local function waitOf(from, to)
  local wait = 0
  for i = from, to, 4 do
    -- The taking that has to be over before there is room for another.
    local first = redis.call('LINDEX', KEYS[tonumber(ARGV[i])], -ARGV[i + 3])
    if first then wait = math.max(wait, first + ARGV[i + 1] - now) end
  end
  return wait
end

local function take(from, to)
  local i = from
  while i <= to do
    local number, length, most = ARGV[i], 0, 0
    local log = KEYS[tonumber(number)]
    while i <= to and ARGV[i] == number do
      length, most, i = math.max(length, ARGV[i + 1]), math.max(most, ARGV[i + 2]), i + 4
    end
    -- No window looks farther back; of what is over, two go for one that comes.
    local count = redis.call('RPUSH', log, moment)
    local over = count - most
    for _ = 1, math.min(2, count - 1) do
      if over > 0 or redis.call('LINDEX', log, 0) + length <= now then redis.call('LPOP', log) end
      over = over - 1
    end
    redis.call('PEXPIRE', log, length)
  end
end

local answer = { moment }
local isTaken = false
local i = 3
while i <= #ARGV do
  local from, to = i + 1, i + 4 * ARGV[i]
  local wait = waitOf(from, to)
  if wait == 0 then
    take(from, to)
    isTaken = true
  end
  table.insert(answer, wait)
  i = to + 1
end
if isTaken then redis.call('SET', KEYS[1], moment, 'PX', ARGV[2]) end
return answer
