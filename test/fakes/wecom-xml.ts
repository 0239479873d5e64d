/** The XML of WeCom's callbacks, as WeCom's side writes and reads it: a flat list, or lists within. */
export type Xml = { readonly [name: string]: string | number | Xml | readonly (Xml | string)[] };

export const writeXml = (fields: Xml): string => `<xml>${inner(fields)}</xml>`;

const inner = (fields: Xml): string =>
  Object.entries(fields)
    .flatMap(([name, value]) => (isList(value) ? value : [value]).map((one) => `<${name}>${written(one)}</${name}>`))
    .join('');
const written = (one: string | number | Xml): string => {
  if (typeof one === 'number') return String(one);
  return typeof one === 'string' ? `<![CDATA[${one.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : inner(one);
};
const isList = (value: Xml[string]): value is readonly (Xml | string)[] => Array.isArray(value);

/** The text of every element that holds only text, by name; the first of each name. */
export const readXml = (xml: string): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  const leaf = /<(\w+)>((?:<!\[CDATA\[[\s\S]*?\]\]>|[^<])*)<\/\1>/gu;
  for (const [, name = '', content = ''] of xml.matchAll(leaf)) {
    found[name] ??= content.replace(/<!\[CDATA\[([\s\S]*?)\]\]>|&(lt|gt|amp|quot|apos);/gu, (_, raw, entity) =>
      entity === undefined ? raw : (entities[entity] ?? ''),
    );
  }
  return found;
};
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
