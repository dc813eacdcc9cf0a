import { expect, test, type Page } from '@playwright/test';
import { bundle, launchWorlds, type WorldsBrowser } from '../fixtures/wire/browser.ts';
import { PROBE_NAMES, type ProbeName } from '../fixtures/wire/probes.ts';
import { startStreamServer, type StreamServer } from '../fixtures/wire/stream-server.ts';

/** Every row runs on a page with the tap and on one without; what the page sees must be the same. */
let server: StreamServer;
let worlds: WorldsBrowser;
let tapped: Page;
let native: Page;
let lastId = 0;

test.beforeAll(async () => {
  const fixture = (name: string) => bundle(`tests/fixtures/wire/${name}.ts`);
  server = await startStreamServer(new Map());
  worlds = await launchWorlds(await fixture('tap-main'), await fixture('recorder-isolated'));
  const probes = await fixture('probes');
  const open = async (host: string) => {
    const page = await worlds.context.newPage();
    await page.goto(`http://${host}:${server.port}/`);
    await page.addScriptTag({ content: probes });
    return page;
  };
  tapped = await open('127.0.0.1');
  native = await open('localhost');
});

test.afterAll(async () => {
  await worlds?.close();
  await server?.close();
});

async function probe(page: Page, name: ProbeName): Promise<{ id: string; answer: unknown }> {
  const id = `row${(lastId += 1)}`;
  const answer: unknown = await page.evaluate(
    ([name, id]) => Reflect.get(globalThis, 'probes')[name](id),
    [name, id] as const,
  );
  return { id, answer };
}

test('the tap is there on one page and not on the other', async () => {
  const heard = (page: Page) => page.evaluate(() => document.documentElement.dataset['heard']);
  const read = () => fetch('/body?text=data:%20there%0A%0A').then((response) => response.text());
  await tapped.evaluate(read);
  await native.evaluate(read);
  await expect.poll(() => heard(tapped)).toContain('data: there');
  expect(await heard(native)).toBeUndefined();
});

for (const name of PROBE_NAMES) {
  test(`a page sees no difference: ${name}`, async () => {
    const without = await probe(native, name);
    const withTap = await probe(tapped, name);
    expect(withTap.answer).toEqual(without.answer);
    if (!name.endsWith('ReachesServer')) return;
    await expect.poll(() => server.sent(without.id).closedEarly).toBe(true);
    await expect.poll(() => server.sent(withTap.id).closedEarly).toBe(true);
  });
}

test('no extra bytes are pulled: a page that reads one chunk of 64 MiB', async () => {
  const pushed = async (page: Page) => {
    const id = `row${(lastId += 1)}`;
    await page.evaluate(async (id) => {
      const response = await fetch(`/bulk?mib=64&id=${id}`);
      const reader = response.body?.getReader();
      await reader?.read();
      Object.assign(globalThis, { [id]: reader });
    }, id);
    // Pushed until nothing more fits between server and page.
    let before = -1;
    await expect
      .poll(
        () => {
          const still = server.sent(id).bytes === before;
          before = server.sent(id).bytes;
          return still;
        },
        { intervals: [700] },
      )
      .toBe(true);
    await page.evaluate((id) => Reflect.get(globalThis, id)?.cancel(), id);
    return before;
  };
  const without = await pushed(native);
  const withTap = await pushed(tapped);
  // The platform's own buffers hold some; what must not come is the rest of the 64.
  expect(withTap).toBeLessThan(24 * 1_048_576);
  expect(without).toBeLessThan(24 * 1_048_576);
});

test('a page that patches the platform sees nothing of the tap and breaks nothing', async () => {
  const page = await worlds.context.newPage();
  await page.goto(`http://127.0.0.1:${server.port}/`);
  const answer = await page.evaluate(async () => {
    const spied: string[] = [];
    const fetchText = async (url: string) => {
      const reader = (await fetch(url)).body?.getReader();
      let length = 0;
      for (;;) {
        const next = await reader?.read();
        if (next === undefined || next.done) return length;
        length += next.value.length;
      }
    };
    const spy = (target: object, name: string) => {
      const native: unknown = Reflect.get(target, name);
      Object.defineProperty(target, name, {
        configurable: true,
        writable: true,
        value(this: unknown, ...args: unknown[]) {
          spied.push(name);
          if (typeof native !== 'function') throw new TypeError(name);
          return Reflect.apply(native, this, args);
        },
      });
    };
    spy(MessagePort.prototype, 'postMessage');
    spy(ReadableStream.prototype, 'getReader');
    spy(ReadableByteStreamController.prototype, 'enqueue');
    spy(TextDecoder.prototype, 'decode');
    spy(Response.prototype, 'clone');
    spy(Headers.prototype, 'get');
    spy(Promise.prototype, 'then');
    Reflect.set(RegExp.prototype, 'exec', () => {
      throw new Error('patched');
    });
    const length = await fetchText('/body?text=data:%20patched%0A%0A');
    const before = spied.filter((name) => name !== 'then' && name !== 'getReader');
    return { length, before, readers: spied.filter((name) => name === 'getReader').length };
  });
  await page.close();
  expect(answer).toEqual({ length: 15, before: [], readers: 1 });
});
