import { expect, test } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import { county, minutesOf, person } from '../town.ts';

const staff = (unit: string) => [0, 1, 2, 3].map((n) => person(`${unit}${n}`, `${unit}的干部${n}`));

test('a month of every job: groups get rankings alone, names go to coordinators alone, and nobody more than three a day', async () => {
  const home = county();
  const units: Unit[] = [];
  for (const name of ['城关镇', '河西镇']) {
    const roles = { [`${name}0`]: ['coordinator' as const], [`${name}1`]: ['unitHead' as const] };
    units.push(await home.unit(name, staff(name), { roles }));
  }

  const posts: { job: string; chat: string; text: string; at: string; unit: string }[] = [];
  for (let date = '2026-11-23'; date < '2026-12-24'; date = nextDay(date)) {
    for (const [i, one] of [...staff('城关镇'), ...staff('河西镇')].entries()) {
      // Each leaves out other days, and leaves something open on some. One writes the same on two days.
      const n = Number(date.slice(-2)) + i;
      const done = i === 2 && /12-0[18]$/.test(date) ? '整理防汛物资并核对库存' : `走访${n}`;
      if (n % 4 !== 0) await home.tell(one, `${date} 16:00`, `/日清 ${done}${n % 5 === 0 ? `；未清：台账${n}` : ''}`);
    }
    for (const job of jobs) {
      for (const at of minutesOf(job, {}, `${date}T00:00`, `${date}T23:59`)) {
        for (const unit of units) {
          for (const { chat, text } of await home.run(job, unit, at))
            posts.push({ job: job.name, chat, text, at, unit: unit.name });
        }
      }
    }
  }

  // Lists wait for a reviewer, exceptions are told of when one ends, and the bot's account counts what an outbox has
  // sent: none of these is here.
  const silent = /^(list-|exception-end|burden-report|freeze-board)/;
  expect(new Set(posts.map(({ job }) => job))).toEqual(
    new Set(jobs.map(({ name }) => name).filter((name) => !silent.test(name))),
  );
  for (const { job, chat, text, unit } of posts) {
    if (chat.startsWith('group:')) {
      expect([job, text.split('\n').at(-1)]).toEqual(['weekly-board', '规则 r1。仅供工作调度，不作为考核依据']);
    }
    if (job === 'missing-list') expect(chat).toBe(`direct:${unit}0`);
    else expect(text).not.toContain('的干部');
    if (job.endsWith('digest')) expect(chat).toBe(`direct:${unit}1`);
    expect(text.split('\n').length).toBeLessThanOrEqual(30);
  }

  const perDay = Map.groupBy(posts, ({ chat, at }) => `${chat} ${at.slice(0, 10)}`);
  for (const [chat, day] of perDay) expect(day.length).toBeLessThanOrEqual(chat.startsWith('group:') ? 1 : 3);
  const digests = Map.groupBy(
    posts.filter(({ job }) => job.endsWith('digest')),
    ({ chat, at }) => `${chat} ${at.slice(0, 10)}`,
  );
  for (const day of digests.values()) expect(day).toHaveLength(1);
});

const nextDay = (iso: string) => new Date(Date.parse(iso) + 86_400_000).toISOString().slice(0, 10);
