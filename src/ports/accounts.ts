/** Under which names the house is known to the platforms. */

/** What proves and hides a callback: the token of its signature, and the EncodingAESKey. */
export type CallbackSecrets = { readonly token: string; readonly aesKey: string };

/** The ways in which WeCom is reached; at least one of the bot's two or the app is set. */
export type WecomConfig = {
  /** The AI bot over its long connection. */
  readonly bot: { readonly id: string; readonly secret: string } | null;
  /** The AI bot in callback mode. */
  readonly botCallback: CallbackSecrets | null;
  /** What the bot is called in its groups. */
  readonly botName: string | null;
  /** The self-built app. `callback` null: it only sends. */
  readonly app: {
    readonly corpId: string;
    readonly agentId: number;
    readonly secret: string;
    readonly callback: CallbackSecrets | null;
  } | null;
  /** Of the long connection; null: the public service. */
  readonly wsUrl: string | null;
  /**
   * How calls to the HTTP API begin, without a slash at the end. Null: there is none, as the long connection goes
   * elsewhere than to the public service and nothing is said of the API.
   */
  readonly apiUrl: string | null;
};
