--[[
  Keeps the lines of one message with its answers, or of one post, once.

  KEYS  1 string  number of the last line   2 hash  last line of each chat
        3-5 hash  what is kept under an id: today, yesterday, the day before (real days)
        6 stream  posts
        7… stream of the chat, one a line
  ARGV  1 id   2 keep what is under the id (s)   3 keep a chat (s)   4 most lines a chat   5 most posts
        6… three a line: chat, whether it is a post (1 or 0), the line

  Answers {fresh (1 or 0), [[number, line], …]}; for an id already seen, what was kept then, changing nothing.
]]
local kept = remembered(ARGV[1])
if kept then return { 0, kept } end

local lines = (#ARGV - 5) / 3
local last = redis.call('INCRBY', KEYS[1], lines)
local rows = {}
for i = 1, lines do
  local n = last - lines + i
  local chat, isPost, line = ARGV[3 + 3 * i], ARGV[4 + 3 * i], ARGV[5 + 3 * i]
  redis.call('XADD', KEYS[6 + i], 'MAXLEN', ARGV[4], n .. '-0', 'line', line)
  redis.call('EXPIRE', KEYS[6 + i], ARGV[3])
  if isPost == '1' then redis.call('XADD', KEYS[6], 'MAXLEN', ARGV[5], n .. '-0', 'line', line) end
  rows[i] = '[' .. n .. ',' .. line .. ']'
  redis.call('HSET', KEYS[2], chat, rows[i])
end

kept = '[' .. table.concat(rows, ',') .. ']'
remember(ARGV[1], kept, ARGV[2])
return { 1, kept }
