/** Which of the known names was most likely meant. */

/** What other tools call the same thing. */
const calledElsewhere: Readonly<Record<string, string>> = {
  ...{ 日报: '日清', 周报: '周结', 周总结: '周结', 总结: '周结', 小结: '周结', report: 'daily', summary: 'weekly' },
  ...{ 办结: '清', 销号: '清', 完成: '清', 修改: '改', 编辑: '改', 取消: '撤回', 撤销: '撤回', 删除: '撤回' },
  ...{ 查看: '我的', 查询: '我的', 统计: '我的', 进度: '我的', 排名: '榜', 排行: '榜', 排行榜: '榜', 排名榜: '榜' },
  ...{ 改名: '报到', 签到: '报到', 权限: '任命', 授权: '任命', 菜单: '帮助', 命令: '帮助', start: 'help' },
  ...{ menu: 'help', delete: 'undo', cancel: 'undo', rank: 'board', ranking: 'board', status: 'me' },
};

/** Characters that an input method offers for one syllable: only those which names are made of, and what is taken for them. */
const soundsAlike = [
  ...['清请青情轻氢晴庆', '日曰', '周州洲舟粥', '结节接姐杰洁解介街', '补不部布步捕', '报抱保宝包爆', '改该概盖'],
  ...[
    '撤车扯彻测侧册策',
    '回会汇灰惠',
    '我握窝',
    '的得地德',
    '看砍刊',
    '假家加价甲架嘉',
    '销消小效晓',
    '未为位委味围喂',
  ],
  ...[
    '到道导倒',
    '提题替体',
    '醒型行性姓星',
    '答达打大搭',
    '复付附负服府富',
    '榜帮绑棒邦磅傍',
    '红宏洪',
    '黑嘿',
    '出处除初',
  ],
  ...[
    '申神身审深',
    '诉素速宿',
    '点电店典',
    '评平凭屏',
    '名明命鸣',
    '设社射涉',
    '置只至制志直',
    '定订顶丁',
    '任认人仁忍',
  ],
  ...['领令另零灵', '助住主注祝'],
];
const soundOf: ReadonlyMap<string, number> = new Map(
  soundsAlike.flatMap((letters, sound) => [...letters].map((letter) => [letter, sound] as const)),
);
const alike = (a: string, b: string): boolean => soundOf.has(a) && soundOf.get(a) === soundOf.get(b);

/** No name is longer. */
const MOST_LETTERS = 24;
/** What slips cost, a wrong letter being 1. A beginning is a shortcut rather than a slip. */
const COST = { beginning: 0.3, sound: 0.4, part: 0.5 } as const;
/** Names so near to the nearest were as likely meant. */
const AS_LIKELY = 0.25;

/**
 * The names that were most likely meant, best first: the one by which others call the same thing, else those that begin
 * with `name` or sound like it, else those at most two letters away. Empty when nothing is near.
 */
export const nearestOf = (name: string, names: readonly string[]): readonly string[] => {
  if (name === '') return [];
  const other = Object.hasOwn(calledElsewhere, name) ? calledElsewhere[name] : undefined;
  if (other !== undefined && names.includes(other)) return [other];
  const scored = names
    .map((known) => ({ known, cost: costOf(name, known) }))
    .filter(({ cost }) => cost < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.cost - b.cost || b.known.length - a.known.length);
  const least = scored[0]?.cost ?? 0;
  return scored.filter(({ cost }) => cost <= least + AS_LIKELY).map(({ known }) => known);
};

/** The one name that was most likely meant, or null. */
export const nearest = (name: string, names: readonly string[]): string | null => nearestOf(name, names)[0] ?? null;

/** Whether `name` is `known` as somebody writes it who chose other characters of the same sound. */
export const soundsLike = (name: string, known: string): boolean => {
  const [a, b] = [[...name], [...known]];
  return a.length === b.length && a.every((letter, i) => letter === b[i] || alike(letter, b[i] ?? ''));
};

const costOf = (name: string, known: string): number => {
  // Of two names that a longer word begins with the longer was meant.
  if (known.length > 1 && name.startsWith(known)) return COST.beginning - known.length / 1000;
  if (known.startsWith(name)) return COST.beginning;
  const isPart = /\p{Script=Han}/u.test(name) && known.includes(name);
  const steps = isPart ? COST.part : distance(name, known);
  const [length, most] = [[...known].length, known.length > 3 ? 2 : 1];
  return steps <= most && steps < length ? steps : Number.POSITIVE_INFINITY;
};

/** Letters to insert, remove, replace or swap to turn `a` into `b`; to replace one by its like is less. */
const distance = (a: string, b: string): number => {
  const [left, right] = [[...a].slice(0, MOST_LETTERS), [...b]];
  let beforeLast: number[] = [];
  let last = right.map((_, i) => i).concat(right.length);
  for (const [i, from] of left.entries()) {
    const row = [i + 1];
    for (const [j, to] of right.entries()) {
      const swapped = i > 0 && j > 0 && from === right[j - 1] && left[i - 1] === to;
      const replaced = from === to ? 0 : alike(from, to) ? COST.sound : 1;
      row.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (last[j + 1] ?? 0) + 1,
          (last[j] ?? 0) + replaced,
          swapped ? (beforeLast[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length] ?? 0;
};
