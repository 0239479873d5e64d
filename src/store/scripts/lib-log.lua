-- What every change of state begins and ends with: has this message been applied, and the next entry of the log.
-- KEYS[3] to [5] are the messages remembered: today, yesterday, the day before (real days).

-- The facts that were answered to this message, or false.
local function remembered(message)
  for day = 3, 5 do
    local facts = redis.call('HGET', KEYS[day], message)
    if facts then return facts end
  end
  return false
end

-- A day's memory lives `seconds` from its first message on: the last day on which it is looked in ends 72 h after it
-- began. To say so at each message took Redis as long as to write the facts, and a second time in its file.
local function remember(message, facts, seconds)
  redis.call('HSET', KEYS[3], message, facts)
  if redis.call('HLEN', KEYS[3]) == 1 then redis.call('EXPIRE', KEYS[3], seconds) end
end

-- Number and hash of the newest entry; 0 and '' for an empty log.
local function head(log)
  local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
  if not last then return 0, '' end
  return tonumber(string.match(last[1], '^%d+')), last[2][#last[2]]
end

-- Appends entry n. Its hash covers the entry before it, its own fields and a digest of the data beside it, so that
-- data can be erased (leaving the digest) while the chain stays whole.
local function append(log, n, previous, action, who, when, message, bucket, writes, data)
  local digest = string.sub(redis.sha1hex(data), 1, 24)
  local fields = previous .. '\n' .. n .. '\n' .. action .. '\n' .. who .. '\n' .. when .. '\n' .. message .. '\n' ..
    bucket .. '\n' .. writes .. '\n' .. digest
  redis.call('XADD', log, n .. '-0', 'a', action, 'w', who, 't', when, 'm', message, 'd', bucket, 'x', writes,
    'h', string.sub(redis.sha1hex(fields), 1, 24))
end
