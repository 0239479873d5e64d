/** `/名册` with a file, and `/名册 确认`: a roster is shown before it is entered, and entered as it was shown. */
import { createHash } from 'node:crypto';
import type { Day } from '../domain/calendar.ts';
import type { Member } from '../domain/organisation.ts';
import { holds } from '../domain/roles.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { type MemberId, type Message, type Reply, text } from '../message.ts';
import type { Cause, Directory, ReadTable, ReportStore, RosterStore } from '../ports.ts';
import { entered, previewOf } from './roster-preview.ts';
import { changesNothing, enter, keepFile, planOf } from './roster-work.ts';

/** Five counties; read, planned or entered well within the seconds for which an answer is waited for. */
const MOST_ROWS = 5_000;

type Asking = {
  readonly message: Message;
  readonly me: MemberId;
  readonly member: Member | null;
  readonly today: Day;
  readonly cause: Cause;
  readonly directory: Directory;
  readonly reports: ReportStore;
  readonly rosters: RosterStore;
  readonly readTable: ReadTable;
  readonly t: Translate;
};

/** Shows what the file that came along would change; nothing is changed yet. */
export const previewRoster = async (asking: Asking): Promise<Reply> => {
  const { message, me, member, today, cause, rosters, t } = asking;
  if (!holds(member, 'admin', null)) throw new UserError('roster.admin-only');
  const [file, second] = message.files;
  if (!file) throw new UserError('import.no-file');
  if (second) throw new UserError('import.one-file');
  const upload = createHash('sha256').update(cause.message).digest('base64url');
  const faults = await keepFile(file, upload, message.platform, asking, (rows) => {
    if (rows > MOST_ROWS) throw new UserError('import.too-many-for-chat', { most: MOST_ROWS });
  });
  const plan = await planOf(upload, faults, today, asking);
  if (!changesNothing(plan)) await rosters.propose(me, { upload, digest: plan.digest, faults, shown: cause.message });
  return previewOf(plan, await asking.directory.units(), t);
};

/** Enters what was shown. When it would change something else by now, that is shown instead. */
export const confirmRoster = async (asking: Asking): Promise<Reply> => {
  const { me, member, today, cause, rosters, directory, t } = asking;
  if (!holds(member, 'admin', null)) throw new UserError('roster.admin-only');
  const proposal = await rosters.proposed(me);
  const plan = proposal && (await planOf(proposal.upload, proposal.faults, today, asking));
  // A message that was answered with a new preview confirms nothing when it comes again.
  const isAsShown = plan !== null && plan.digest === proposal?.digest && proposal.shown !== cause.message;
  const otherwise = new UserError(plan ? 'import.changed' : 'import.nothing-waits');
  try {
    const facts = await enter(isAsShown ? plan : null, otherwise, cause, asking);
    await rosters.settle(me, facts.upload);
    return text(entered(facts.outline, t));
  } catch (error) {
    if (error !== otherwise || !plan || !proposal) throw error;
    if (changesNothing(plan)) await rosters.settle(me, plan.upload);
    else await rosters.propose(me, { ...proposal, digest: plan.digest, shown: cause.message });
    return [...text(t('import.changed')), ...previewOf(plan, await directory.units(), t)];
  }
};
