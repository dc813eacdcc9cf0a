import type { Page } from '@playwright/test';
import { bundle } from '../fixtures/wire/browser.ts';
import type { Extension } from '../e2e/support/extension.ts';
import type { Engine } from './in-page/engine.ts';

/** Runs the engine in a page of the extension: its origin, its database, a real Chromium. */
export interface EngineInExtension {
  page: Page;
  call<Name extends keyof Engine>(
    name: Name,
    ...args: Parameters<Engine[Name]>
  ): Promise<Awaited<ReturnType<Engine[Name]>>>;
}

/** Puts the engine into a page of the extension, over the debugger: its own policy lets no script in. */
export async function engineIn(extension: Extension): Promise<EngineInExtension> {
  const page = await extension.open('options.html');
  page.setDefaultTimeout(0);
  const session = await extension.context.newCDPSession(page);
  const { exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: await bundle('tests/bench/in-page/engine.ts', true),
  });
  if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
  return {
    page,
    call: (name, ...args) =>
      page.evaluate(
        ([name, args]) =>
          Reflect.apply(Reflect.get(Reflect.get(globalThis, 'engine'), name), undefined, args),
        [name, args] as const,
      ) as Promise<Awaited<ReturnType<Engine[typeof name]>>>,
  };
}
