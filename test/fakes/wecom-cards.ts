import { z } from 'zod';
import { errcodes, refused } from './wecom-codes.ts';
import type { Card } from './wecom-screen.ts';

/** What WeCom demands of a template card. https://developer.work.weixin.qq.com/document/path/101032 */

const text = z.string().min(1);
const Title = z.object({ title: z.string().optional(), desc: z.string().optional() });
const Action = z.object({ type: z.union([z.literal(1), z.literal(2)]), url: z.string().optional() }).loose();
const Line = z.object({ keyname: text, value: z.string().optional(), type: z.int().min(0).max(3).optional() }).loose();
const bytes = (most: number) => z.string().refine((value) => Buffer.byteLength(value) <= most, `over ${most} bytes`);
const Option = z.object({ id: text, text }).loose();
const Submit = z.object({ text, key: bytes(1_024) });

const common = {
  main_title: Title.optional(),
  sub_title_text: z.string().optional(),
  horizontal_content_list: z.array(Line).max(6).optional(),
  jump_list: z
    .array(z.object({ title: text }).loose())
    .max(3)
    .optional(),
  card_action: Action.optional(),
  action_menu: z
    .object({
      desc: z.string().optional(),
      action_list: z
        .array(z.object({ text, key: text }))
        .min(1)
        .max(3),
    })
    .optional(),
  task_id: bytes(128)
    .regex(/^[0-9A-Za-z_\-@]+$/)
    .optional(),
};
const needsTask = { ...common, task_id: bytes(128).regex(/^[0-9A-Za-z_\-@]+$/) };
const Button = z
  .object({
    text,
    style: z.int().min(1).max(4).optional(),
    type: z.int().optional(),
    key: bytes(1_024).optional(),
    url: z.string().optional(),
  })
  .refine(({ type = 0, key, url }) => (type === 1 ? url : key), 'a button without key');

const TemplateCard = z.discriminatedUnion('card_type', [
  z.looseObject({ card_type: z.literal('text_notice'), ...common, card_action: Action }),
  z.looseObject({
    card_type: z.literal('news_notice'),
    ...common,
    main_title: Title.extend({ title: text }),
    card_action: Action,
    card_image: z.object({ url: text, aspect_ratio: z.number().min(1.3).max(2.25).optional() }),
    vertical_content_list: z
      .array(z.object({ title: text }).loose())
      .max(4)
      .optional(),
  }),
  z.looseObject({
    card_type: z.literal('button_interaction'),
    ...needsTask,
    main_title: Title.extend({ title: text }),
    button_list: z.array(Button).min(1).max(6),
  }),
  z.looseObject({
    card_type: z.literal('vote_interaction'),
    ...needsTask,
    checkbox: z.object({
      question_key: text,
      mode: z.int().min(0).max(1).optional(),
      option_list: z.array(Option).min(1).max(20),
    }),
    submit_button: Submit,
  }),
  z.looseObject({
    card_type: z.literal('multiple_interaction'),
    ...needsTask,
    select_list: z
      .array(z.object({ question_key: text, option_list: z.array(Option).min(1).max(10) }).loose())
      .min(1)
      .max(3),
    submit_button: Submit,
  }),
]);

/** Cards that a person can press; the others only lead somewhere. */
export const isPressable = (card: Card): boolean =>
  String(card.card_type).endsWith('_interaction') || 'action_menu' in card;

/** The cards of one bot or app: a task_id is used once. */
export const wecomCards = () => {
  const taken = new Set<string>();
  const check = (card: unknown): Card => {
    const parsed = TemplateCard.safeParse(card);
    if (!parsed.success)
      throw refused(errcodes.badParameter, `invalid template_card: ${z.prettifyError(parsed.error)}`);
    const { main_title, sub_title_text, action_menu, task_id, card_type } = parsed.data;
    if (card_type === 'text_notice' && !main_title?.title && !sub_title_text) {
      throw refused(errcodes.badParameter, 'invalid template_card: neither main_title nor sub_title_text');
    }
    if (action_menu && !task_id) throw refused(errcodes.badParameter, 'invalid template_card: a menu without task_id');
    return parsed.data;
  };
  return {
    /** A card that takes another's place: keeps its task_id. */
    checkUpdate: check,
    checkNew(card: unknown): Card {
      const checked = check(card);
      const { task_id } = checked;
      if (typeof task_id === 'string') {
        if (taken.has(task_id)) throw refused(errcodes.badParameter, 'invalid template_card: task_id is taken');
        taken.add(task_id);
      }
      return checked;
    },
  };
};
export type Cards = ReturnType<typeof wecomCards>;
