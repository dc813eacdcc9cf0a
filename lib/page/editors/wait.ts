/**
 * Resolves after about `ms` milliseconds, in a hidden tab too: there timers run once a second,
 * after five minutes once a minute, which would make a write last for minutes. Messages to
 * ourselves are not slowed; editors get all tasks in between.
 */
export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (document.visibilityState === 'visible') {
      setTimeout(resolve, ms);
      return;
    }
    const until = performance.now() + ms;
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      if (performance.now() < until) {
        port2.postMessage(null);
        return;
      }
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
