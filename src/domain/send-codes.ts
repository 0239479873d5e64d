/** What the codes mean under which a post was not sent: ours, and those of the platforms. */

/** Ours are words. Those of WeCom stand in its table of global codes, 8466… and 9300… in the field alone. */
const meanings: readonly (readonly [meaning: string, codes: readonly string[]])[] = [
  ['held-back', ['held-back']],
  ['not-configured', ['not-configured']],
  ['not-connected', ['not-connected', '846609']],
  ['no-answer', ['no-answer']],
  ['too-often', ['window-full', '45009', '45033']],
  ['stalled', ['stalled', 'unconfirmed', '-1']],
  ['robot-gone', ['93000', '93004']],
  ['not-in-group', ['93008']],
  ['no-chat', ['93006', '86001', '86003', '86008']],
  ['no-person', ['60111', '81013', '82001']],
  ['too-long', ['45001', '45002']],
  ['wrong-kind', ['40008', '40058']],
  ['no-right', ['48002', '48009', '50002', '60011', '60020']],
  ['secret', ['853000', '40001', '40013', '40014', '41001', '42001']],
  ['reply-over', ['846605', '846608']],
];
const meaningOf = new Map(meanings.flatMap(([meaning, codes]) => codes.map((code) => [code, meaning] as const)));

export const isPlatformCode = (code: string): boolean => /^-?\d+$/.test(code);

/**
 * `never-tried`: nobody came to it before it expired. `unknown-code`: a platform’s, whose manual knows it. `fault`: an
 * error of our own.
 */
export const codeMeaning = (code: string): string => {
  if (code === '') return 'never-tried';
  return meaningOf.get(code) ?? (isPlatformCode(code) ? 'unknown-code' : 'fault');
};
