import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boardLinks } from '../../src/web/board-links.ts';
import { LINK_HOURS, signed, type Ticket, ticketIn, ticketUntil } from '../../src/web/board-ticket.ts';
import { at } from '../values.ts';

const now = at('2026-11-23 09:00');
const ticket: Ticket = { unit: 'u3', viewer: 'wecom:zhou', span: 'week', until: ticketUntil(now) };
const link = signed(ticket, 'secret');

test('what was signed is read again, until its end and not a moment longer', () => {
  expect(ticketIn(link, 'u3', 'secret', now)).toEqual(ticket);
  expect(ticketIn(link, 'u3', 'secret', now.add({ hours: LINK_HOURS }))).toEqual(ticket);
  expect(ticketIn(link, 'u3', 'secret', now.add({ hours: LINK_HOURS, milliseconds: 1 }))).toBeNull();
});

test('one that ends later than any link made now is refused as well: its clock was another', () => {
  expect(ticketIn(link, 'u3', 'secret', now.subtract({ milliseconds: 1 }))).toBeNull();
});

test.each<[why: string, text: string, unit: string, secret: string]>([
  ['another unit', link, 'u4', 'secret'],
  ['another secret', link, 'u3', 'secret2'],
  ['nothing', '', 'u3', 'secret'],
  ['a signature alone', link.slice(link.lastIndexOf('.')), 'u3', 'secret'],
  ['no signature', link.slice(0, link.lastIndexOf('.')), 'u3', 'secret'],
  [
    'a longer life',
    link.replace(/^\w+/, ticketUntil(now).add({ hours: 1 }).epochMilliseconds.toString(36)),
    'u3',
    'secret',
  ],
  ['another span', link.replace('.week.', '.quarter.'), 'u3', 'secret'],
  [
    'another viewer',
    link.replace(/(\.week\.)[^.]+/, `$1${Buffer.from('wecom:zhao').toString('base64url')}`),
    'u3',
    'secret',
  ],
  ['a signature with more behind it', `${link}A`, 'u3', 'secret'],
  ['a very long one', `${link}${'A'.repeat(100_000)}`, 'u3', 'secret'],
])('%s is refused', (_, text, unit, secret) => {
  expect(ticketIn(text, unit, secret, now)).toBeNull();
});

test('no letter of a link can be another one', () => {
  fc.assert(
    fc.property(fc.nat(link.length - 1), fc.constantFrom(...'AZaz09-_.=+/ 中\u0000'), (place, letter) => {
      const altered = `${link.slice(0, place)}${letter}${link.slice(place + 1)}`;
      if (altered !== link) expect(ticketIn(altered, 'u3', 'secret', now)).toBeNull();
    }),
    { numRuns: 1_000 },
  );
});

test('any member, unit and span comes back as it was signed, and for no other', () => {
  const spans = fc.constantFrom('week', 'lastWeek', 'month', 'lastMonth', 'quarter' as const);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 64 }), spans, fc.string(), (id, span, said) => {
      const one: Ticket = { ...ticket, viewer: `wecom:${id.toWellFormed()}`, span };
      expect(ticketIn(signed(one, 'secret'), 'u3', 'secret', now)).toEqual(one);
      expect(ticketIn(said, 'u3', 'secret', now)).toBeNull();
    }),
  );
});

test('a link begins as the viewer’s platform can reach it, and there is none where it cannot', async () => {
  const links = boardLinks({
    base: (platform) => (platform === 'wecom' ? null : 'https://riqing.example.com/x'),
    secret: async () => 'secret',
  });
  expect(await links.board('wecom:zhou', 'u3', 'week', now)).toBeNull();
  const url = await links.board('playground:zhou', 'u3', 'week', now);
  expect(url).toMatch(/^https:\/\/riqing\.example\.com\/x\/board\/u3\?k=[\w.-]+$/);
  expect(ticketIn(new URL(url ?? '').searchParams.get('k') ?? '', 'u3', 'secret', now)?.viewer).toBe('playground:zhou');
});
