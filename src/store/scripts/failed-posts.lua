--[[
  Gives the posts that failed for good the numbers by which people name them, and hands out the first of them. One that
  has a number keeps it as long as it lies there; when there is none left, numbers begin at 1 again.

  KEYS  1-3 hash  failed posts: the day before yesterday, yesterday, today (real days)   4 hash their numbers
  ARGV  1 keep the numbers (s)   2 how many are wanted

  Answers [how many there are, number, id, record, …], in order of number.
]]
local known, standing, fresh = {}, {}, {}
local numbers = redis.call('HGETALL', KEYS[4])
for i = 1, #numbers, 2 do known[numbers[i]] = tonumber(numbers[i + 1]) end

for day = 1, 3 do
  local ids = redis.call('HKEYS', KEYS[day])
  table.sort(ids)
  for _, id in ipairs(ids) do
    local post = { id = id, key = KEYS[day], number = known[id] }
    table.insert(standing, post)
    if not post.number then table.insert(fresh, post) end
    known[id] = nil
  end
end

local newest = known['#'] or 0
known['#'] = nil
for id in pairs(known) do redis.call('HDEL', KEYS[4], id) end
for _, post in ipairs(fresh) do
  newest = newest + 1
  post.number = newest
  redis.call('HSET', KEYS[4], post.id, newest)
end
if #standing == 0 then
  redis.call('DEL', KEYS[4])
else
  redis.call('HSET', KEYS[4], '#', newest)
  redis.call('EXPIRE', KEYS[4], ARGV[1])
end

table.sort(standing, function(a, b) return a.number < b.number end)
local answer = { #standing }
for i = 1, math.min(#standing, tonumber(ARGV[2])) do
  local post = standing[i]
  table.insert(answer, post.number)
  table.insert(answer, post.id)
  table.insert(answer, redis.call('HGET', post.key, post.id))
end
return answer
