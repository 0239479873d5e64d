import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { Redis } from 'ioredis';
import { parseReport } from '../src/domain/report-text.ts';
import { account, type Format } from './callback-account.ts';
import { MEMBERS, unitOf } from './county.ts';
import { BODY } from './filing.ts';
import { floor } from './floor.ts';

const parsed = parseReport(BODY);
const items = 'problem' in parsed ? [] : parsed.items;
const words = `123456789012${JSON.stringify(['dddp', items.map(({ text }) => text)])}`;
/** As long as what the house says. */
const ANSWER = '已记：2026-01-05 完成 3 项，明日计划 1 项。';

/**
 * What nobody can leave out, and nothing else: signature, AES, the fields by themselves, one script, a sealed answer. No
 * check of time, padding or receiver, no repetition known but by the script, nothing looked up of the person.
 */
export const bareServer = async (format: Format, socket: string): Promise<Server> => {
  const file = await floor(new Redis({ path: socket }));
  const { token, key, receiveId } = account(format);
  const iv = key.subarray(0, 16);
  // Made once: as bytes it would be made anew for each cipher, at the price of all the rest of it.
  const secret = createSecretKey(key);
  const receiver = Buffer.from(receiveId);

  const signatureOf = (...parts: readonly string[]) =>
    createHash('sha1')
      .update([token, ...parts].sort().join(''))
      .digest('hex');
  const opened = (encrypt: string): string => {
    const decipher = createDecipheriv('aes-256-cbc', secret, iv).setAutoPadding(false);
    const content = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()]);
    return content.toString('utf8', 20, 20 + content.readUInt32BE(16));
  };
  const sealed = (message: string): string => {
    const said = Buffer.from(message);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(said.length);
    const content = Buffer.concat([randomBytes(16), length, said, receiver]);
    const pad = 32 - (content.length % 32);
    const cipher = createCipheriv('aes-256-cbc', secret, iv).setAutoPadding(false);
    return Buffer.concat([cipher.update(content), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString(
      'base64',
    );
  };
  const field = (xml: string, name: string) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(xml)?.[1] ?? '';

  /** Who said it, and on which day. */
  const read = (message: string): readonly [user: string, at: number] => {
    if (format === 'xml') return [field(message, 'FromUserName'), Number(field(message, 'CreateTime'))];
    const { from, create_time } = JSON.parse(message);
    return [from.userid, create_time];
  };
  const shown = (user: string): string =>
    format === 'json'
      ? JSON.stringify({ msgtype: 'stream', stream: { id: 's', finish: true, content: ANSWER } })
      : `<xml><ToUserName>${user}</ToUserName><FromUserName>${receiveId}</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content><![CDATA[${ANSWER}]]></Content></xml>`;
  const enveloped = (encrypt: string): string => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = signatureOf(timestamp, 'nonce', encrypt);
    return format === 'json'
      ? JSON.stringify({ encrypt, msgsignature: signature, timestamp, nonce: 'nonce' })
      : `<xml><Encrypt>${encrypt}</Encrypt><MsgSignature>${signature}</MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>nonce</Nonce></xml>`;
  };

  const listener: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', async () => {
      const body = Buffer.concat(parts).toString();
      const query = new URLSearchParams(request.url?.split('?')[1]);
      const encrypt = format === 'json' ? JSON.parse(body).encrypt : field(body, 'Encrypt');
      const signature = signatureOf(query.get('timestamp') ?? '', query.get('nonce') ?? '', encrypt);
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(query.get('msg_signature') ?? ''))) {
        return void response.writeHead(403).end();
      }
      const [user, at] = read(opened(encrypt));
      const i = Number(user.slice('wang'.length)) % MEMBERS;
      const day = new Date((at + 8 * 3_600) * 1_000).toISOString().slice(0, 10);
      await file({ unit: unitOf(i), member: `wecom:${user}`, day, letters: 'dddp', words });
      const answer = enveloped(sealed(shown(user)));
      response.writeHead(200, { 'Content-Length': Buffer.byteLength(answer) }).end(answer);
    });
  };
  return createServer(listener);
};
