import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../domain/event.ts';
import { buildEvent } from './event-build.ts';
import { readEvent } from './event-read.ts';
import { ZERO_HASH } from './leaf.ts';
import { checkData, EventLimitError, MAX_RAW_BYTES, score } from './limits.ts';
import { draftOf, LOG, rowAfter, trailOf, uuidOf } from './trail.test-support.ts';

/** RFC 8785 appendix B: IEEE 754 bits and their only JSON form. */
const NUMBERS: readonly [string, string][] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
];

test.each(NUMBERS)('RFC 8785 number %s is written %s', (bits, text) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits}`));
  expect(canonicalize(view.getFloat64(0))).toBe(text);
});

test('RFC 8785 §3.2.3: keys are ordered by UTF-16 units', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  const values = [...(canonicalize(value) ?? '').matchAll(/:"([^"]*)"/g)].map((hit) => hit[1]);
  expect(values).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

test('RFC 8785 §3.2.2: the published example', () => {
  const given = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
  expect(canonicalize(JSON.parse(given))).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

const place = {
  logid: LOG,
  seq: 42,
  prevHash: ZERO_HASH,
  id: uuidOf(1),
  time: Date.UTC(2026, 10, 23, 13, 58),
  actor: { name: 'Mia', declared: true },
};

test('an event is CloudEvents 1.0 in canonical form, byte for byte', () => {
  const raw = buildEvent(draftOf('decision.approved', { b: 1, a: [true, null, 'é'] }), place);
  expect(raw).toBe(
    '{"authassurance":"self-declared","authid":"Mia","authtype":"app_user","correlationid":"item-1",' +
      '"data":{"a":[true,null,"é"],"b":1},"datacontenttype":"application/json",' +
      '"dataschema":"urn:countersign:schema:decision.approved:1",' +
      '"id":"0000000a-0000-7000-8000-000000000001",' +
      '"prevhash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","sequence":"0000000000000042",' +
      '"source":"urn:uuid:00000001-0000-7000-8000-000000000000","specversion":"1.0",' +
      '"time":"2026-11-23T13:58:00.000Z","traceid":"ffffffffffffffffffffffffffffffff",' +
      '"type":"dev.countersign.decision.approved.v1"}',
  );
});

test('empty attributes are absent; the extension itself acts as system', () => {
  const raw = buildEvent(
    { type: 'capture.gap', itemId: '', traceId: '', causationId: '', data: {} },
    { ...place, actor: { name: '', declared: false }, siteId: '' },
  );
  const names = Object.keys(JSON.parse(raw));
  for (const name of ['authid', 'authassurance', 'correlationid', 'traceid', 'siteid']) {
    expect(names).not.toContain(name);
  }
  expect(JSON.parse(raw)).toMatchObject({ authtype: 'system' });
});

/** Numbers, texts and nesting that are inside the limits. */
const goodJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(score),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ maxLength: 8 }).filter((key) => key !== '__proto__'),
      tie('value'),
      {
        maxKeys: 4,
      },
    ),
  ),
})).value;

test('whatever is inside the limits is written and read back as the same event', () => {
  fc.assert(
    fc.property(goodJson, (value) => {
      const raw = buildEvent(draftOf('item.opened', { value }), { ...place, siteId: 'desk' });
      const read = readEvent(raw);
      expect(read).toMatchObject({
        ok: true,
        event: {
          logid: LOG,
          seq: 42,
          prevHash: ZERO_HASH,
          id: uuidOf(1),
          type: 'item.opened',
          time: place.time,
          actor: 'Mia',
          declared: true,
          itemId: 'item-1',
          siteId: 'desk',
        },
      });
      expect(canonicalize(JSON.parse(raw))).toBe(raw);
    }),
  );
});

const deep = (levels: number): Json => (levels === 0 ? 1 : [deep(levels - 1)]);
const bad: readonly [string, unknown, string][] = [
  ['NaN', { a: Number.NaN }, 'number'],
  ['Infinity', { a: Number.POSITIVE_INFINITY }, 'number'],
  ['2^53', { a: 2 ** 53 }, 'number'],
  ['1e21', { a: 1e21 }, 'number'],
  ['5e-324', { a: 5e-324 }, 'number'],
  ['five decimals', { a: 0.12345 }, 'number'],
  ['a lone surrogate', { a: 'x\ud800' }, 'text'],
  ['a lone surrogate in a key', { 'x\udc00': 1 }, 'text'],
  ['4 KiB + 1', { a: 'x'.repeat(4097) }, 'string'],
  ['4 KiB + 1 in UTF-8', { a: 'é'.repeat(2049) }, 'string'],
  ['9 levels', { a: deep(8) }, 'depth'],
  ['201 keys', Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`k${n}`, n])), 'keys'],
  ['a Date', { a: new Date(0) }, 'type'],
  ['a BigInt', { a: 1n }, 'type'],
  ['undefined', { a: undefined }, 'type'],
  ['a function', { a: () => 1 }, 'type'],
  ['__proto__', JSON.parse('{"__proto__":1}'), 'type'],
  ['a hole in a list', { a: Array.from({ length: 2 }).fill(undefined) }, 'type'],
];

test.each(bad)('%s is refused before anything is canonicalised', (_name, data, code) => {
  expect(() => checkData(data)).toThrow(EventLimitError);
  try {
    checkData(data);
  } catch (error) {
    expect(error).toMatchObject({ code });
  }
});

test('20,000 levels are refused without exhausting the stack', () => {
  const text = `${'['.repeat(20_000)}1${']'.repeat(20_000)}`;
  expect(() => checkData({ a: JSON.parse(text) })).toThrow(EventLimitError);
  const raw = buildEvent(draftOf('item.opened', { a: 1 }), place).replace('"a":1', `"a":${text}`);
  expect(readEvent(raw)).toEqual({ ok: false, problem: 'too-deep' });
});

test('what is just inside the limits is taken', () => {
  checkData({ a: deep(7) });
  checkData({ a: 'x'.repeat(4096), b: '\u0000\u2028', c: -0, d: 2 ** 53 - 1, e: 0.1234 });
  checkData(Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`k${n}`, n])));
});

test('60 KiB is the largest event', () => {
  const list = (n: number) => Array.from({ length: n }, () => 'x'.repeat(4000));
  expect(
    Buffer.byteLength(buildEvent(draftOf('item.opened', { a: list(15) }), place)),
  ).toBeLessThan(MAX_RAW_BYTES);
  expect(() => buildEvent(draftOf('item.opened', { a: list(16) }), place)).toThrow(EventLimitError);
});

test('NFC and NFD twins are two texts', () => {
  const a = rowAfter(null, draftOf('item.opened', { a: 'é' }));
  const b = rowAfter(null, draftOf('item.opened', { a: 'é'.normalize('NFD') }));
  expect(a.hash).not.toBe(b.hash);
});

const raw = trailOf(1)[0]?.raw ?? '';
test.each([
  ['other spelling', raw.replace('":', '": '), 'not-canonical'],
  ['two keys alike', raw.replace('{', '{"authid":"Eve",'), 'not-canonical'],
  ['an escaped letter', raw.replace('Mia', String.raw`\u004dia`), 'not-canonical'],
  ['an escaped lone surrogate', raw.replace('Mia', String.raw`\ud800`), 'not-canonical'],
  ['no JSON', raw.slice(1), 'not-json'],
  ['a list', '[]', 'not-event'],
  ['no sequence', raw.replace(/"sequence":"\d+",/, ''), 'not-event'],
  ['a short link', raw.replace(/"prevhash":"A/, '"prevhash":"'), 'not-event'],
  ['another source', raw.replace('urn:uuid:', 'urn:uuid:x'), 'not-event'],
  ['60 KiB + 1', `${raw}${' '.repeat(MAX_RAW_BYTES)}`, 'too-large'],
])('reading %s gives a named problem', (_name, text, problem) => {
  expect(readEvent(text)).toEqual({ ok: false, problem });
});

test('types and attributes of later versions are read as unknown, not as broken', () => {
  const value: unknown = JSON.parse(raw.replace('.v1"', '.v2"'));
  const later = canonicalize({ ...Object(value), newthing: 'x' }) ?? '';
  expect(readEvent(later)).toMatchObject({
    ok: true,
    event: { type: 'unknown', cloudType: 'dev.countersign.log.started.v2' },
  });
});

test('reading never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      readEvent(text);
    }),
  );
});
