import { RawCdp } from './raw-cdp.ts';

/**
 * Counts the steps of the service worker and kills it at a chosen one. A step is a call by which state
 * can change outside the worker's memory: a database write or commit, a message to a page, an answer to
 * one, a storage write, an alarm, a request. The wrappers are put into the running worker over the
 * debugger; the shipped bundle holds none of this.
 */
const WRAP = `(() => {
  if (globalThis.__steps) return;
  const steps = (globalThis.__steps = { count: 0, killAt: 0, names: [] });
  const step = (name) => {
    steps.count += 1;
    steps.names.push(name);
    // The debugger stops the worker here, in mid step; it is closed while it stands still.
    if (steps.count === steps.killAt) debugger;
  };
  const wrap = (owner, key, name) => {
    const native = owner[key];
    owner[key] = function (...args) {
      step(name + ' before');
      const result = Reflect.apply(native, this, args);
      step(name + ' after');
      return result;
    };
  };
  for (const key of ['add', 'put', 'delete']) wrap(IDBObjectStore.prototype, key, 'db.' + key);
  wrap(IDBDatabase.prototype, 'transaction', 'db.transaction');
  if (IDBTransaction.prototype.commit) wrap(IDBTransaction.prototype, 'commit', 'db.commit');
  wrap(chrome.tabs, 'sendMessage', 'tabs.sendMessage');
  wrap(chrome.storage.local, 'set', 'storage.local.set');
  wrap(chrome.action, 'setBadgeText', 'action.setBadgeText');
})()`;

/** The steps of one run, and how to end the worker at one of them. */
export interface StepKill {
  /** From now on counts from 1; at step `killAt` (0: never) the worker is killed. */
  arm(killAt: number): Promise<void>;
  /** Steps since `arm`, of the worker that was armed; its names when it still lives. */
  counted(): Promise<string[]>;
  /** Whether the kill happened, and at which step's name. */
  killed(): string | null;
  close(): void;
}

/** Attaches to the service worker of extension `id` in the browser that listens on `port`. */
export async function startStepKill(port: number, id: string): Promise<StepKill> {
  const cdp = await RawCdp.connect(port);
  let killedAt: string | null = null;
  let session: string | null = null;
  let target = '';

  const evaluate = async (expression: string, sessionId: string): Promise<unknown> => {
    const { result } = (await cdp.send(
      'Runtime.evaluate',
      { expression, returnByValue: true },
      sessionId,
    )) as { result: { value?: unknown } };
    return result.value;
  };

  const attach = async (): Promise<string> => {
    const { targetInfos } = (await cdp.send('Target.getTargets')) as {
      targetInfos: { targetId: string; type: string; url: string }[];
    };
    const worker = targetInfos.find(
      (info) => info.type === 'service_worker' && info.url.includes(id),
    );
    if (worker === undefined) throw new Error('The service worker does not run');
    target = worker.targetId;
    const { sessionId } = (await cdp.send('Target.attachToTarget', {
      targetId: worker.targetId,
      flatten: true,
    })) as { sessionId: string };
    await cdp.send('Debugger.enable', {}, sessionId);
    return sessionId;
  };

  cdp.on((message) => {
    if (message.method !== 'Debugger.paused' || message.sessionId !== session) return;
    void (async () => {
      const names = (await evaluateOnPause(message.params)) ?? 'unknown step';
      killedAt = names;
      session = null;
      await cdp.send('Target.closeTarget', { targetId: target });
    })();
  });

  const evaluateOnPause = async (
    params: Record<string, unknown> | undefined,
  ): Promise<string | null> => {
    const [frame] = (params?.['callFrames'] ?? []) as { callFrameId: string }[];
    if (frame === undefined || session === null) return null;
    const { result } = (await cdp.send(
      'Debugger.evaluateOnCallFrame',
      {
        callFrameId: frame.callFrameId,
        expression: 'globalThis.__steps.names.at(-1)',
        returnByValue: true,
      },
      session,
    )) as { result: { value?: unknown } };
    return typeof result.value === 'string' ? result.value : null;
  };

  return {
    async arm(killAt) {
      killedAt = null;
      session = await attach();
      await evaluate(WRAP, session);
      await evaluate(
        `__steps.count = 0; __steps.names = []; __steps.killAt = ${Math.trunc(killAt)}`,
        session,
      );
    },
    async counted() {
      if (session === null) return [];
      const names = await evaluate('__steps.names', session);
      return Array.isArray(names) ? names.map(String) : [];
    },
    killed: () => killedAt,
    close: () => cdp.close(),
  };
}
