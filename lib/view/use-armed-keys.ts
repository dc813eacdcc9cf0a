import { useCallback, useEffect } from 'react';
import type { ArmedHandlers, ArmedPart } from './arming.ts';
import { useServices } from './services.ts';

/**
 * Lets this part of the page take verbs. `paintKey` changes with what is shown, such as item and version; a
 * verb by key works only once that was on screen. Null for the bar, whose verbs wait for nothing on screen.
 * Returns what a click on a verb button calls.
 */
export function useArmedKeys(
  paintKey: string | null,
  handlers: ArmedHandlers,
  part: ArmedPart = 'screen',
): (verb: string) => void {
  const { arming } = useServices();
  useEffect(() => {
    arming.handle(part, handlers);
  });
  useEffect(() => () => arming.handle(part, null), [arming, part]);
  useEffect(() => {
    if (paintKey === null) return undefined;
    arming.unpainted();
    // The first frame after the commit draws the item, the second runs once it is on screen.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(arming.painted);
    });
    return () => cancelAnimationFrame(frame);
  }, [paintKey, arming]);
  return useCallback((verb: string) => arming.click(part, verb), [arming, part]);
}
