import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { isAllowed, mayRun, type Role, roles, unitRoles } from '../../src/domain/roles.ts';
import { house } from '../house.ts';
import { say } from '../values.ts';

const refusal = /^\/\S+ 只有.+可以用。$|^你还没有归到任何单位。/;

/** Somebody with one role alone, in the group of 城关镇; null: a person the bot has never seen. */
const somebody = async (role: Role | null) => {
  const { town, member, directory, ask } = house();
  const unit = await town();
  const sender = { id: 'someone' };
  const grant = role && role !== 'member' ? [{ role, unit: unitRoles.includes(role) ? unit.id : null }] : [];
  if (role) await member(sender, role === 'member' ? unit : null, grant);
  const known = await directory.member('playground:someone');
  return { known, say: (text: string) => ask(say(text, { sender })) };
};

const cells = commands.flatMap(({ name }) => [...roles, null].map((role) => [name, role] as const));
test.each(cells)('/%s said by %s is refused exactly when the table says so', async (name, role) => {
  const { known, say } = await somebody(role);
  const answer = await say(`/${name}`);
  if (isAllowed(mayRun[name] ?? [], known)) expect(answer).not.toMatch(/只有.+可以用。$/);
  else expect(answer).toMatch(refusal);
});
