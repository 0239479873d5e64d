--[[
  Who has filed for a day, who was ever on leave and who on duty, of many units in one go. Names are joined here: one
  long text goes out much faster than many short ones. Most units have nobody on leave or on duty, and say nothing of it.

  KEYS, three a unit:  hash  member -> record of the day
                       hash  leave
                       hash  duty

  Answers: for each unit the members with a record, joined by NUL; how many they are, of all units, joined by commas;
  then for each unit with leave or duty its place, from 0, leave and duty, field by field.
]]
local call, join = redis.call, table.concat
local units = #KEYS / 3
local answer, counts = {}, {}
for unit = 1, units do
  local members = call('HKEYS', KEYS[3 * unit - 2])
  answer[unit] = join(members, '\0')
  counts[unit] = #members
end
answer[units + 1] = join(counts, ',')
for unit = 1, units do
  local leave, duty = call('HGETALL', KEYS[3 * unit - 1]), call('HGETALL', KEYS[3 * unit])
  if #leave + #duty > 0 then
    local at = #answer
    answer[at + 1], answer[at + 2], answer[at + 3] = unit - 1, leave, duty
  end
end
return answer
