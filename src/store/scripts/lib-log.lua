-- What every change of state begins and ends with: has this message been applied, and the next entry of the log.
-- KEYS[3] to [5] are the messages remembered: today, yesterday, the day before (real days).

-- Globals are looked up by name at each use; in a script that runs at every report that is felt.
local call, sha1hex = redis.call, redis.sha1hex
local KEYS, ARGV = KEYS, ARGV

-- The facts that were answered to this message, or false.
local function remembered(message)
  return call('HGET', KEYS[3], message) or call('HGET', KEYS[4], message) or call('HGET', KEYS[5], message)
end

-- A day's memory lives `seconds` from its first message on: the last day on which it is looked in ends 72 h after it
-- began. To say so at each message took Redis as long as to write the facts, and a second time in its file.
local function remember(message, facts, seconds)
  call('HSET', KEYS[3], message, facts)
  if call('HLEN', KEYS[3]) == 1 then call('EXPIRE', KEYS[3], seconds) end
end

-- Number and hash of the newest entry; 0 and '' for an empty log.
local function head(log)
  local last = call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
  if not last then return 0, '' end
  return tonumber(string.match(last[1], '^%d+')), last[2][#last[2]]
end

-- Appends entry n. Its hash covers the entry before it, its own fields and a digest of the data beside it, so that
-- data can be erased (leaving the digest) while the chain stays whole.
local function append(log, n, previous, action, who, when, message, bucket, writes, data)
  local digest = string.sub(sha1hex(data), 1, 24)
  local fields = previous .. '\n' .. n .. '\n' .. action .. '\n' .. who .. '\n' .. when .. '\n' .. message .. '\n' ..
    bucket .. '\n' .. writes .. '\n' .. digest
  call('XADD', log, n .. '-0', 'a', action, 'w', who, 't', when, 'm', message, 'd', bucket, 'x', writes,
    'h', string.sub(sha1hex(fields), 1, 24))
end
