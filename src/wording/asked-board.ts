/** The board that somebody asks for, and what of it they may see. */
import { comparedWith, ruleFor } from '../domain/board.ts';
import { campaignPeriods, WHOLE_WORDS } from '../domain/campaign.ts';
import { echoed } from '../domain/names.ts';
import { labelled, type Member, type Unit } from '../domain/organisation.ts';
import { readPage } from '../domain/page.ts';
import { readPeriod } from '../domain/period-words.ts';
import { coveredOf } from '../domain/sight.ts';
import { narrow } from '../domain/visible.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import type { CampaignStore, Directory } from '../ports.ts';
import { closedBoard } from './closed-board.ts';
import { askedPeriod, type BoardSources, readBoard, refuseEmpty } from './read-board.ts';

export type BoardAsking = BoardSources & {
  readonly directory: Directory;
  readonly campaigns: Pick<CampaignStore, 'campaigns'>;
  readonly member: Member | null;
  readonly unit: Unit | null;
  readonly chatUnit: Unit | null;
  readonly t: Translate;
};

/** `10月`, `全市 本月 第2页`: which board, read; throws the sentence that says why there is none. */
export const askedBoard = async (words: string, asking: BoardAsking) => {
  const { directory, campaigns, member, unit, chatUnit, calendar, now, t } = asking;
  const today = now.toPlainDate();
  const { page, rest: said } = readPage(words);
  const read = readPeriod(said, today, campaignPeriods(await campaigns.campaigns()));
  const isWhole = WHOLE_WORDS.has(narrow(read.rest));
  if (read.rest !== '' && !isWhole) throw new UserError('board.what', { text: echoed(words) });
  const which = askedPeriod(read, { today, calendar, t });

  const units = await directory.units();
  const own = chatUnit ?? unit ?? firstOffice(units, member?.roles ?? []);
  const anchor = own ?? units.find(({ parent }) => parent === null);
  if (!anchor) throw new UserError('board.nobody');
  const shown = isWhole ? await withPeople(units, directory) : comparedWith(units, anchor);
  const covered = coveredOf(member, units, shown);
  const isIn = own !== null && shown.some(({ id }) => id === own.id);
  const rule = ruleFor(units, shown);
  const made = async () => {
    const closed = { units, compared: isWhole ? null : labelled(units, shown), rule };
    const frozen = which === 'either' ? null : await closedBoard(which, closed, asking);
    const board = frozen ?? (await readBoard(labelled(units, shown), which, rule, asking));
    refuseEmpty(board, { today, t });
    return board;
  };
  return { units, own, covered, isIn, which, page, isWhole, rule, made };
};

/** For somebody who leads a unit without being counted in one. */
const firstOffice = (units: readonly Unit[], roles: readonly { readonly unit: string | null }[]): Unit | null =>
  units.find(({ id }) => roles.some(({ unit }) => unit === id)) ?? null;

/** A node of the tree that only holds others together has nothing to be ranked by. */
const withPeople = async (
  units: readonly Unit[],
  directory: Pick<Directory, 'membersOf'>,
): Promise<readonly Unit[]> => {
  const sizes = await Promise.all(units.map(async ({ id }) => (await directory.membersOf(id)).length));
  const some = units.filter((_, i) => (sizes[i] ?? 0) > 0);
  return some.length > 0 ? some : units.slice(0, 1);
};
