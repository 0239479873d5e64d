import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newcomer } from '../../src/domain/organisation.ts';
import { fullLabel, idSpelt, labels, peopleNamed, withoutMention } from '../../src/domain/people.ts';

const person = (id: string, name: string | null) => newcomer(`wecom:${id}`, name);
const zhang = person('zhangsan', '张三');
const twin = person('woAJ2GCAAAXtWyuj9001', '张三');
const third = person('woAJ2GCAAAXtWyuj9002', '张三');
const li = person('lisi', '李四');
const nameless = person('woAJ2GCAAAXtWyujABCD', null);
const all = [zhang, twin, third, li, nameless];

test('people of one name are told apart by as much of the id’s end as it takes, others are not', () => {
  expect([...labels(all).values()]).toEqual(['张三（zhangsan）', '张三（…9001）', '张三（…9002）', '李四', '…ABCD']);
  const alike = [person('aaaaaaaaa1-0000', '王五'), person('aaaaaaaaa2-0000', '王五')];
  expect([...labels(alike).values()]).toEqual(['王五（…1-0000）', '王五（…2-0000）']);
});

test('no two people in a list are ever printed alike', () => {
  const people = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom('a', 'b', '0') }),
      name: fc.constantFrom('张三', '李四', null),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  );
  fc.assert(
    fc.property(people, (some) => {
      const printed = [...labels(some.map(({ id, name }) => person(id, name))).values()];
      expect(new Set(printed).size).toBe(some.length);
    }),
  );
});

test.each([
  ['李四', [li]],
  ['@李四', [li]],
  ['＠李四', [li]],
  ['lisi', [li]],
  ['wecom:lisi', [li]],
  ['feishu:lisi', []],
  ['张三', [zhang, twin, third]],
  ['张三…9002', [third]],
  ['张三（…9002）', [third]],
  ['...9002', [third]],
  ['张三（zhangsan）', [zhang]],
  ['张三(zhangsan)', [zhang]],
  ['李四（zhangsan）', []],
  ['李四…9002', []],
  ['王五', []],
  ['', []],
])('“%s” means %j', (words, found) => {
  expect(peopleNamed(words, 'wecom', all)).toEqual(found);
});

test('whatever `labels` prints means that very person', () => {
  for (const [id, label] of labels([zhang, twin, third, li])) {
    expect(peopleNamed(label, 'wecom', all).map((one) => one.id)).toEqual([id]);
  }
});

test('an id is not taken over by somebody who calls himself like it', () => {
  const impostor = person('evil', 'lisi');
  expect(peopleNamed('lisi', 'wecom', [impostor, li])).toEqual([li]);
});

test('a label for a decision always has the id', () => {
  expect([zhang, twin, nameless].map(fullLabel)).toEqual(['张三（zhangsan）', '张三（…9001）', '…ABCD']);
});

test.each([
  ['@张三 联络员', { id: 'zhangsan', name: '张三' }, '联络员'],
  ['＠张三 联络员', { id: 'zhangsan', name: '张三' }, '联络员'],
  ['@Zhang San coordinator', { id: 'z', name: 'Zhang San' }, 'coordinator'],
  ['@zhangsan 联络员', { id: 'zhangsan' }, '联络员'],
  ['@小张 联络员', { id: 'z', name: '张三' }, '联络员'],
  ['任 @张三联络员', { id: 'z', name: '张三' }, '任  联络员'],
  ['联络员 城关镇', { id: 'z', name: '张三' }, '联络员 城关镇'],
])('%s without its mention', (text, mentioned, rest) => {
  expect(withoutMention(text, mentioned)).toBe(rest);
});

test.each([
  ['lisi', 'wecom:lisi'],
  ['@li.si-2', 'wecom:li.si-2'],
  ['feishu:ou_1', 'feishu:ou_1'],
  ['nosuch:lisi', null],
  ['李四', null],
  ['li si', null],
  ['x'.repeat(65), null],
  ['', null],
])('“%s” spells the id %s', (spoken, id) => {
  expect(idSpelt(spoken, 'wecom', ['wecom', 'feishu'])).toBe(id);
});
