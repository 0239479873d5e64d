/** How units and members are packed into fields, and read back with a check. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Cadence, isCadence } from '../domain/cadence.ts';
import type { Exception } from '../domain/exception.ts';
import type { Member, Unit } from '../domain/organisation.ts';
import { roles } from '../domain/roles.ts';
import { defaults, type Settings } from '../domain/settings.ts';

const StoredCadence = z.custom<Cadence>((word) => typeof word === 'string' && isCadence(word));

const settingShapes = Object.fromEntries(
  Object.entries(defaults).map(([name, value]) => [
    name,
    name === 'cadence' ? StoredCadence : typeof value === 'number' ? z.number() : z.string(),
  ]),
);
const StoredSettings = z.object(settingShapes).partial();

const UnitRow = z.object({
  name: z.string(),
  parent: z.string().nullable(),
  settings: StoredSettings,
  chats: z.array(z.string()),
  formerCadences: z.array(z.object({ cadence: StoredCadence, before: z.string() })).exactOptional(),
  ownNudges: z.array(z.string()).exactOptional(),
  emergency: z.object({ until: z.number(), reason: z.string() }).exactOptional(),
  exceptions: z
    .array(
      z.object({
        name: z.string(),
        values: StoredSettings,
        approver: z.string(),
        basis: z.string(),
        until: z.string(),
        ends: z.number(),
        by: z.string(),
        at: z.number(),
      }),
    )
    .exactOptional(),
});

export const packUnit = (unit: Unit): string => {
  const { name, parent, settings, chats, formerCadences, ownNudges, emergency, exceptions } = unit;
  return JSON.stringify({ name, parent, settings, chats, formerCadences, ownNudges, emergency, exceptions });
};

export const readUnit = (id: string, row: string): Unit => {
  const { settings, exceptions, ...rest } = UnitRow.parse(JSON.parse(row));
  return {
    id,
    ...rest,
    settings: settings as Partial<Settings>,
    ...(exceptions && { exceptions: exceptions as readonly Exception[] }),
  };
};

const MemberRow = z.object({
  name: z.string().nullable(),
  unit: z.string().nullable(),
  since: z.string().nullable(),
  roles: z.array(z.object({ role: z.enum(roles), unit: z.string().nullable() })),
  unreachable: z.boolean(),
  homes: z.array(z.object({ unit: z.string(), since: z.string().nullable(), until: z.string() })).exactOptional(),
  formerly: z.object({ unit: z.string(), until: z.number() }).exactOptional(),
  nudgeAt: z.string().exactOptional(),
  left: z.string().exactOptional(),
  mergedInto: z.string().exactOptional(),
  merged: z.array(z.string()).exactOptional(),
});

export const packMember = (member: Member): string => {
  const { name, unit, since, roles, unreachable, homes, formerly, nudgeAt, left, mergedInto, merged } = member;
  const joined = since?.toString() ?? null;
  const record = { name, unit, since: joined, roles, unreachable, homes, formerly, nudgeAt };
  return JSON.stringify({ ...record, left: left?.toString(), mergedInto, merged });
};

export const readMember = (id: string, row: string): Member => {
  const { since, left, homes, ...rest } = MemberRow.parse(JSON.parse(row));
  return {
    ...{ id, ...rest, since: dayOf(since) },
    ...(left !== undefined && { left: Temporal.PlainDate.from(left) }),
    ...(homes && {
      homes: homes.map((home) => ({ ...home, since: dayOf(home.since), until: Temporal.PlainDate.from(home.until) })),
    }),
  };
};

const dayOf = (iso: string | null) => (iso === null ? null : Temporal.PlainDate.from(iso));
