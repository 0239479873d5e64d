--[[
  Parts of a board, with what is needed to say the places in them. Changes nothing.

  KEYS  1 zset  a board: unit -> score, the lower the better
  ARGV  1 'ends', 2 how many                        answers for the first and for the last of the board
        1 'page', 2 how many stand before, 3 how many
        1 'around', 2 unit, 3 how many each side    answers nothing for a unit that is not there

  Answers for each part: how many stand before its first, how many of those are better, and [unit, score, …].
]]
local function part(from, count)
  local rows = redis.call('ZRANGE', KEYS[1], from, from + count - 1, 'WITHSCORES')
  local better = 0
  if from > 0 and #rows > 0 then better = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. rows[2]) end
  return { from, better, rows }
end

if ARGV[1] == 'ends' then
  local most = tonumber(ARGV[2])
  local size = redis.call('ZCARD', KEYS[1])
  return { part(0, most), part(math.max(0, size - most), most) }
elseif ARGV[1] == 'page' then
  return { part(tonumber(ARGV[2]), tonumber(ARGV[3])) }
else
  local at = redis.call('ZRANK', KEYS[1], ARGV[2])
  if not at then return {} end
  local each = tonumber(ARGV[3])
  local from = math.max(0, at - each)
  return { part(from, at + each - from + 1) }
end
