import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { progressOn } from '../../scripts/progress.ts';
import { tempDir } from '../store/own-redis.ts';
import { xlsx } from '../tables/xlsx.ts';

const script = fileURLToPath(new URL('../../scripts/import.ts', import.meta.url));

/** The operator's command in a data directory of its own, on no terminal. */
const operator = () => {
  const dir = tempDir();
  const put = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const run = async (...words: string[]) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dir, WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 'secret' };
    const child = spawn(process.execPath, [script, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code, out, err };
  };
  return { dir, put, run };
};

test('an operator sees what would change, says so, and the second time there is nothing left', async () => {
  const { put, run } = operator();
  const path = put(
    '名册.xlsx',
    xlsx([
      ['账号', '姓名', '单位'],
      ['zhangsan', '张三', '城关镇'],
    ]),
  );
  expect(await run(path)).toEqual({
    code: 0,
    out: '名册读到 1 行，都没有问题。\n· 新建单位 1 个：城关镇\n· 新增 1 人\n还没有导入。没问题就加上 --confirm 再运行一次。\n',
    err: '',
  });
  const { code, out, err } = await run(path, '--confirm');
  expect(out).toContain('名册已导入：新建单位 1 个，新增 1 人，已生效。');
  expect([code, err]).toEqual([0, '']);
  expect((await run(path, '--confirm')).out).toContain('和现在一样，没有要改的。');
  expect((await run(path, '--confirm', '--platform', 'slack')).out).toContain('新增 1 人');
}, 30_000);

test('what cannot be read ends with 1 and a sentence, and no trace of a program', async () => {
  const { dir, put, run } = operator();
  mkdirSync(join(dir, 'folder'));
  const broken: [string[], string][] = [
    [[], '用法：npm run import'],
    [['a', 'b'], '用法：npm run import'],
    [['--wrong'], '用法：npm run import'],
    [[join(dir, 'none.xlsx')], '打不开文件'],
    [[join(dir, 'folder')], '打不开文件'],
    [[put('a.xlsx', Buffer.from('MZ\0\0'))], '这不是表格文件'],
    [[put('b.xlsx', Buffer.from('504b0304ffff', 'hex'))], '这个文件损坏了'],
    [[put('c.csv', '')], '这个文件是空的'],
    [[put('d.csv', '甲,乙\n')], '没找到表头'],
  ];
  for (const [words, sentence] of broken) {
    const { code, out, err } = await run(...words);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/ at |Error/);
  }
}, 60_000);

test('faulty rows are named, every one, and end the command with 1', async () => {
  const { put, run } = operator();
  const rows = Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? `p${i},镇` : ',镇'));
  const { code, out } = await run(put('a.csv', `账号,单位\n${rows.join('\n')}`));
  expect(code).toBe(1);
  for (let row = 3; row <= 51; row += 2) expect(out).toMatch(new RegExp(`\\b${row}\\b.*没有写账号`));
});

test('a bar is drawn on a terminal alone, and only when it takes longer than two seconds', () => {
  const drawnAt = (isTTY: boolean, ...times: number[]) => {
    const written: string[] = [];
    let now = 0;
    const progress = progressOn({ isTTY, write: (text) => written.push(text) }, () => now);
    const step = progress.step((done) => `${done} rows`, 100);
    for (const time of times) {
      now = time;
      step(50);
    }
    progress.clear();
    return written;
  };
  expect(drawnAt(true, 100, 1_999)).toEqual([]);
  expect(drawnAt(false, 5_000)).toEqual([]);
  expect(drawnAt(true, 2_000, 2_100, 2_300)).toEqual([
    `\r\u001b[K${'█'.repeat(15)}${'░'.repeat(15)} 50 rows`,
    `\r\u001b[K${'█'.repeat(15)}${'░'.repeat(15)} 50 rows`,
    '\r\u001b[K',
  ]);
});
