import type { Picture } from '../../../domain/picture.ts';

/** One message as it is sent: a body without where it goes. Pictures and files have to be uploaded first. */
export type Drawn =
  | Worded
  /** `instead`: the same in words, for where the card is not taken. */
  | { readonly msgtype: 'template_card'; readonly card: Card; readonly instead: readonly Worded[] }
  | { readonly msgtype: 'image'; readonly picture: Picture }
  | { readonly msgtype: 'file'; readonly name: string; readonly url: string };

/** `mentioned`: user ids that are pinged. */
export type Worded =
  | { readonly msgtype: 'markdown' | 'markdown_v2'; readonly content: string }
  | { readonly msgtype: 'text'; readonly content: string; readonly mentioned: readonly string[] };

/** What we use of template cards. https://developer.work.weixin.qq.com/document/path/101032, …/90236 */
export type Card = {
  readonly card_type: 'text_notice' | 'button_interaction';
  readonly main_title: { readonly title: string };
  readonly sub_title_text?: string;
  readonly jump_list?: readonly { readonly type: 1; readonly title: string; readonly url: string }[];
  readonly card_action?: { readonly type: 1; readonly url: string };
  readonly button_list?: readonly CardButton[];
  readonly task_id?: string;
  /** In the place of its buttons, once one was pressed. */
  readonly replace_text?: string;
};
/** `style`: 1 stands out. `key`: the command itself. */
export type CardButton = { readonly text: string; readonly style: 1 | 2; readonly key: string };

/** The body of what needs no upload, for all voices alike. */
export const bodyOf = (drawn: Exclude<Drawn, { msgtype: 'image' | 'file' }>): object => {
  const { msgtype } = drawn;
  if (msgtype === 'template_card') return { msgtype, template_card: drawn.card };
  if (msgtype !== 'text') return { msgtype, [msgtype]: { content: drawn.content } };
  const { content, mentioned } = drawn;
  return { msgtype, text: { content, ...(mentioned.length > 0 && { mentioned_list: mentioned }) } };
};
