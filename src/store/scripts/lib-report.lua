-- What a report does to the projections. The live script and the rebuild both call this, so they cannot differ.

local call = redis.call

-- The letters in `data`, which is a salt and [letters, texts] (JSON); none where it was erased.
local function lettersIn(data)
  -- After twelve characters of salt and `["`. No pattern: this is done at each report.
  local last = string.find(data, '"', 15, true)
  return last and string.sub(data, 13, 14) == '["' and string.sub(data, 15, last - 1) or ''
end

--[=[
  Adds an entry to a member's day. `keys`: day, data, open, closed. `entry`, `at` (ms), `day` (epoch day) and `onTime`
  are text: they are only written down, and to spell a number takes Redis as long as to find a field. `data`: a salt and
  [letters, texts] (JSON), one letter an item, as the person meant them. A repeated item is not counted again ('-'); a
  done item that repeats an unfinished one closes it ('x').

  Answers the facts of the answer, see file-report.lua, with the carried items themselves where `listsCarried`. Answers
  nil when the day would hold more than `most` items: nothing is changed then.
]=]
local function addReport(keys, entry, who, at, day, onTime, data, most, listsCarried)
  local letters, seconds = lettersIn(data), string.sub(at, 1, -4)
  local stored = call('HGET', keys.day, who)
  local openStored = call('HGET', keys.open, who)
  -- Most reports are the day's first, with nothing unfinished: there is nothing to compare.
  if not stored and not openStored and #letters <= most and not string.find(letters, '[owh]') then
    call('HSET', keys.day, who, '[' .. seconds .. ',' .. onTime .. ',[[' .. entry .. ',"' .. letters .. '"]]]')
    return '[' .. entry .. ',' .. day .. ',' .. onTime .. ',"' .. letters .. '","",0,1,0,[]]'
  end

  -- The helpers stand here, since a script makes its functions anew at each call, and most calls do not come this far.

  -- One spelling for what people see as the same: width, case, spaces and a final stop do not matter.
  local function canonical(text)
    text = string.gsub(text, '\227\128\128', '') -- the full-width space
    text = string.gsub(text, '\239([\188\189])([\128-\191])', function(high, low)
      local code = (string.byte(high) - 188) * 64 + string.byte(low) - 128 -- U+FF00 + code
      if code >= 1 and code <= 94 then return string.char(code + 32) end
    end)
    text = string.gsub(string.lower(text), '%s', '')
    text = string.gsub(text, '\227\128\130$', '') -- 。
    return (string.gsub(text, '%.$', ''))
  end

  -- What may be said once a day. A plan for tomorrow may repeat what was left unfinished today. No space is in `same`.
  local function spoken(letter, same)
    return letter == 'p' and 'plan ' .. same or same
  end

  local function textsIn(stored)
    return stored and string.sub(stored, 1, 1) ~= '!' and cjson.decode(string.sub(stored, 13))[2] or {}
  end

  -- Compares the items with what the day has and what is open: answers their letters as counted, whether rows were added
  -- to `open`, and which of its rows are closed.
  local function judge(letters, n, on, record, open)
    local known = {} -- of what this day has already
    for _, earlier in ipairs(record[3]) do
      local said = call('HGET', keys.data, earlier[1])
      for index, text in ipairs(textsIn(said)) do
        known[spoken(string.sub(lettersIn(said), index, index), canonical(text))] = true
      end
    end
    local openBy, number = {}, 0
    for _, row in ipairs(open) do
      if row[2] <= on then openBy[canonical(row[6])] = row end
      if row[1] > number then number = row[1] end
    end

    local counted, closing, opened = {}, {}, false
    for index, text in ipairs(textsIn(data)) do
      local letter = string.sub(letters, index, index)
      local same = canonical(text)
      local words = spoken(letter, same)
      local row = openBy[same]
      if letter == 'd' and row then
        letter = 'x'
        closing[row] = true
        openBy[same] = nil
      elseif known[words] or (row and letter ~= 'p') then
        letter = '-'
      elseif letter == 'o' or letter == 'w' or letter == 'h' then
        number = number + 1
        table.insert(open, { number, on, n, index - 1, letter, text })
        opened = true
      end
      known[words] = true
      table.insert(counted, letter)
    end
    return table.concat(counted), opened, closing
  end

  -- Moves the rows of `open` that are in `closing` to what was closed on this day by this entry; answers the others.
  local function close(n, on, open, closing)
    local closedStored = call('HGET', keys.closed, who)
    local closed = closedStored and cjson.decode(closedStored) or {}
    local left = {}
    for _, row in ipairs(open) do
      if closing[row] then
        table.insert(closed, { row[1], row[2], row[3], row[4], row[5], row[6], on, n })
      else
        table.insert(left, row)
      end
    end
    call('HSET', keys.closed, who, cjson.encode(closed))
    return left
  end

  local n, on = tonumber(entry), tonumber(day)
  local record = stored and cjson.decode(stored) or { seconds, onTime, {} }
  local open = openStored and cjson.decode(openStored) or {}
  local before = ''
  for _, earlier in ipairs(record[3]) do before = before .. earlier[2] end
  if #before + #letters > most then return nil end

  local opened, closing
  letters, opened, closing = judge(letters, n, on, record, open)

  -- The new entry goes in at the end of the list, before its two closing brackets.
  local first = '[' .. record[1] .. ',' .. record[2] .. ',['
  local list = #record[3] > 0 and string.sub(stored, 1, -3) .. ',' or first
  call('HSET', keys.day, who, list .. '[' .. entry .. ',"' .. letters .. '"]]]')

  if next(closing) then open = close(n, on, open, closing) end
  if opened or next(closing) then
    if #open == 0 then call('HDEL', keys.open, who) else call('HSET', keys.open, who, cjson.encode(open)) end
  end

  local today, carried, rows = 0, 0, {}
  for _, row in ipairs(open) do
    if row[2] == on then
      today = today + 1
    elseif row[2] < on then
      carried = carried + 1
      if listsCarried then table.insert(rows, cjson.encode({ row[1], row[2], row[6] })) end
    end
  end
  return '[' .. entry .. ',' .. day .. ',' .. record[2] .. ',"' .. letters .. '","' .. before .. '",' .. today .. ',' ..
    (stored and 0 or 1) .. ',' .. carried .. ',[' .. table.concat(rows, ',') .. ']]'
end
