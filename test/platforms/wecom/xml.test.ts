import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { readXml, writeXml } from '../../../src/platforms/wecom/xml.ts';

/** A whole parser, told to guess nothing. */
const whole = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
});
const fieldsOf = (xml: string): Record<string, unknown> => {
  const { xml: fields } = whole.parse(xml);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'));
};
const read = (xml: string) => {
  const fields = readXml(xml);
  return fields && Object.fromEntries(fields);
};

const message = `<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>
<FromUserName><![CDATA[mycreate]]></FromUserName>
<CreateTime>1409659813</CreateTime>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[/日清 走访3户企业；<上报> & "台账"]]></Content>
<MsgId>4561255354251345929</MsgId>
<AgentID>0218</AgentID>
</xml>`;

test('a message is read field by field, numbers as they are written', () => {
  expect(read(message)).toEqual({
    ToUserName: 'wx5823bf96d3bd56c7',
    FromUserName: 'mycreate',
    CreateTime: '1409659813',
    MsgType: 'text',
    Content: '/日清 走访3户企业；<上报> & "台账"',
    MsgId: '4561255354251345929',
    AgentID: '0218',
  });
});

test('what lies deeper is walked over', () => {
  const click = `<xml><Event>template_card_event</Event><SelectedItems><SelectedItem><QuestionKey><![CDATA[q1]]></QuestionKey>
    <OptionIds><OptionId>a</OptionId><OptionId>b</OptionId></OptionIds></SelectedItem></SelectedItems><TaskId>t1</TaskId></xml>`;
  expect(read(click)).toEqual({ Event: 'template_card_event', TaskId: 't1' });
});

test.each<[string, string, Record<string, string>]>([
  ['a declaration', '<?xml version="1.0" encoding="UTF-8"?>\n<xml><A>1</A></xml>\n', { A: '1' }],
  ['a byte order mark', '\uFEFF<xml><A>1</A></xml>', { A: '1' }],
  ['elements without content', '<xml><A/><B /><C></C></xml>', { A: '', B: '', C: '' }],
  ['the five entities', '<xml><A>&lt;&gt;&amp;&quot;&apos;</A></xml>', { A: '<>&"\'' }],
  ['numbers for signs', '<xml><A>&#20320;&#x597D;</A></xml>', { A: '你好' }],
  [
    'what looks like markup inside CDATA',
    '<xml><A><![CDATA[</A><!DOCTYPE &lol;]]></A></xml>',
    { A: '</A><!DOCTYPE &lol;' },
  ],
  ['CDATA in pieces', '<xml><A><![CDATA[a]]]]><![CDATA[>b]]> c</A></xml>', { A: 'a]]>b c' }],
  ['line ends of all kinds', '<xml><A><![CDATA[a\r\nb\rc]]></A></xml>', { A: 'a\nb\nc' }],
  ['no field at all', '<xml></xml>', {}],
  [
    'names that objects have',
    '<xml><constructor>1</constructor><toString>2</toString></xml>',
    { constructor: '1', toString: '2' },
  ],
])('%s is read', (_, xml, fields) => {
  expect(read(xml)).toEqual(fields);
});

test.each([
  ['nothing', ''],
  ['no XML', 'hello'],
  ['JSON', '{"encrypt":"a"}'],
  ['another root', '<a><A>1</A></a>'],
  ['a root that never ends', '<xml><A>1</A>'],
  ['an element that never ends', '<xml><A>1</xml>'],
  ['elements that cross', '<xml><A><B></A></B></xml>'],
  ['two roots', '<xml><A>1</A></xml><xml><A>2</A></xml>'],
  ['an empty root with another behind it', '<xml/><xml></xml>'],
  ['words behind it', '<xml><A>1</A></xml> words'],
  ['words before it', 'words <xml><A>1</A></xml>'],
  ['CDATA that never ends', '<xml><A><![CDATA[1</A></xml>'],
  ['CDATA outside', '<![CDATA[ ]]><xml><A>1</A></xml>'],
  ['a tag that never ends', '<xml><A'],
  ['a field given twice', '<xml><A>1</A><A>2</A></xml>'],
  ['a DOCTYPE', '<!DOCTYPE xml><xml><A>1</A></xml>'],
  ['entities of its own', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
  ['an outside entity', '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><A>&a;</A></xml>'],
  ['a DOCTYPE inside', '<xml><!DOCTYPE a><A>1</A></xml>'],
  ['an unknown entity', '<xml><A>&nbsp;</A></xml>'],
  ['a bare ampersand', '<xml><A>a & b</A></xml>'],
  ['a number for no sign', '<xml><A>&#0;</A></xml>'],
  ['a number for half a sign', '<xml><A>&#xD800;</A></xml>'],
  ['a number beyond all signs', '<xml><A>&#x110000;</A></xml>'],
  ['a comment', '<xml><!-- a --><A>1</A></xml>'],
  ['an instruction', '<xml><?php echo 1 ?><A>1</A></xml>'],
  ['an attribute', '<xml><A b="c">1</A></xml>'],
  ['__proto__', '<xml><__proto__><admin>1</admin></__proto__></xml>'],
  ['__proto__ as a field', '<xml><__proto__>1</__proto__></xml>'],
  ['an end that is empty too', '<xml><A>1</A/></xml>'],
  ['thousands of fields', `<xml>${Array.from({ length: 2_000 }, (_, i) => `<A${i}/>`).join('')}</xml>`],
  ['depth', `<xml>${'<A>'.repeat(9)}${'</A>'.repeat(9)}</xml>`],
])('%s is refused', (_, xml) => {
  expect(readXml(xml)).toBeNull();
});

const name = fc.stringMatching(/^[A-Z][A-Za-z]{0,12}$/).filter((name) => name !== 'Xml');
const words = fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => text.replace(/\r/g, ''));
const anyFields = fc.dictionary(name, words, { maxKeys: 8 });

test('what is written is read again, here and by a whole parser', () => {
  fc.assert(
    fc.property(anyFields, (fields) => {
      const xml = writeXml(fields);
      expect(read(xml)).toEqual(fields);
      if (Object.keys(fields).length > 0) expect(fieldsOf(xml)).toEqual(fields);
    }),
  );
});

/** Pieces of XML in an order that may make sense. */
const piece = fc.oneof(
  fc.constantFrom(
    '<xml>',
    '</xml>',
    '<A>',
    '</A>',
    '<B>',
    '</B>',
    '<C/>',
    ' ',
    '\n',
    '<![CDATA[',
    ']]>',
    '&amp;',
    '&lt;',
  ),
  fc.constantFrom('<!DOCTYPE a>', '<', '>', '&', '/', '<__proto__>', '</__proto__>', '<!--', '-->', '<?', '?>'),
  words,
);

test('whatever comes, it is refused or read as a whole parser reads it, and nothing else', () => {
  const anything = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const almost = fc.array(piece, { maxLength: 6 }).map((pieces) => `<xml><A>${pieces.join('')}</A></xml>`);
  fc.assert(
    fc.property(fc.oneof(anything, almost), (xml) => {
      const fields = read(xml);
      if (fields && Object.keys(fields).length > 0) expect(fields).toEqual(fieldsOf(xml));
    }),
    {
      numRuns: 2_000,
      examples: [['<xml><A></A><A><C/></A></xml>'], ['<xml>&lt;<A/></xml>'], ['<xml><![CDATA[<]]><A/></xml>']],
    },
  );
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
});

test('a megabyte of anything is soon done with', () => {
  const mega = 1_048_576;
  for (const part of [
    '<A>',
    '<',
    '&',
    '&amp;',
    '<![CDATA[',
    '<![CDATA[]]>',
    ' ',
    ']]>',
    '</xml>',
    '<A/>',
    '&#',
    '<A>1</A>',
  ]) {
    const begun = performance.now();
    readXml(`<xml><B>${part.repeat(mega / part.length)}`);
    readXml(`<xml>${part.repeat(mega / part.length)}</xml>`);
    expect(performance.now() - begun, part).toBeLessThan(500);
  }
});
