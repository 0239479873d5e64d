import { expect, test } from 'vitest';
import { decideClaim, isSameCode } from '../../src/domain/claiming.ts';
import { newcomer } from '../../src/domain/organisation.ts';

const code = '8F3K-22QD';
const person = { id: 'wecom:a', name: null };
const admin = { ...newcomer('wecom:b', '王一'), roles: [{ role: 'admin', unit: null } as const] };

test.each(['8F3K-22QD', '8f3k22qd', '８Ｆ３Ｋ－２２ＱＤ', ' 8F3K 22QD ', '8F3K—22QD', '8F\u200b3K-22QD'])(
  '%j is the code',
  (typed) => {
    expect(isSameCode(typed, code)).toBe(true);
  },
);

test('O is 0, I and L are 1', () => {
  expect(isSameCode('o1l0-aaaa', '0I1O-AAAA')).toBe(true);
});

test.each(['8F3K-22QE', '8F3K-22Q', '8F3K-22QDD', '', '-'])('%j is not', (typed) => {
  expect(isSameCode(typed, code)).toBe(false);
});

test('an empty code opens nothing', () => {
  expect(isSameCode('', '')).toBe(false);
});

test('the code makes an administrator of somebody the bot has never seen', () => {
  expect(decideClaim([], null, { typed: code, code, person })).toEqual({
    members: [{ ...newcomer('wecom:a', null), roles: [{ role: 'admin', unit: null }] }],
    facts: { outcome: 'claimed' },
  });
});

test('what the person is already stays', () => {
  const known = { ...newcomer('wecom:a', '张三'), unit: 'u1', roles: [{ role: 'leader', unit: 'u1' } as const] };
  const decided = decideClaim([known], known, { typed: code, code, person: { id: 'wecom:a', name: 'Zhang' } });
  expect(decided).toMatchObject({
    members: [{ name: '张三', unit: 'u1', roles: [{ role: 'leader' }, { role: 'admin' }] }],
  });
});

test.each([
  ['a wrong code', [], '0000', code, { refused: 'wrong', values: {} }],
  ['no code', [], ' ', code, { refused: 'empty', values: {} }],
  ['the right code, too late', [admin], code, null, { refused: 'taken', values: { admins: ['王一'] } }],
  [
    'the right code while an administrator exists',
    [admin],
    code,
    code,
    { refused: 'taken', values: { admins: ['王一'] } },
  ],
])('%s changes nothing', (_, officers, typed, expected, refusal) => {
  expect(decideClaim(officers, null, { typed, code: expected, person })).toEqual(refusal);
});

test('who is administrator already hears so, with any code', () => {
  const again = decideClaim([admin], admin, { typed: 'x', code: null, person: { id: admin.id, name: null } });
  expect(again).toEqual({ members: [], facts: { outcome: 'already' } });
});
