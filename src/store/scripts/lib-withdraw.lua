-- What takes reports back out of the projections, and how the log keeps what that changed.

-- Takes entries (n -> true) out of a member's day again: their items, and the closings they made. Answers the record
-- as it was.
local function withdraw(keys, who, gone)
  local record = cjson.decode(redis.call('HGET', keys.day, who))
  local entries = {}
  for _, entry in ipairs(record[3]) do
    if not gone[entry[1]] then table.insert(entries, '[' .. entry[1] .. ',"' .. entry[2] .. '"]') end
  end
  if #entries == 0 then
    redis.call('HDEL', keys.day, who)
  else
    redis.call('HSET', keys.day, who,
      '[' .. record[1] .. ',' .. record[2] .. ',[' .. table.concat(entries, ',') .. ']]')
  end

  local open = {}
  for _, row in ipairs(cjson.decode(redis.call('HGET', keys.open, who) or '[]')) do
    if not gone[row[3]] then table.insert(open, row) end
  end
  local closed = {}
  for _, row in ipairs(cjson.decode(redis.call('HGET', keys.closed, who) or '[]')) do
    if gone[row[8]] then
      if not gone[row[3]] then table.insert(open, { row[1], row[2], row[3], row[4], row[5], row[6] }) end
    elseif not gone[row[3]] then
      table.insert(closed, row)
    end
  end
  table.sort(open, function(a, b) return a[1] < b[1] end)
  if #open == 0 then redis.call('HDEL', keys.open, who) else redis.call('HSET', keys.open, who, cjson.encode(open)) end
  if #closed == 0 then
    redis.call('HDEL', keys.closed, who)
  else
    redis.call('HSET', keys.closed, who, cjson.encode(closed))
  end
  return record
end

-- The member's field in day, open and closed.
local function fieldsOf(keys, who)
  return { redis.call('HGET', keys.day, who), redis.call('HGET', keys.open, who), redis.call('HGET', keys.closed, who) }
end

-- What changed between two of these, as the log keeps writes. `names`: what the log calls the three.
local function writesBetween(names, who, before, after)
  local writes = {}
  local function json(value) return value and cjson.encode(value) or 'null' end
  for i = 1, 3 do
    if before[i] ~= after[i] then
      table.insert(writes, '[' .. table.concat({ json(names[i]), json(who), json(before[i]), json(after[i]) }, ',') .. ']')
    end
  end
  return '[' .. table.concat(writes, ',') .. ']'
end
