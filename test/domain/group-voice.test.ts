import { expect, test } from 'vitest';
import {
  decideMade,
  decideNewGroup,
  decideNoRobot,
  decideRobot,
  decideUnmade,
  readVoiceOrder,
  type VoiceOrder,
} from '../../src/domain/group-voice.ts';
import type { Unit } from '../../src/domain/organisation.ts';

const address = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2aifa5aaa';

test.each<[string, VoiceOrder | null]>([
  [`城关镇 ${address}`, { kind: 'robot', unit: '城关镇', group: null, address }],
  [`  云岭县/城关镇   ${address} `, { kind: 'robot', unit: '云岭县/城关镇', group: null, address }],
  [`城关镇 2 ${address}`, { kind: 'robot', unit: '城关镇', group: 2, address }],
  [`${address} 城关镇`, { kind: 'robot', unit: '城关镇', group: null, address }],
  [`${address}`, { kind: 'robot', unit: '', group: null, address }],
  ['城关镇 HTTP://evil.example/', { kind: 'robot', unit: '城关镇', group: null, address: 'HTTP://evil.example/' }],
  ['机器人', { kind: 'robots' }],
  ['robots', { kind: 'robots' }],
  ['城关镇 撤机器人', { kind: 'no-robot', unit: '城关镇', group: null }],
  ['城关镇 2 撤机器人', { kind: 'no-robot', unit: '城关镇', group: 2 }],
  ['Chengguan no robot', { kind: 'no-robot', unit: 'Chengguan', group: null }],
  ['城关镇 建群', { kind: 'make', unit: '城关镇' }],
  ['Chengguan new group', { kind: 'make', unit: 'Chengguan' }],
  ['城关镇 撤群', { kind: 'unmake', unit: '城关镇' }],
  // Units are called so.
  ['城关镇', null],
  ['建群', null],
  ['机器人研究所', null],
  ['城关镇 上级 云岭县', null],
])('“%s” is read as %j', (said, order) => {
  expect(readVoiceOrder(said)).toEqual(order);
});

const unit = (id: string, name: string, ...chats: string[]): Unit => ({ id, name, parent: null, chats, settings: {} });
const robot = (group: number | null = null) => ({ kind: 'robot', unit: '城关镇', group, address }) as const;
const off = (group: number | null = null) => ({ kind: 'no-robot', unit: '城关镇', group }) as const;
const [g1, g2, alone, older, made] = [
  'wecom:group:g1',
  'wecom:group:g2',
  'wecom:group:webhook/a',
  'wecom:group:webhook/b',
  'wecom:group:appchat/c',
];

test('the robot speaks in the one group of the unit, or in the one that was said', () => {
  expect(decideRobot([unit('u1', '城关镇', g1)], robot(), alone)).toMatchObject({ units: [], facts: { chat: g1 } });
  const two = [unit('u1', '城关镇', g1, g2)];
  expect(decideRobot(two, robot(), alone)).toMatchObject({ refused: 'which-group', values: { groups: 2 } });
  expect(decideRobot(two, robot(2), alone)).toMatchObject({ units: [], facts: { chat: g2, isRobotOnly: false } });
  expect(decideRobot(two, robot(3), alone)).toMatchObject({ refused: 'which-group' });
});

test('where the bot is in no group of the unit, the robot’s own group becomes the unit’s', () => {
  const wanted = { units: [{ id: 'u1', chats: ['playground:group:p', alone] }], facts: { isRobotOnly: true } };
  expect(decideRobot([unit('u1', '城关镇', 'playground:group:p')], robot(), alone)).toMatchObject(wanted);
  // Another one takes its place.
  const again = decideRobot([unit('u1', '城关镇', older)], robot(), alone);
  expect(again).toMatchObject({ units: [{ chats: [alone] }], facts: { chat: alone, dropped: older } });
  // A group speaks for one unit.
  const moved = decideRobot([unit('u1', '城关镇'), unit('u2', '上水乡', alone)], robot(), alone);
  expect(moved).toMatchObject({
    units: [
      { id: 'u2', chats: [] },
      { id: 'u1', chats: [alone] },
    ],
  });
});

test('nothing is bound to nobody, or to one of several', () => {
  expect(decideRobot([], robot(), alone)).toMatchObject({ refused: 'unit-unknown' });
  const two = [unit('u1', '城关镇', g1), { ...unit('u2', '城关镇', g2), parent: 'u3' }, unit('u3', '云岭县')];
  expect(decideRobot(two, { ...robot(), unit: '云岭县/城关镇' }, alone)).toMatchObject({ facts: { chat: g2 } });
});

test('a robot is taken away, and with it the group of which nothing else is known', () => {
  const own = [unit('u1', '城关镇', g1, g2)];
  expect(decideNoRobot(own, off(), new Set())).toMatchObject({ refused: 'no-robot' });
  expect(decideNoRobot(own, off(), new Set([g2]))).toMatchObject({ units: [], facts: { chat: g2, dropped: null } });
  expect(decideNoRobot(own, off(), new Set([g1, g2]))).toMatchObject({ refused: 'which-group' });
  expect(decideNoRobot(own, off(2), new Set([g1, g2]))).toMatchObject({ facts: { chat: g2 } });
  const only = decideNoRobot([unit('u1', '城关镇', alone)], off(), new Set([alone]));
  expect(only).toMatchObject({ units: [{ chats: [] }], facts: { dropped: alone } });
});

test('a unit has one group that the app made', () => {
  const before = [unit('u1', '城关镇', g1)];
  expect(decideNewGroup(before, '城关镇', made)).toMatchObject({ id: 'u1' });
  expect(decideMade(before, '城关镇', made)).toMatchObject({ units: [{ chats: [g1, made] }] });
  const after = [unit('u1', '城关镇', g1, made)];
  expect(decideNewGroup(after, '城关镇', 'wecom:group:appchat/d')).toMatchObject({ refused: 'has-group' });
  // By the same message, delivered again.
  expect(decideNewGroup(after, '城关镇', made)).toMatchObject({ id: 'u1' });
  expect(decideUnmade(after, '城关镇')).toMatchObject({ units: [{ chats: [g1] }] });
  expect(decideUnmade(before, '城关镇')).toMatchObject({ refused: 'no-group' });
});
