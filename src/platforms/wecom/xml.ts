/** Deeper than anything that WeCom sends. */
const DEEPEST = 8;
/** Tags and texts; WeCom's longest event has some sixty. */
const MOST_PIECES = 2_000;
const CDATA = '<![CDATA[';
const CDATA_END = ']]>';

/**
 * The fields of one of WeCom's callbacks, `<xml>` with elements in it, by name; what holds elements itself is left out.
 * Null for anything else: attributes, a DOCTYPE, comments, unknown entities, names that do not begin with a letter, an
 * element given twice, words between elements. One walk over the text, since a parser for all of XML takes a third of a callback's time.
 */
export const readXml = (xml: string): ReadonlyMap<string, string> | null => {
  const fields = new Map<string, string>();
  const given = new Set<string>();
  const path: string[] = [];
  const tag = /<(\/?)([A-Za-z]\w*)\s*(\/?)>/y;
  let text = '';
  let isLeaf = false;
  let isOver = false;

  const keep = (name: string): boolean => {
    if (path.length === 1) {
      if (given.has(name)) return false;
      given.add(name);
      if (isLeaf) fields.set(name, text);
    }
    isOver = path.length === 0;
    isLeaf = false;
    text = '';
    return true;
  };

  let at = /^\uFEFF?(?:<\?xml [^<>]*\?>)?/.exec(xml)?.[0].length ?? 0;
  for (let pieces = 0; at < xml.length; pieces += 1) {
    if (pieces === MOST_PIECES) return null;
    if (xml.startsWith(CDATA, at)) {
      const end = xml.indexOf(CDATA_END, at);
      if (end === -1 || path.length <= 1) return null;
      text += xml.slice(at + CDATA.length, end).replaceAll(LINE_END, '\n');
      at = end + CDATA_END.length;
    } else if (xml[at] === '<') {
      tag.lastIndex = at;
      const [whole, end, name, isEmpty] = tag.exec(xml) ?? [];
      if (whole === undefined || name === undefined || isOver) return null;
      at += whole.length;
      if (end) {
        if (isEmpty || path.pop() !== name || !keep(name)) return null;
      } else {
        if ((path.length === 0 && name !== 'xml') || path.length === DEEPEST) return null;
        text = '';
        isLeaf = true;
        if (!isEmpty) path.push(name);
        else if (!keep(name)) return null;
      }
    } else {
      const next = xml.indexOf('<', at);
      const end = next === -1 ? xml.length : next;
      const words = decoded(xml.slice(at, end));
      if (words === null || (path.length <= 1 && words.trim() !== '')) return null;
      text += words;
      at = end;
    }
  }
  return isOver ? fields : null;
};

const LINE_END = /\r\n?/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const UNKNOWN = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i;
const ENTITY = /&(?:(\w+)|#x(\w+)|#(\w+));/g;

/** Null when an ampersand begins nothing that is known. */
const decoded = (raw: string): string | null => {
  if (UNKNOWN.test(raw)) return null;
  let isKnown = true;
  const words = raw.replaceAll(LINE_END, '\n').replaceAll(ENTITY, (_, name, hex, decimal) => {
    const sign = name === undefined ? character(Number.parseInt(hex ?? decimal, hex ? 16 : 10)) : entities[name];
    if (sign === undefined) isKnown = false;
    return sign ?? '';
  });
  return isKnown ? words : null;
};

const character = (code: number): string | undefined => {
  const isOne = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
  return isOne ? String.fromCodePoint(code) : undefined;
};

export type XmlFields = { readonly [name: string]: string | number | XmlFields };

/** Names are ours; texts may hold anything. */
export const writeXml = (fields: XmlFields): string => `<xml>${inside(fields)}</xml>`;

const inside = (fields: XmlFields): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${written(value)}</${name}>`)
    .join('');

const written = (value: XmlFields[string]): string => {
  if (typeof value === 'object') return inside(value);
  return typeof value === 'number'
    ? String(value)
    : `${CDATA}${value.replaceAll(CDATA_END, `]]${CDATA_END}${CDATA}>`)}${CDATA_END}`;
};
