--[[
  Who has filed for a day, who was ever on leave and who on duty, of many units in one go. Names are joined here: one
  long text goes out much faster than many short ones.

  KEYS, three a unit:  hash  member -> record of the day
                       hash  leave
                       hash  duty

  Answers four a unit: the members with a record, joined by NUL; how many they are; leave and duty, field by field.
]]
local call, join = redis.call, table.concat
local answer = {}
for i = 1, #KEYS, 3 do
  local members = call('HKEYS', KEYS[i])
  local at = #answer
  answer[at + 1] = join(members, '\0')
  answer[at + 2] = #members
  answer[at + 3] = call('HGETALL', KEYS[i + 1])
  answer[at + 4] = call('HGETALL', KEYS[i + 2])
end
return answer
