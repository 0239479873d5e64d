import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test } from 'vitest';
import { house } from '../../house.ts';
import { direct, group, say, wang } from '../../values.ts';

/** What goes over the wire to Redis while `act` runs, of commands whose arguments name this namespace. */
const wire = async (namespace: string, act: () => Promise<unknown>): Promise<string[]> => {
  const watcher = new Redis({ path: inject('redis') });
  onTestFinished(() => watcher.disconnect());
  const monitor = await watcher.monitor();
  onTestFinished(() => monitor.disconnect());
  const commands: string[] = [];
  const ended = new Promise<void>((resolve) => {
    monitor.on('monitor', (_time: string, args: string[], source: string) => {
      if (args[0] === 'echo' && args[1] === namespace) resolve();
      // What a script calls is Redis talking to itself.
      else if (source !== 'lua' && args.some((arg) => arg.startsWith(`${namespace}:`))) commands.push(`${args[0]}`);
    });
  });
  await act();
  await watcher.echo(namespace);
  await ended;
  return commands.map((name) => name.toLowerCase());
};

test.each([
  ['a group', group],
  ['a direct chat', direct(wang)],
])('in %s the second report of a member is one call of one script, and nothing else', async (_, chat) => {
  const { ask, town, namespace } = house();
  await town();
  await ask(say('/日清 走访3户企业', { chat }));
  const sent = await wire(namespace, async () => {
    expect(await ask(say('/日清 上报防汛台账；未清：征地协议', { chat }))).toContain('已记 2 项，未清 1 项');
  });
  expect(sent).toEqual(['evalsha']);
});

test('a member whom the bot has not met for a while costs one read more for the person, one for the units, and a look at the log beside them', async () => {
  const { ask, town, namespace, directory } = house();
  await town();
  await ask('/日清 走访3户企业');
  directory.forget();
  const sent = await wire(namespace, () => ask('/日清 上报防汛台账'));
  expect(sent.toSorted()).toEqual(['evalsha', 'hget', 'hgetall', 'xrevrange']);
});
