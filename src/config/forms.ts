/** What the text of a variable may look like. */

/** What a text says; undefined when it says nothing of the kind. */
export type Form<Value> = (text: string) => Value | undefined;

export const matching =
  (form: RegExp): Form<string> =>
  (text) =>
    form.test(text) ? text : undefined;

export const oneOf =
  <const Word extends string>(...words: readonly Word[]): Form<Word> =>
  (text) =>
    words.find((word) => word === text);

export const url =
  (...protocols: readonly string[]): Form<string> =>
  (text) => {
    const parsed = URL.parse(text);
    return parsed !== null && protocols.includes(parsed.protocol) && parsed.hostname !== '' ? text : undefined;
  };

/** Credentials go over these: in the clear at most within this machine. */
export const guardedUrl =
  (guarded: string, clear: string): Form<string> =>
  (text) => {
    const found = url(guarded, clear)(text);
    if (found === undefined || found.startsWith(guarded)) return found;
    return isLoopback(bareHost(found)) ? found : undefined;
  };

export const isZoneName = (name: string): boolean => {
  // Offsets are taken as well, and know no summer time.
  if (!/^[A-Z]/i.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

export const bareHost = (address: string): string => new URL(address).hostname.replace(/^\[|\]$/g, '');
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
