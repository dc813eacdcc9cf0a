/**
 * Marks on the global object of the extension's own world, which the page cannot reach. An element with
 * such an id does show up there by its name, so a mark counts only when it is `true` itself.
 */
const ENFORCED = 'countersignEnforced';
const RUNNING = 'countersignRunning';

/** Says that this frame's site is in Enforce, before the worker can be asked. */
export function markEnforced(): void {
  Reflect.set(globalThis, ENFORCED, true);
}

/** Whether `markEnforced` was called here. Scripts of one document start run before its first task. */
export const isEnforced = (): boolean => Reflect.get(globalThis, ENFORCED) === true;

/** True for the first caller of this document alone: a tab may be given the runtime twice. */
export function claimDocument(): boolean {
  const isFirst = Reflect.get(globalThis, RUNNING) !== true;
  return Reflect.set(globalThis, RUNNING, true) && isFirst;
}
