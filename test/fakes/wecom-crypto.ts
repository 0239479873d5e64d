import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * WeCom's envelopes as WeCom's side seals and opens them; written apart from the product's, from the published pages.
 * https://developer.work.weixin.qq.com/document/path/90968
 */
export type Secrets = { readonly token: string; readonly aesKey: string; readonly receiveId: string };
export type Sealed = {
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
  readonly signature: string;
};

const BLOCK = 32;
const RANDOM_BYTES = 16;
const HEAD_BYTES = RANDOM_BYTES + 4;

const keyOf = ({ aesKey }: Secrets) => {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  return { key, iv: key.subarray(0, 16) };
};

export const signatureOf = ({ token }: Secrets, timestamp: string, nonce: string, encrypt: string): string =>
  createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex');

export const encrypted = (secrets: Secrets, plain: string | Uint8Array, random = randomBytes(RANDOM_BYTES)): string => {
  const message = Buffer.from(plain);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const content = Buffer.concat([random, length, message, Buffer.from(secrets.receiveId)]);
  const pad = BLOCK - (content.length % BLOCK);
  const { key, iv } = keyOf(secrets);
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(content), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString(
    'base64',
  );
};

/** Throws when anything about it is wrong. */
export const decrypted = (secrets: Secrets, encrypt: string): string => {
  const { key, iv } = keyOf(secrets);
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const content = Buffer.concat([decipher.update(Buffer.from(encrypt, 'base64')), decipher.final()]);
  const pad = content.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK || !content.subarray(-pad).every((byte) => byte === pad)) throw new Error('bad padding');
  const end = HEAD_BYTES + content.readUInt32BE(RANDOM_BYTES);
  if (end > content.length - pad) throw new Error('bad length');
  const receiver = content.subarray(end, content.length - pad).toString();
  if (receiver !== secrets.receiveId) throw new Error(`sealed for another receiver: ${receiver}`);
  return content.subarray(HEAD_BYTES, end).toString();
};

export const seal = (
  secrets: Secrets,
  plain: string,
  at: number,
  nonce = randomBytes(8).readBigUInt64BE().toString(),
): Sealed => {
  const timestamp = String(Math.floor(at / 1000));
  const encrypt = encrypted(secrets, plain);
  return { timestamp, nonce, encrypt, signature: signatureOf(secrets, timestamp, nonce, encrypt) };
};

/** Throws when the signature is not ours. */
export const unseal = (secrets: Secrets, { timestamp, nonce, encrypt, signature }: Sealed): string => {
  const expected = Buffer.from(signatureOf(secrets, timestamp, nonce, encrypt));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Error('bad signature');
  return decrypted(secrets, encrypt);
};
