--[[
  Keeps the lines of one message with its answers, or of one post, once.

  KEYS  1-3 hash  what is kept under an id: today, yesterday, the day before (real days)
        4 string  number of the last line   5 hash  last line of each chat   6 stream  posts   7 set  who has spoken
        8… stream of the chat, one a line
  ARGV  1 id   2 keep what is under the id (s)   3 keep a chat (s)   4 most lines a chat   5 most posts
        6… four a line: chat, who said it ('' for the bot), whether it is a post (1 or 0), the line

  Answers {fresh (1 or 0), [[number, line], …]}; for an id already seen, what was kept then, changing nothing.
]]
local kept = remembered({ KEYS[1], KEYS[2], KEYS[3] }, ARGV[1])
if kept then return { 0, kept } end

local lines = (#ARGV - 5) / 4
local last = redis.call('INCRBY', KEYS[4], lines)
local rows = {}
for i = 1, lines do
  local n = last - lines + i
  local chat, who, isPost, line = ARGV[2 + 4 * i], ARGV[3 + 4 * i], ARGV[4 + 4 * i], ARGV[5 + 4 * i]
  redis.call('XADD', KEYS[7 + i], 'MAXLEN', ARGV[4], n .. '-0', 'line', line)
  redis.call('EXPIRE', KEYS[7 + i], ARGV[3])
  if isPost == '1' then redis.call('XADD', KEYS[6], 'MAXLEN', ARGV[5], n .. '-0', 'line', line) end
  if who ~= '' then redis.call('SADD', KEYS[7], who) end
  rows[i] = '[' .. n .. ',' .. line .. ']'
  redis.call('HSET', KEYS[5], chat, rows[i])
end

kept = '[' .. table.concat(rows, ',') .. ']'
remember(KEYS[1], ARGV[1], kept, ARGV[2])
return { 1, kept }
