import type { Job } from '../src/job.ts';
import { burdenReport } from './burden-report.ts';
import { copyCheck } from './copy-check.ts';
import { dailyDigest } from './daily-digest.ts';
import { exceptionEnd } from './exception-end.ts';
import { freezeBoard } from './freeze-board.ts';
import { listClose } from './list-close.ts';
import { listDraft } from './list-draft.ts';
import { listNotice } from './list-notice.ts';
import { listPublish } from './list-publish.ts';
import { missingList } from './missing-list.ts';
import { nudge } from './nudge.ts';
import { weeklyBoard } from './weekly-board.ts';
import { weeklyDigest } from './weekly-digest.ts';
import { weeklyDraft } from './weekly-draft.ts';

/** Every job, in the order in which they run when they fall due together. A job that is not here does not exist. */
export const jobs: readonly Job[] = [
  dailyDigest,
  weeklyDigest,
  missingList,
  weeklyBoard,
  weeklyDraft,
  nudge,
  copyCheck,
  exceptionEnd,
  burdenReport,
  freezeBoard,
  listDraft,
  listNotice,
  listPublish,
  listClose,
];
