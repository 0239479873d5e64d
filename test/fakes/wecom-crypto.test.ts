import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decrypted, encrypted, seal, signatureOf, unseal } from './wecom-crypto.ts';

const published = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wx5823bf96d3bd56c7',
};

test('the published echo string opens', () => {
  const encrypt = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
  const signature = '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3';
  expect(unseal(published, { timestamp: '1409659589', nonce: '263014780', encrypt, signature })).toBe(
    '1616140317555161061',
  );
});

test('the published message opens', () => {
  const encrypt = [
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3',
    'TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gs',
    'ijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa',
    'x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIG',
    'HBZZIs2pDBS8R07+qN+E7Q==',
  ].join('');
  const signature = '477715d11cdb4164915debcba66cb864d751f3e6';
  const plain = unseal(published, { timestamp: '1409659813', nonce: '1372623149', encrypt, signature });
  expect(plain).toContain('<MsgId>4561255354251345929</MsgId>');
  expect(plain).toContain('<Content><![CDATA[hello]]></Content>');
});

test('a message for nobody in particular is sealed as computed by hand', () => {
  const secrets = { ...published, receiveId: '' };
  const encrypt = 'sKqRbbiSUnDhFHOvPjtUMXwcNQzHVFNeLGShu75XAxnlReSDiqIMxFSwaGouVQm/TLf+6IgUPvQBjguiS7rgiw==';
  expect(encrypted(secrets, '{"msgtype":"text"}', Buffer.from('0123456789abcdef'))).toBe(encrypt);
  expect(signatureOf(secrets, '1700000000', 'nonce1', encrypt)).toBe('2ca321c4e83f8979b92666a322720999c44b10fa');
});

test('what is sealed opens, for its receiver alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 40 }), (plain, receiveId) => {
      const secrets = { ...published, receiveId };
      const sealed = seal(secrets, plain, 1_700_000_000_000);
      expect(unseal(secrets, sealed)).toBe(plain);
      expect(() => decrypted({ ...secrets, receiveId: `${receiveId}x` }, sealed.encrypt)).toThrow();
      expect(() => unseal(secrets, { ...sealed, nonce: `${sealed.nonce}0` })).toThrow('bad signature');
    }),
  );
});
