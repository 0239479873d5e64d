--[[
  Puts other words into a post that waits or has failed; its state stays as it is.

  KEYS  1 hash  the posts of a conversation, or those that failed on a day
  ARGV  1 id   2 the post as it was read   3 the post without the words

  Answers 1; 0 when it is gone, or was made one message with others meanwhile.
]]
local record = redis.call('HGET', KEYS[1], ARGV[1])
local head, body = string.match(record or '', '^([^\n]*)\n(.*)$')
if body == ARGV[3] then return 1 end
if body ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], head .. '\n' .. ARGV[3])
return 1
