export type Format = 'json' | 'xml';

export const secrets = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
export const corpId = 'wx5823bf96d3bd56c7';
export const agentId = 1_000_002;

/** json: AI bot. xml: self-built app. */
export const account = (format: Format) => ({
  token: secrets.token,
  key: Buffer.from(`${secrets.aesKey}=`, 'base64'),
  receiveId: format === 'json' ? '' : corpId,
});
