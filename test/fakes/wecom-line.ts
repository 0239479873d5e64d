/** What a line typed at the prompt means. */
export type Line =
  | { readonly kind: 'say'; readonly place: Place; readonly text: string }
  | { readonly kind: 'do'; readonly what: string; readonly arg: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unclear' };
/** Who speaks where; no group: to the bot alone. */
export type Place = { readonly group?: string; readonly user: string };

const IN_GROUP = /^([^\s:：/／]+)\s+([^\s:：/／]+)[:：]\s*(.+)$/su;
const IN_DIRECT = /^([^\s:：/／]+)[:：]\s*(.+)$/su;

/**
 * `群 人: 话`, `人: 话` or `:命令 参数`; anything else is said by whoever spoke last, where he spoke. `\n` is a line end.
 */
export const readLine = (line: string, last: Place | null): Line => {
  const typed = line.trim();
  if (typed === '') return { kind: 'nothing' };
  const order = /^[:：](\S+)\s*(.*)$/su.exec(typed);
  if (order) return { kind: 'do', what: order[1] ?? '', arg: order[2] ?? '' };

  const say = (place: Place, text = ''): Line => ({ kind: 'say', place, text: text.replaceAll('\\n', '\n') });
  const [, group, speaker = '', inGroup] = IN_GROUP.exec(typed) ?? [];
  if (group) return say({ group, user: speaker }, inGroup);
  const [, user, inDirect] = IN_DIRECT.exec(typed) ?? [];
  if (user) return say({ user }, inDirect);
  return last ? say(last, typed) : { kind: 'unclear' };
};
