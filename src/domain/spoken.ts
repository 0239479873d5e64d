/** What was typed: the command token in any width and after any invisible character; the body stays as typed. */

/** Zero-width and direction characters, which chat clients add and nobody sees. */
const INVISIBLE = /\p{Cf}|\u034f|[\ufe00-\ufe0f]/gu;
/** A command's name is short; what goes on longer without a space is looked at this far. */
const MOST_LETTERS = 24;

export type Spoken = {
  /** In its plain form: NFKC, lower case. Empty for `/` alone. */
  readonly name: string;
  /** The text after the name, as typed. */
  readonly rest: string;
};

/**
 * The command that `text` names; null when it does not begin with a slash of any width. A name may be followed by its
 * text without a space (`/日清走访3户`) when the longest known name that fits ends there.
 */
export const readCommand = (text: string, known: { has(name: string): boolean }): Spoken | null => {
  const slash = skipMention(text, skip(text, 0));
  if (text[slash] !== '/' && text[slash] !== '／') return null;
  let at = skip(text, slash + 1);
  while (text[at] === '/' || text[at] === '／') at = skip(text, at + 1);

  let end = at;
  while (end < text.length && end - at < MOST_LETTERS && !isSpace(text[end])) end += 1;
  const token = plain(text.slice(at, end));
  if (known.has(token)) return { name: token, rest: text.slice(end).trim() };

  for (let cut = end - 1; cut > at; cut -= 1) {
    const head = plain(text.slice(at, cut));
    if (!known.has(head)) continue;
    // Latin names need an end of their own: /rqx is not /rq x.
    if (/[a-z]$/.test(head) && /^[a-z]/.test(plain(text.slice(cut, cut + 1)))) continue;
    // 日清周结 is what the whole is called, and no report.
    if (known.has(plain(text.slice(cut, end)))) continue;
    return {
      name: head,
      rest: text
        .slice(cut)
        .replace(/^[:：,，、]/, '')
        .trim(),
    };
  }
  return { name: token, rest: text.slice(end).trim() };
};

/** The known name that `text` begins with though no slash is before it, or null. */
export const nameWithoutSlash = (text: string, known: { has(name: string): boolean }): string | null => {
  const first = plain(
    text
      .trim()
      // In Chinese input the key of the slash writes 、
      .replace(/^[、\\·。.!！]+\s*/u, '')
      .split(/[\s:：,，]/u, 1)[0]
      ?.slice(0, MOST_LETTERS) ?? '',
  );
  return known.has(first) ? first : null;
};

/** NFKC, lower case, without invisible characters. */
export const plain = (token: string): string =>
  token.toWellFormed().normalize('NFKC').replace(INVISIBLE, '').trim().toLowerCase();

const isSpace = (letter: string | undefined) => letter !== undefined && letter !== '\ufeff' && /\s/u.test(letter);
const isInvisible = (letter: string | undefined) => letter?.replace(INVISIBLE, '') === '';

const skip = (text: string, from: number): number => {
  let at = from;
  while (isSpace(text[at]) || isInvisible(text[at])) at += 1;
  return at;
};

/** Past a mention that stands before the slash, else `from` again. */
const skipMention = (text: string, from: number): number => {
  if (text[from] !== '@' && text[from] !== '＠') return from;
  let at = from;
  while (at < text.length && at - from < MOST_LETTERS && !isSpace(text[at])) at += 1;
  return skip(text, at);
};

/** What other tools call the same thing. */
const calledElsewhere: Readonly<Record<string, string>> = {
  ...{ 日报: '日清', 周报: '周结', 周总结: '周结', 总结: '周结', 小结: '周结', report: 'daily', summary: 'weekly' },
  ...{ 办结: '清', 销号: '清', 完成: '清', 修改: '改', 编辑: '改', 取消: '撤回', 撤销: '撤回', 删除: '撤回' },
  ...{ 查看: '我的', 查询: '我的', 统计: '我的', 进度: '我的', 排名: '榜', 排行: '榜', 排行榜: '榜', 排名榜: '榜' },
  ...{
    改名: '报到',
    签到: '报到',
    权限: '任命',
    授权: '任命',
    菜单: '帮助',
    命令: '帮助',
    start: 'help',
    menu: 'help',
  },
  ...{ delete: 'undo', cancel: 'undo', rank: 'board', ranking: 'board', status: 'me' },
};

/** The name that was most likely meant: the same thing’s, else one beginning with `name`, else one at most two letters away; else null. */
export const nearest = (name: string, names: readonly string[]): string | null => {
  if (name === '') return null;
  const other = Object.hasOwn(calledElsewhere, name) ? calledElsewhere[name] : undefined;
  if (other !== undefined && names.includes(other)) return other;
  const beginning = names.filter((known) => known.startsWith(name) || (known.length > 1 && name.startsWith(known)));
  const longest = beginning.sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined) return longest;
  const scored = names
    .map((known) => ({ known, steps: distance(name, known) }))
    .filter(({ known, steps }) => steps <= (known.length > 3 ? 2 : 1) && steps < known.length)
    .sort((a, b) => a.steps - b.steps);
  return scored[0]?.known ?? null;
};

/** Letters to insert, remove, replace or swap to turn `a` into `b`. */
const distance = (a: string, b: string): number => {
  const [left, right] = [[...a].slice(0, MOST_LETTERS), [...b]];
  let beforeLast: number[] = [];
  let last = right.map((_, i) => i).concat(right.length);
  for (const [i, from] of left.entries()) {
    const row = [i + 1];
    for (const [j, to] of right.entries()) {
      const swapped = i > 0 && j > 0 && from === right[j - 1] && left[i - 1] === to;
      row.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (last[j + 1] ?? 0) + 1,
          (last[j] ?? 0) + (from === to ? 0 : 1),
          swapped ? (beforeLast[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length] ?? 0;
};
