/** How units and members are packed into fields, and read back with a check. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Member, Unit } from '../domain/organisation.ts';
import { roles } from '../domain/roles.ts';
import { cadences, defaults, type Settings } from '../domain/settings.ts';

const settingShapes = Object.fromEntries(
  Object.entries(defaults).map(([name, value]) => [
    name,
    name === 'cadence' ? z.enum(cadences) : typeof value === 'number' ? z.number() : z.string(),
  ]),
);
const StoredSettings = z.object(settingShapes).partial();

const UnitRow = z.object({
  name: z.string(),
  parent: z.string().nullable(),
  settings: StoredSettings,
  chats: z.array(z.string()),
});

export const packUnit = ({ name, parent, settings, chats }: Unit): string =>
  JSON.stringify({ name, parent, settings, chats });

export const readUnit = (id: string, row: string): Unit => {
  const { settings, ...rest } = UnitRow.parse(JSON.parse(row));
  return { id, ...rest, settings: settings as Partial<Settings> };
};

const MemberRow = z.object({
  name: z.string().nullable(),
  unit: z.string().nullable(),
  since: z.string().nullable(),
  roles: z.array(z.object({ role: z.enum(roles), unit: z.string().nullable() })),
  unreachable: z.boolean(),
  formerly: z.object({ unit: z.string(), until: z.number() }).optional(),
});

export const packMember = ({ name, unit, since, roles, unreachable, formerly }: Member): string =>
  JSON.stringify({ name, unit, since: since?.toString() ?? null, roles, unreachable, formerly });

export const readMember = (id: string, row: string): Member => {
  const { since, formerly, ...rest } = MemberRow.parse(JSON.parse(row));
  const day = since === null ? null : Temporal.PlainDate.from(since);
  return { id, ...rest, since: day, ...(formerly && { formerly }) };
};
