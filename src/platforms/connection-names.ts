/** What the copies of the bot call the long connection of a WeCom bot, which one of them holds. */
export const connectionOf = (botId: string): string => `wecom/bot/${botId}`;
