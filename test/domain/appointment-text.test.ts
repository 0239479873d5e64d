import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAppointment } from '../../src/domain/appointment-text.ts';

test.each([
  ['张三 联络员', ['张三', 'coordinator', '', false]],
  ['@张三 联络员', ['@张三', 'coordinator', '', false]],
  ['联络员 张三', ['张三', 'coordinator', '', false]],
  ['联络员 张三 城关镇', ['张三', 'coordinator', '城关镇', false]],
  ['张三 领导 城关镇', ['张三', 'leader', '城关镇', false]],
  ['张三 领导 云岭县/城关镇', ['张三', 'leader', '云岭县/城关镇', false]],
  ['张三 为城关镇联络员', ['张三', 'coordinator', '城关镇', false]],
  ['张三 为 城关镇 的 联络员', ['张三 城关镇', 'coordinator', '', false]],
  ['张三 免去 联络员', ['张三', 'coordinator', '', true]],
  ['免去 张三 联络员 城关镇', ['张三', 'coordinator', '城关镇', true]],
  ['张三 联络员 撤销', ['张三', 'coordinator', '', true]],
  ['Zhang San as coordinator of Chengguan Town', ['Zhang San', 'coordinator', 'Chengguan Town', false]],
  ['Zhang San as Unit Head of Chengguan', ['Zhang San', 'unitHead', 'Chengguan', false]],
  ['zhangsan remove appeal decider', ['zhangsan', 'appealDecider', '', true]],
  ['head zhangsan', ['zhangsan', 'unitHead', '', false]],
  ['zhangsan remove ADMIN', ['zhangsan', 'admin', '', true]],
  ['张三', ['张三', null, '', false]],
  ['管理员 联络员', ['管理员 联络员', null, '', false]],
  ['联络员 管理员 城关镇', ['联络员 管理员 城关镇', null, '', false]],
  ['张三 领导 联络员', ['张三 领导 联络员', null, '', false]],
  ['', ['', null, '', false]],
])('“%s”', (text, [person, role, unit, take]) => {
  const read = readAppointment(text, false);
  expect([read.person, read.role, read.unit.join('/'), read.take]).toEqual([person, role, unit, take]);
});

test.each([
  ['联络员', 'coordinator', ''],
  ['联络员 城关镇', 'coordinator', '城关镇'],
  ['城关镇 联络员', 'coordinator', '城关镇'],
  ['为 城关镇联络员', 'coordinator', '城关镇'],
  ['', null, ''],
])('beside a mention, “%s”', (text, role, unit) => {
  const read = readAppointment(text, true);
  expect([read.person, read.role, read.unit.join('/')]).toEqual(['', role, unit]);
});

test('whatever is typed is read without a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), (text, isMentioned) => {
      expect(readAppointment(text, isMentioned)).toHaveProperty('role');
    }),
  );
});
