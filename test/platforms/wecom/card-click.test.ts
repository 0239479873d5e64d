import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAppClick, readClick, saidBy } from '../../../src/platforms/wecom/card-click.ts';
import { readXml, writeXml } from '../../../src/platforms/wecom/xml.ts';
import { at } from '../../values.ts';

const key = { event_key: '/红黑榜 确认 L-03', task_id: 'once-abc-0', card_type: 'button_interaction' };
const body = {
  msgid: 'M2',
  create_time: 1_700_000_000,
  aibotid: 'B',
  chatid: 'g1',
  chattype: 'group',
  from: { userid: 'li' },
  msgtype: 'event',
  event: { eventtype: 'template_card_event', template_card_event: key },
};
const click = {
  command: '/红黑榜 确认 L-03',
  taskId: 'once-abc-0',
  user: 'li',
  chat: { platform: 'wecom', kind: 'group', id: 'g1' },
  id: 'M2',
  at: 1_700_000_000,
};

test('the three forms of a press say the same', () => {
  expect(readClick(body)).toEqual(click);
  expect(readClick({ ...body, event: { eventtype: 'template_card_event', ...key } })).toEqual(click);
  const xml = writeXml({
    ToUserName: 'corp',
    FromUserName: 'li',
    CreateTime: 1_700_000_000,
    MsgType: 'event',
    Event: 'template_card_event',
    EventKey: key.event_key,
    TaskId: key.task_id,
    CardType: key.card_type,
    ResponseCode: 'code-1',
    AgentID: 1,
  });
  expect(readAppClick(readXml(xml) ?? new Map())).toEqual({
    ...click,
    chat: { platform: 'wecom', kind: 'direct', id: 'li' },
    responseCode: 'code-1',
    // Events of the app bring no id; the same press makes the same one.
    id: 'li+1700000000+once-abc-0+/红黑榜 确认 L-03',
  });
});

test('a press is the command, said there by that person when it was pressed', () => {
  const said = saidBy({ ...click, chat: { platform: 'wecom', kind: 'group', id: 'g1' } }, () => at('2026-11-20 09:00'));
  expect(said).toMatchObject({ id: 'M2', text: click.command, sender: { id: 'li' }, addressed: true, mentions: [] });
  expect(said.at.epochMilliseconds).toBe(1_700_000_000_000);
});

test.each([
  ['no object', 7],
  ['nobody', { ...body, from: undefined }],
  ['a nameless person', { ...body, from: { userid: '' } }],
  ['a group without an id', { ...body, chatid: undefined }],
  ['no key', { ...body, event: { eventtype: 'template_card_event' } }],
  ['an empty key', { ...body, event: { template_card_event: { ...key, event_key: ' ' } } }],
  ['no card', { ...body, event: { template_card_event: { ...key, task_id: '' } } }],
  ['the button of a card that is done', { ...body, event: { template_card_event: { ...key, event_key: 'done' } } }],
])('%s is no press', (_, odd) => {
  expect(readClick(odd)).toBeNull();
});

test('whatever comes, a press is read or it is not, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.anything(), fc.dictionary(fc.string(), fc.string()), (odd, fields) => {
      readClick(odd);
      readClick({ ...body, event: odd });
      expect(readAppClick(new Map(Object.entries(fields)))).toBeNull();
    }),
  );
});
