/** The page never asks for a time zone: it reads the hours off the ISO times that the house sends. */

/** @param {string} iso */
export const clockTime = (iso) => iso.slice(11, 16);

/** @param {string} iso */
export const dateOf = (iso) => iso.slice(0, 10);

/**
 * `11月23日 周一`
 *
 * @param {string} iso
 * @param {string} language
 * @param {Intl.DateTimeFormatOptions} [form]
 */
export const dayName = (iso, language, form = { month: 'long', day: 'numeric', weekday: 'short' }) =>
  new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' })
    .format(new Date(`${dateOf(iso)}T00:00:00Z`))
    .replace(/日(?=[周星])/, '日 ');

/**
 * How many days lie between two moments' dates.
 *
 * @param {string} from
 * @param {string} to
 */
export const daysBetween = (from, to) => (Date.parse(dateOf(to)) - Date.parse(dateOf(from))) / 86_400_000;

/**
 * A clock that goes on from what the house said last.
 *
 * @param {string} now
 */
export const clockFrom = (now) => {
  const offset = /([+-])(\d\d):(\d\d)$/.exec(now);
  const shift = offset ? Number(`${offset[1]}1`) * (Number(offset[2]) * 60 + Number(offset[3])) * 60_000 : 0;
  const begun = performance.now();
  const start = Date.parse(now);
  return () => {
    const local = new Date(start + performance.now() - begun + shift).toISOString().slice(0, 19);
    return `${local}${offset ? offset[0] : 'Z'}`;
  };
};
