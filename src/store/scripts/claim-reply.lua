--[[
  Hands out the right to post a reply, takes it back unused, or records that it was posted.

  KEYS  1-3 hash  replies of one shard: today, yesterday, the day before (real days)
  ARGV  1 reply   2 now (ms)   3 end of the lease (ms), 's' to record that it was sent, or 'r' to give
           the lease back   4 keep (s)

  Answers 'go' (the lease is given, or the record made), 'busy' (another holds the lease) or 'sent'.
]]
local bucket, standing = KEYS[1], false
for i = 1, 3 do
  local value = redis.call('HGET', KEYS[i], ARGV[1])
  if value then
    bucket, standing = KEYS[i], value
    break
  end
end

if standing == 's' then return 'sent' end
if ARGV[3] == 'r' then
  redis.call('HDEL', bucket, ARGV[1])
  return 'go'
end
if ARGV[3] ~= 's' and standing and tonumber(standing) > tonumber(ARGV[2]) then return 'busy' end

redis.call('HSET', bucket, ARGV[1], ARGV[3])
redis.call('EXPIRE', bucket, ARGV[4])
return 'go'
