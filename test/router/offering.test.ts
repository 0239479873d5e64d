import { expect, test } from 'vitest';
import { Unconfirmed } from '../../src/errors.ts';
import { house } from '../house.ts';
import { at, day, direct, say, wang } from '../values.ts';

const said = '今天走访了3户企业';
const asked = '要记成今天的日清吗';
const privately = (text: string, over: Parameters<typeof say>[1] = {}) => say(text, { chat: direct(wang), ...over });

/** What Wang has filed on Monday, item by item. */
const filed = async ({ reports }: ReturnType<typeof house>, unit: string) => {
  const period = await reports.period(unit, day('2026-11-23'), day('2026-11-23'));
  const entries = period.days.get('2026-11-23')?.get('playground:wang')?.entries ?? [];
  return reports.texts(
    unit,
    entries.flatMap(({ entry, letters }) => [...letters].map((_, index) => ({ entry, index, day: day('2026-11-23') }))),
  );
};

const begun = async (over: Parameters<typeof house>[0] = {}) => {
  const home = house(over);
  const unit = await home.town();
  return { ...home, home, unit: unit.id, filed: () => filed(home, unit.id) };
};

test('a sentence about finished work is offered, with the button that files it, and is not filed', async () => {
  const { receive, filed } = await begun();
  const [answer] = await receive(privately(said));
  expect(answer?.reply[0]).toMatchObject({ text: expect.stringContaining(asked) });
  expect(answer?.reply[1]).toEqual({ kind: 'buttons', buttons: [{ text: '记成日清', command: `/日清 ${said}` }] });
  expect(await filed()).toEqual([]);
});

test('in a group nothing is offered, not even to who mentions the bot', async () => {
  const { ask, filed } = await begun();
  expect(await ask(say(said))).toBeNull();
  expect(await ask(say(said, { addressed: true }))).not.toContain(asked);
  expect(await ask(say('是', { addressed: true }))).not.toContain('已记');
  expect(await filed()).toEqual([]);
});

test.each(['是', '好的', '嗯', 'Yes'])('“%s” files it', async (yes) => {
  const { ask, filed } = await begun();
  await ask(privately(said));
  const answer = await ask(privately(yes, { at: at('2026-11-23 09:04') }));
  expect(answer).toContain('已记 1 项');
  expect(answer).toContain(said);
  expect(await filed()).toEqual([said]);
});

test('“是” that is delivered again, to another copy of the bot too, files once and is answered alike', async () => {
  const { ask, filed, namespace } = await begun();
  await ask(privately(said));
  const yes = privately('是');
  const first = await ask(yes);
  expect(await ask(yes)).toBe(first);
  expect(await house({ namespace }).ask(yes)).toBe(first);
  expect(await filed()).toEqual([said]);
});

test('an offer of one copy is taken at another', async () => {
  const { ask, filed, namespace } = await begun();
  await ask(privately(said));
  expect(await house({ namespace }).ask(privately('是'))).toContain('已记 1 项');
  expect(await filed()).toEqual([said]);
});

test('a bot that falls between taking and filing files when the message comes again', async () => {
  let isBroken = true;
  const { receive, ask, filed } = await begun({
    reports: (real) => ({
      ...real,
      file: (...of) => (isBroken ? Promise.reject(new Unconfirmed('down')) : real.file(...of)),
    }),
  });
  await ask(privately(said));
  const yes = privately('是');
  await expect(receive(yes)).rejects.toThrow(Unconfirmed);
  isBroken = false;
  expect(await ask(yes)).toContain('已记 1 项');
  expect(await filed()).toEqual([said]);
});

test.each([
  ['a second yes', [privately(said), privately('是')], '2026-11-23 09:00'],
  ['a yes after ten minutes', [privately(said)], '2026-11-23 09:11'],
  ['a yes after something else was filed', [privately(said), privately('/日清 上报台账')], '2026-11-23 09:02'],
  ['a yes out of the blue', [], '2026-11-23 09:00'],
  ['a yes after midnight', [privately(said, { at: at('2026-11-23 23:59') })], '2026-11-24 00:01'],
  ['a yes after a no', [privately(said), privately('不用')], '2026-11-23 09:00'],
])('%s files nothing and says so', async (_, before, when) => {
  const { ask, filed } = await begun();
  for (const message of before) await ask(message);
  const standing = await filed();
  expect(await ask(privately('是', { at: at(when) }))).toContain('什么都没有记');
  expect(await filed()).toEqual(standing);
});

test('an older sentence that is delivered again does not take the newer one’s place', async () => {
  const { ask, filed } = await begun();
  const older = privately(said);
  await ask(older);
  await ask(privately('下午把防汛台账报上去了', { at: at('2026-11-23 09:01') }));
  await ask(older);
  await ask(privately('是', { at: at('2026-11-23 09:02') }));
  expect(await filed()).toEqual(['下午把防汛台账报上去了']);
});

test('what was filed today is not offered again, in whatever width', async () => {
  const { ask } = await begun();
  await ask(`/日清 ${said}；上报台账`);
  expect(await ask(privately('今天走访了３户企业。'))).toBe('这句今天已经记过了，不用再记。');
});

test('what was done yesterday is offered for yesterday, and a yes files nothing today', async () => {
  const { ask, filed } = await begun();
  const answer = await ask(privately('昨天走访了3户企业'));
  expect(answer).toContain('/补报 昨天 走访了3户企业');
  await ask(privately('是'));
  expect(await filed()).toEqual([]);
  expect(await ask(privately('昨天走访的那家叫什么'))).not.toContain('补报 昨天');
});

test('several lines are several items', async () => {
  const { ask, filed } = await begun();
  await ask(privately('走访企业3家\n上报防汛台账'));
  await ask(privately('是'));
  expect(await filed()).toEqual(['走访企业3家', '上报防汛台账']);
});

test('a report whose slash is missing is offered whatever it sounds like', async () => {
  const { ask, filed } = await begun();
  expect(await ask(privately('日青 陪同'))).toContain('/日清 陪同');
  await ask(privately('好'));
  expect(await filed()).toEqual(['陪同']);
});

test('who has no unit is told how to begin instead', async () => {
  const { ask } = await begun();
  const stranger = { id: 'new' };
  expect(await ask(say(said, { sender: stranger, chat: direct(stranger) }))).toContain('还没有归到任何单位');
});

test('whatever is said in private is answered with a sentence, and breaks on nothing', async () => {
  const { ask, errors } = await begun();
  const naughty = [
    '今天走访了<script>alert(1)</script>3户企业',
    '今天走访了{who}3户企业',
    '今天走访了@所有人3户企业',
    `${'把'.repeat(599)}了`,
  ];
  for (const text of [...naughty, '今天走访了3户企业；'.repeat(60), '\u202e今天走访了3户企业\u0007', '是\u0000']) {
    const answer = await ask(privately(text));
    expect(answer).toBeTruthy();
    expect(answer).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
  }
  expect(errors).toEqual([]);
});
