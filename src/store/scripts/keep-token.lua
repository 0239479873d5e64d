--[[
  Ends a lease on fetching an access token, and keeps what was fetched.

  KEYS  1 string  the token   2 string  while it is fresh   3 string  who fetches
  ARGV  1 name of the lease   2 the token, '' for none   3 its life (ms)   4 fresh for (ms)

  Whoever lost the lease meanwhile keeps nothing: the next one may hold a newer token.
]]
if redis.call('GET', KEYS[3]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[3])
if ARGV[2] ~= '' then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  redis.call('SET', KEYS[2], '1', 'PX', ARGV[4])
end
return 1
