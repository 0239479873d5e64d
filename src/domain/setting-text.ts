/** Reads what follows /设置. */
import { cleanName } from './names.ts';
import { readPath } from './organisation.ts';
import { asksForChanges } from './setting-history.ts';
import { type SettingName, settingNamed, settingRules } from './setting-rules.ts';
import { plain } from './spoken.ts';

export type SettingsText = {
  /** The unit's path; empty when none was named. */
  readonly unit: readonly string[];
  /** Null: everything is to be shown. */
  readonly name: SettingName | null;
  /** As typed; empty: this setting is to be shown. */
  readonly value: string;
  /** What was changed is asked for, not what stands. */
  readonly changes?: boolean;
};

/** `截止 18:30`, `截止：18:30`, `城关镇 截止 18:30`, `城关镇`. */
export const readSettings = (text: string): SettingsText => {
  const words = cleanName(text)
    .replace(/[:：=＝]\s*(?!\d\d\b)/g, ' ')
    .split(' ');
  if (asksForChanges(plain(words.at(-1) ?? ''))) {
    const { unit, name } = readSettings(words.slice(0, -1).join(' '));
    return { unit, name, value: '', changes: true };
  }
  const found = words.map((_, at) => settingIn(words, at));
  const at = found.findIndex((setting) => setting !== null);
  const setting = found[at];
  if (!setting) return { unit: readPath(words.join(' ')), name: null, value: '' };
  return {
    unit: readPath(words.slice(0, at).join(' ')),
    name: setting.name,
    value: [setting.value, ...words.slice(at + setting.words)].join(' ').trim(),
  };
};

/** No setting's name has more words: `leave approval`. */
const MOST_WORDS = 2;

/** The setting that is named from word `at` on, in as many words as its name has. */
const settingIn = (words: readonly string[], at: number) => {
  for (let count = MOST_WORDS; count > 1; count -= 1) {
    const name = at + count <= words.length ? settingNamed(words.slice(at, at + count).join(' ')) : null;
    if (name) return { name, value: '', words: count };
  }
  const alone = settingAt(words[at] ?? '');
  return alone && { ...alone, words: 1 };
};

/** No setting's name is longer. */
const LONGEST_WORD = Math.max(...Object.values(settingRules).flatMap(({ words }) => words.map(({ length }) => length)));

/** A setting's name, alone or with a time, a number or a cadence after it without a space. */
const settingAt = (word: string): { readonly name: SettingName; readonly value: string } | null => {
  const letters = [...word];
  for (let cut = Math.min(letters.length, LONGEST_WORD); cut > 0; cut -= 1) {
    const name = settingNamed(letters.slice(0, cut).join(''));
    const value = letters
      .slice(cut)
      .join('')
      .replace(/^[:：=＝]/, '');
    if (name && (value === '' || /^[\d０-９]/.test(value) || settingRules[name].read(value))) return { name, value };
  }
  return null;
};
