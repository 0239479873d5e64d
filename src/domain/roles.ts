import { plain } from './spoken.ts';

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

/** A role somebody was given. `unit` is a unit's id, null for the organisation's roles. */
export type Grant = { readonly role: Role; readonly unit: string | null };

type Holder = { readonly unit: string | null; readonly roles: readonly Grant[] };

/**
 * Who may run what: role × command, the one table. `anyone` includes people the bot has never seen.
 * What a role may do in which unit is asked with `holds`, and with `reach` in organisation.ts.
 */
export const mayRun: Readonly<Record<string, readonly (Role | 'anyone')[]>> = {
  日清: ['anyone'],
  清: ['member'],
  补报: ['member'],
  改: ['member'],
  撤回: ['member'],
  周结: ['member'],
  我的: ['member'],
  导出: ['member', 'coordinator', 'leader', 'unitHead', 'inspector', 'reviewer', 'appealDecider', 'admin'],
  请假: ['member', 'coordinator', 'leader', 'unitHead'],
  销假: ['member', 'coordinator'],
  值班: ['member', 'coordinator', 'leader', 'unitHead'],
  提醒: ['member'],
  看: ['member', 'coordinator', 'leader', 'unitHead'],
  答复: ['leader', 'unitHead'],
  未报: ['coordinator'],
  报到: ['anyone'],
  榜: ['member', 'leader', 'unitHead', 'inspector', 'reviewer', 'admin'],
  为什么: ['member', 'leader', 'unitHead', 'inspector', 'reviewer', 'admin'],
  活动: ['member', 'coordinator', 'leader', 'unitHead', 'inspector', 'reviewer', 'admin'],
  点评: ['leader', 'unitHead'],
  指标: ['member', 'coordinator', 'leader', 'unitHead', 'inspector', 'reviewer', 'admin'],
  红黑榜: ['member', 'coordinator', 'leader', 'unitHead', 'inspector', 'reviewer', 'appealDecider', 'admin'],
  申诉: ['coordinator', 'leader', 'unitHead', 'appealDecider'],
  绑定: ['admin'],
  认领: ['anyone'],
  任命: ['admin'],
  名册: ['coordinator', 'leader', 'unitHead', 'admin'],
  应急: ['unitHead', 'admin'],
  合规: ['unitHead', 'inspector', 'admin'],
  减负: ['unitHead', 'inspector', 'admin'],
  发件: ['admin'],
  设置: ['coordinator', 'leader', 'unitHead', 'admin'],
  帮助: ['anyone'],
};

/** What people call each role; the first word is the role's name. */
const roleWords: Readonly<Record<Role, readonly string[]>> = {
  member: ['成员', '干部', 'member'],
  coordinator: ['联络员', 'coordinator'],
  leader: ['领导', '班子成员', '分管领导', 'leader'],
  unitHead: ['单位负责人', '负责人', '一把手', 'unithead', 'unit head', 'head'],
  inspector: ['督查', '督查员', '督查室', 'inspector'],
  reviewer: ['审核人', '审核', 'reviewer'],
  appealDecider: ['复核人', '复核', 'appealdecider', 'appeal decider', 'decider'],
  intakeOfficer: ['受理人', '受理', 'intakeofficer', 'intake officer', 'intake'],
  admin: ['管理员', 'admin'],
};

/** The role that `word` names in any width or case, or null. */
export const roleNamed = (word: string): Role | null =>
  roles.find((role) => roleWords[role].includes(plain(word))) ?? null;

const LONGEST_ROLE = Math.max(...Object.values(roleWords).flatMap((words) => words.map(({ length }) => length)));

/** Splits `城关镇联络员` into what stands before the role and the role; null when it does not end in one. */
export const roleAtEnd = (word: string): { readonly before: string; readonly role: Role } | null => {
  const letters = [...word];
  const cut = letters.findIndex(
    (_, i) => i > 0 && i >= letters.length - LONGEST_ROLE && roleNamed(letters.slice(i).join('')) !== null,
  );
  const role = cut < 0 ? null : roleNamed(letters.slice(cut).join(''));
  return role ? { before: letters.slice(0, cut).join(''), role } : null;
};

/** The roles of one person: what was granted, and `member` for whoever has a unit. */
export const rolesOf = (member: Holder | null): ReadonlySet<Role> =>
  new Set(member ? [...(member.unit ? ['member' as const] : []), ...member.roles.map(({ role }) => role)] : []);

/** Whether one of `allowed` covers the person. */
export const isAllowed = (allowed: readonly (Role | 'anyone')[], member: Holder | null): boolean => {
  if (allowed.includes('anyone')) return true;
  const held = rolesOf(member);
  return allowed.some((role) => role !== 'anyone' && held.has(role));
};

/** Whether the person holds `role` in `unit` itself; the organisation's roles hold everywhere. */
export const holds = (member: Pick<Holder, 'roles'> | null, role: Role, unit: string | null): boolean =>
  member?.roles.some((grant) => grant.role === role && (grant.unit === null || grant.unit === unit)) ?? false;
