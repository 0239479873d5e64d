import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sensitiveIn } from '../../src/domain/sensitive.ts';

/** A number of the right form for nobody: its place, 999999, does not exist. */
const idCard = (birthday: string, order: string): string => {
  const digits = `999999${birthday}${order}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (weights[i] ?? 0), 0);
  return digits + '10X98765432'[sum % 11];
};
const card = idCard('19900307', '771');

test.each([
  `走访张某 ${card}`,
  `身份证${card}已核对`,
  card.toLowerCase(),
  `${card.slice(0, 6)} ${card.slice(6, 14)} ${card.slice(14)}`,
  [...card].map((sign) => (/\d/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign)).join(''),
])('“%s” holds an identity number', (text) => {
  expect(sensitiveIn(text)).toBe('id-card');
});

test.each([
  '电话13912345678',
  '联系人 139 1234 5678',
  '139-1234-5678；',
  '+8613912345678',
  '１３９１２３４５６７８',
  '8613912345678',
  '138 12345678 李某',
])('“%s” holds a mobile phone number', (text) => {
  expect(sensitiveIn(text)).toBe('phone');
});

test.each(['印发机密文件', '传阅绝密件', '秘密★1年', '秘密级材料归档'])('“%s” holds classified words', (text) => {
  expect(sensitiveIn(text)).toBe('secret');
});

test.each([
  '走访3户企业；上报防汛台账',
  '学习保守国家秘密法，参加保密培训',
  '县委办〔2026〕5号，金额12,345,678.90元',
  '座机0719-4225678已更换',
  '编号20261123000188已销',
  '2026-11-23 09:00 至 2026-11-24 18:30 值班',
  '11-23 12-24 13-25 走访',
  `${card.slice(0, 17)}${card.endsWith('0') ? '1' : '0'}`,
  '23912345678',
  '1391234567',
  '139123456789',
  '',
])('“%s” may be said', (text) => {
  expect(sensitiveIn(text)).toBeNull();
});

test("the unit's own words count as well, and no word by itself counts twice", () => {
  expect(sensitiveIn('报送青松工程进展', ['青松工程'])).toBe('secret');
  expect(sensitiveIn('报送青松工程进展', [])).toBeNull();
});

test('an identity number is found wherever it stands; with another check digit it is none', () => {
  const birthday = fc.date({ min: new Date('1930-01-01'), max: new Date('2025-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(birthday, fc.integer({ min: 0, max: 999 }), fc.string(), fc.string(), (date, order, before, after) => {
      const number = idCard(date.toISOString().slice(0, 10).replaceAll('-', ''), String(order).padStart(3, '0'));
      const wrong = number.slice(0, 17) + (number.endsWith('5') ? '6' : '5');
      expect(sensitiveIn(`${before}，${number}，${after}`)).toBe('id-card');
      expect(sensitiveIn(`，${wrong}，`)).toBeNull();
    }),
  );
});
