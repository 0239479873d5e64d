/** Codes that no published page names are guesses: the real server's may differ. */
export const errcodes = {
  badSecret: 853_000, // [FIELD]
  badReqId: 846_605, // [FIELD]
  streamExpired: 846_608, // [FIELD]
  notSubscribed: 846_609, // reported by others
  badMsgType: 40_008, // [FIELD]
  tooLong: 45_002,
  tooOften: 45_009, // unverified for the AI bot: the general code
  unknownChat: 93_006, // reported for a wrong chatid; unverified for a chat that never spoke
  badParameter: 40_058, // unverified where cards are concerned
  badMediaId: 40_007,
  badFile: 40_006,
  badFileType: 40_004,
  noFile: 41_005,
  badImage: 301_019, // md5
  badResponseCode: 40_096, // unverified
} as const;
export type Errcodes = { readonly [Name in keyof typeof errcodes]: number };

/** An answer that WeCom gives instead of doing what it was asked. */
export type Refusal = readonly [errcode: number, errmsg: string];

/** Thrown inside a fake; its server answers it as WeCom would. */
export const refused = (errcode: number, errmsg: string): Error => Object.assign(new Error(errmsg), { errcode });
export const refusalOf = (error: unknown): Refusal | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? [error.errcode, error.message]
    : null;
