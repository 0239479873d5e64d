import { expect, test } from 'vitest';
import { readMentions } from '../../../src/platforms/playground/mentions.ts';

const people = [
  { id: 'wang', name: '王丁' },
  { id: 'li.si', name: '李四' },
  { id: 'wang2', name: '张伟' },
  { id: 'wang3', name: '张伟' },
  { id: '赵六', name: '赵六' },
];
const read = (typed: string) => readMentions(typed, '日清', people);
const mentioned = (typed: string) => read(typed).mentions.map(({ id }) => id);

test('a person is mentioned by name or id, in either width of @, and the text keeps the mention', () => {
  expect(read('/任命 @王丁 联络员')).toMatchObject({ text: '/任命 @王丁 联络员', addressed: false });
  expect(mentioned('/任命 ＠王丁 联络员')).toEqual(['wang']);
  expect(mentioned('@li.si. 和 @wang')).toEqual(['li.si', 'wang']);
  expect(mentioned('@王丁 @wang')).toEqual(['wang']);
});

test('a name that two people have mentions nobody, and one called like an id is one person', () => {
  expect(mentioned('@张伟')).toEqual([]);
  expect(mentioned('@wang3')).toEqual(['wang3']);
  expect(mentioned('@赵六')).toEqual(['赵六']);
});

test('a name ends where no letter or digit follows', () => {
  expect(mentioned('@王丁丁')).toEqual([]);
  expect(mentioned('@王丁，请看')).toEqual(['wang']);
});

test('the bot’s own mention goes, wherever it stands', () => {
  expect(read('@日清 /榜')).toEqual({ text: '/榜', addressed: true, mentions: [] });
  expect(read('在吗 ＠日清')).toEqual({ text: '在吗', addressed: true, mentions: [] });
  expect(read('@日清报 /榜').addressed).toBe(false);
});
