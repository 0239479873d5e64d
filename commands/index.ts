import type { Command } from '../src/command.ts';
import { appoint } from './admin/appoint.ts';
import { bind } from './admin/bind.ts';
import { claim } from './admin/claim.ts';
import { emergency } from './admin/emergency.ts';
import { help } from './admin/help.ts';
import { outbox } from './admin/outbox.ts';
import { roster } from './admin/roster.ts';
import { settings } from './admin/settings.ts';
import { appeal } from './boards/appeal.ts';
import { board } from './boards/board.ts';
import { campaign } from './boards/campaign.ts';
import { comment } from './boards/comment.ts';
import { indicators } from './boards/indicators.ts';
import { lists } from './boards/lists.ts';
import { why } from './boards/why.ts';
import { burden } from './oversight/burden.ts';
import { compliance } from './oversight/compliance.ts';
import { answer } from './reporting/answer.ts';
import { back } from './reporting/back.ts';
import { checkin } from './reporting/checkin.ts';
import { clear } from './reporting/clear.ts';
import { daily } from './reporting/daily.ts';
import { duty } from './reporting/duty.ts';
import { edit } from './reporting/edit.ts';
import { exportTables } from './reporting/export.ts';
import { late } from './reporting/late.ts';
import { leave } from './reporting/leave.ts';
import { me } from './reporting/me.ts';
import { missing } from './reporting/missing.ts';
import { remind } from './reporting/remind.ts';
import { show } from './reporting/show.ts';
import { undo } from './reporting/undo.ts';
import { weekly } from './reporting/weekly.ts';

/** Every command, in the order in which /帮助 lists them. A command that is not here does not exist. */
export const commands: readonly Command[] = [
  daily,
  clear,
  edit,
  undo,
  late,
  weekly,
  me,
  exportTables,
  show,
  answer,
  missing,
  board,
  why,
  campaign,
  comment,
  indicators,
  lists,
  appeal,
  leave,
  back,
  duty,
  remind,
  checkin,
  settings,
  emergency,
  compliance,
  burden,
  outbox,
  bind,
  appoint,
  roster,
  claim,
  help,
];
