import { isUtf8 } from 'node:buffer';
import { createCipheriv, createDecipheriv, createSecretKey, hash, randomFillSync, timingSafeEqual } from 'node:crypto';
import type { CallbackSecrets } from '../../ports.ts';

/** A sealed message as it travels; `timestamp` in seconds. */
export type Sealed = {
  readonly encrypt: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
};

const BLOCK = 32;
const RANDOM_BYTES = 16;
/** Before the message: what is random, and the length in four bytes, the highest first. */
const HEAD_BYTES = RANDOM_BYTES + 4;
const SIGNATURE_BYTES = 40;
const NONCE_BYTES = 8;
/** To ask for randomness takes as long for a few bytes as for these. */
const POOL_BYTES = 4_096;

/**
 * Seals and opens what travels between WeCom and `receiveId`: the corp id for an app, '' for an AI bot.
 * https://developer.work.weixin.qq.com/document/path/90968
 */
export const crypt = ({ token, aesKey }: CallbackSecrets, receiveId: string) => {
  const bytes = Buffer.from(`${aesKey}=`, 'base64');
  const iv = bytes.subarray(0, 16);
  // Made once: of plain bytes a key would be made anew for each message, which takes as long as the message.
  const key = createSecretKey(bytes);
  const receiver = Buffer.from(receiveId);

  const signatureOf = ({ timestamp, nonce, encrypt }: Omit<Sealed, 'signature'>): string =>
    hash('sha1', [token, timestamp, nonce, encrypt].sort().join(''));

  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;
  /** Each byte is handed out once. */
  const randomBytes = (count: number): Buffer => {
    if (used + count > POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    used += count;
    return pool.subarray(used - count, used);
  };

  const encrypted = (message: string, random: Uint8Array = randomBytes(RANDOM_BYTES)): string => {
    const length = Buffer.byteLength(message);
    const filled = HEAD_BYTES + length + receiver.length;
    const pad = BLOCK - (filled % BLOCK);
    const content = Buffer.alloc(filled + pad, pad);
    content.set(random);
    content.writeUInt32BE(length, RANDOM_BYTES);
    content.write(message, HEAD_BYTES);
    receiver.copy(content, HEAD_BYTES + length);
    const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
    // Whole blocks: nothing is left for `final`.
    return cipher.update(content).toString('base64');
  };

  return {
    signatureOf,
    encrypted,

    /** In a time that says nothing of where the signature is wrong. */
    isSigned({ signature, ...signed }: Sealed): boolean {
      const given = Buffer.alloc(SIGNATURE_BYTES);
      const written = given.write(signature.slice(0, SIGNATURE_BYTES + 1), 'utf8');
      const isEqual = timingSafeEqual(given, Buffer.from(signatureOf(signed)));
      return isEqual && written === SIGNATURE_BYTES && signature.length === SIGNATURE_BYTES;
    },

    /** The message; null when it was not sealed with this key, for this receiver, or is no text. */
    decrypted(encrypt: string): string | null {
      const sealed = Buffer.from(encrypt, 'base64');
      if (sealed.length === 0 || sealed.length % BLOCK !== 0) return null;
      const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      const content = decipher.update(sealed);
      const pad = content.at(-1) ?? 0;
      const end = content.length - pad;
      if (pad < 1 || pad > BLOCK || end < HEAD_BYTES) return null;
      for (const byte of content.subarray(end)) if (byte !== pad) return null;
      const messageEnd = HEAD_BYTES + content.readUInt32BE(RANDOM_BYTES);
      if (messageEnd > end || !content.subarray(messageEnd, end).equals(receiver)) return null;
      const message = content.subarray(HEAD_BYTES, messageEnd);
      return isUtf8(message) ? message.toString() : null;
    },

    /** Sealed anew each time; `timestamp` in seconds. */
    seal(message: string, timestamp: number): Sealed {
      const signed = {
        encrypt: encrypted(message),
        timestamp: String(timestamp),
        nonce: randomBytes(NONCE_BYTES).toString('hex'),
      };
      return { ...signed, signature: signatureOf(signed) };
    },
  };
};
export type Crypt = ReturnType<typeof crypt>;
