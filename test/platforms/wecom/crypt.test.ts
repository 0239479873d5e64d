import { createCipheriv } from 'node:crypto';
import vendor from '@wecom/crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crypt } from '../../../src/platforms/wecom/crypt.ts';

const secrets = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
const CORP = 'wx5823bf96d3bd56c7';
const corp = crypt(secrets, CORP);
const bot = crypt(secrets, '');

/** Published, and the third computed once by hand; the random bytes are inside. */
const vectors = [
  {
    name: 'the published check of an address',
    made: corp,
    timestamp: '1409659589',
    nonce: '263014780',
    signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    encrypt: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
    message: '1616140317555161061',
  },
  {
    name: 'the published message',
    made: corp,
    timestamp: '1409659813',
    nonce: '1372623149',
    signature: '477715d11cdb4164915debcba66cb864d751f3e6',
    encrypt: [
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvu',
      'JTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwG',
      'c2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9',
      'EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0',
      'lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
    ].join(''),
    message: [
      '<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>',
      '<FromUserName><![CDATA[mycreate]]></FromUserName>',
      '<CreateTime>1409659813</CreateTime>',
      '<MsgType><![CDATA[text]]></MsgType>',
      '<Content><![CDATA[hello]]></Content>',
      '<MsgId>4561255354251345929</MsgId>',
      '<AgentID>218</AgentID>',
      '</xml>',
    ].join('\n'),
  },
  {
    name: 'a message without a receiver',
    made: bot,
    timestamp: '1700000000',
    nonce: 'nonce1',
    signature: '2ca321c4e83f8979b92666a322720999c44b10fa',
    encrypt: 'sKqRbbiSUnDhFHOvPjtUMXwcNQzHVFNeLGShu75XAxnlReSDiqIMxFSwaGouVQm/TLf+6IgUPvQBjguiS7rgiw==',
    message: '{"msgtype":"text"}',
  },
];

describe.each(vectors)('$name', ({ made, message, ...sealed }) => {
  test('opens, and its signature holds', () => {
    expect(made.isSigned(sealed)).toBe(true);
    expect(made.decrypted(sealed.encrypt)).toBe(message);
  });

  test('is sealed to the very same bytes', () => {
    const { random } = vendor.decrypt(secrets.aesKey, sealed.encrypt);
    expect(made.encrypted(message, random)).toBe(sealed.encrypt);
    expect(made.signatureOf(sealed)).toBe(sealed.signature);
  });
});

test('what is sealed here opens with the vendor’s package, and the other way round', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ maxLength: 40 }), (message, receiveId) => {
      const made = crypt(secrets, receiveId);
      const sealed = made.seal(message, 1_700_000_000);
      expect(vendor.decrypt(secrets.aesKey, sealed.encrypt)).toMatchObject({ message, id: receiveId });
      expect(vendor.getSignature(secrets.token, sealed.timestamp, sealed.nonce, sealed.encrypt)).toBe(sealed.signature);
      expect(made.isSigned(sealed)).toBe(true);
      expect(made.decrypted(vendor.encrypt(secrets.aesKey, message, receiveId))).toBe(message);
    }),
  );
});

test('no two envelopes of one message are alike', () => {
  const all = Array.from({ length: 20 }, () => bot.seal('same', 1_700_000_000));
  expect(new Set(all.map(({ encrypt }) => encrypt)).size).toBe(20);
  expect(new Set(all.map(({ nonce }) => nonce)).size).toBe(20);
});

/** Encrypts `content` as it is, whatever stands in it. */
const raw = (content: Buffer): string => {
  const key = Buffer.from(`${secrets.aesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return cipher.update(content, undefined, 'base64') + cipher.final('base64');
};
const laid = (length: number, message: string | Buffer, receiver: string, pad: (size: number) => Buffer): string => {
  const head = Buffer.alloc(20, 7);
  head.writeUInt32BE(length, 16);
  const content = Buffer.concat([head, Buffer.from(message), Buffer.from(receiver)]);
  return raw(Buffer.concat([content, pad(32 - (content.length % 32))]));
};
const proper = (size: number) => Buffer.alloc(size, size);

test('laid out by hand and whole, it opens', () => {
  expect(corp.decrypted(laid(2, 'ok', CORP, proper))).toBe('ok');
  expect(bot.decrypted(laid(2, 'ok', '', proper))).toBe('ok');
});

test.each<[string, string]>([
  ['no padding', laid(2, 'ok', CORP, (size) => Buffer.alloc(size))],
  ['padding of 33', laid(2, 'ok', CORP, (size) => Buffer.alloc(size, 33))],
  ['padding of 255', laid(2, 'ok', CORP, (size) => Buffer.alloc(size, 255))],
  ['padding that is not all alike', laid(2, 'ok', CORP, (size) => Buffer.alloc(size, size).fill(9, 0, 1))],
  ['padding longer than what is sealed', raw(Buffer.alloc(32, 32))],
  ['a length one too long', laid(3, 'ok', CORP, proper)],
  ['a length one too short', laid(1, 'ok', CORP, proper)],
  ['a length of 0', laid(0, 'ok', CORP, proper)],
  ['a length beyond the end', laid(1_000_000, 'ok', CORP, proper)],
  ['the largest length', laid(0xff_ff_ff_ff, 'ok', CORP, proper)],
  ['another receiver', laid(2, 'ok', 'wx0000000000000000', proper)],
  ['a longer receiver', laid(2, 'ok', `${CORP}0`, proper)],
  ['no receiver', laid(2, 'ok', '', proper)],
  ['half a block', raw(Buffer.alloc(48, 16))],
  ['what is no UTF-8', laid(2, Buffer.from([0xff, 0xfe]), CORP, proper)],
  ['nothing', ''],
  ['what is no base64', '!!!!'],
  ['Chinese', '密'.repeat(64)],
])('%s is refused', (_, encrypt) => {
  expect(corp.decrypted(encrypt)).toBeNull();
});

test.each([3, 20, 1_000_000, 0xff_ff_ff_ff])(
  'a length of %i that runs into the padding is refused where no receiver stands',
  (length) => {
    expect(bot.decrypted(laid(length, 'ok', '', proper))).toBeNull();
  },
);

test('whatever byte is flipped, it does not open as something else that passes for whole', () => {
  const { encrypt } = corp.seal('{"msgtype":"text"}', 1_700_000_000);
  const bytes = Buffer.from(encrypt, 'base64');
  for (let at = 0; at < bytes.length; at += 1) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 0x01;
    const opened = corp.decrypted(flipped.toString('base64'));
    // The random bytes and the message carry no check of their own: that is what the signature is for.
    if (opened !== null) expect(at).toBeLessThan(64);
    expect(corp.isSigned({ ...corp.seal('', 1), encrypt: flipped.toString('base64') })).toBe(false);
  }
});

describe('a signature', () => {
  const sealed = corp.seal('hello', 1_700_000_000);
  test.each<[string, Partial<typeof sealed>]>([
    ['empty', { signature: '' }],
    ['cut', { signature: sealed.signature.slice(1) }],
    ['over-long', { signature: `${sealed.signature}0` }],
    ['a megabyte', { signature: sealed.signature.repeat(25_000) }],
    ['in capitals', { signature: `${sealed.signature.slice(0, -3)}ABC` }],
    ['in Chinese', { signature: '签'.repeat(40) }],
    ['with a sign of two halves', { signature: `${sealed.signature.slice(0, 38)}😀` }],
    ['flipped at the start', { signature: `${sealed.signature[0] === '0' ? '1' : '0'}${sealed.signature.slice(1)}` }],
    [
      'flipped at the end',
      { signature: `${sealed.signature.slice(0, -1)}${sealed.signature.endsWith('0') ? '1' : '0'}` },
    ],
    ['of another nonce', { nonce: `${sealed.nonce}0` }],
    ['of another time', { timestamp: '1700000001' }],
    ['of other words', { encrypt: corp.encrypted('hello') }],
  ])('%s does not hold', (_, over) => {
    expect(corp.isSigned({ ...sealed, ...over })).toBe(false);
  });

  test('of another token does not hold', () => {
    expect(crypt({ ...secrets, token: 'QDG6eL' }, CORP).isSigned(sealed)).toBe(false);
  });
});
