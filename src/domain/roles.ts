import type { UnitId } from './organisation.ts';

export const roles = [
  'member',
  'coordinator',
  'leader',
  'unitHead',
  'inspector',
  'reviewer',
  'appealDecider',
  'intakeOfficer',
  'admin',
] as const;
export type Role = (typeof roles)[number];

/** Roles of one unit; the others are the organisation's. `member` is not granted: it comes with having a unit. */
export const unitRoles: readonly Role[] = ['coordinator', 'leader', 'unitHead'];

/** A role somebody was given. `unit` is null for the organisation's roles. */
export type Grant = { readonly role: Role; readonly unit: UnitId | null };

/**
 * Who may run what: role × command, the one table. `anyone` includes people the bot has never seen.
 * What a role may do in which unit is asked with `holds`.
 */
export const mayRun: Readonly<Record<string, readonly (Role | 'anyone')[]>> = {
  日清: ['anyone'],
  清: ['member'],
  补报: ['member'],
  改: ['member'],
  撤回: ['member'],
  周结: ['member'],
  我的: ['member'],
  请假: ['member'],
  未报: ['coordinator'],
  报到: ['anyone'],
  榜: ['member', 'leader', 'unitHead', 'inspector', 'reviewer', 'admin'],
  为什么: ['member', 'leader', 'unitHead', 'inspector', 'reviewer', 'admin'],
  绑定: ['admin'],
  认领: ['anyone'],
  任命: ['admin'],
  设置: ['coordinator', 'leader', 'unitHead', 'admin'],
  帮助: ['anyone'],
};

/** The roles of one person: what was granted, and `member` for whoever has a unit. */
export const rolesOf = (member: { unit: UnitId | null; roles: readonly Grant[] } | null): ReadonlySet<Role> =>
  new Set(member ? [...(member.unit ? ['member' as const] : []), ...member.roles.map(({ role }) => role)] : []);

/** Whether one of `allowed` covers the person. */
export const isAllowed = (
  allowed: readonly (Role | 'anyone')[],
  member: { unit: UnitId | null; roles: readonly Grant[] } | null,
): boolean => {
  const held = rolesOf(member);
  return allowed.some((role) => role === 'anyone' || held.has(role));
};

/** Whether the person holds `role` in `unit` itself; the organisation's roles hold everywhere. */
export const holds = (member: { roles: readonly Grant[] } | null, role: Role, unit: UnitId | null): boolean =>
  member?.roles.some((grant) => grant.role === role && (grant.unit === null || grant.unit === unit)) ?? false;
