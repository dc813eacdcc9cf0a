import { useEffect } from 'react';
import type { ArmedHandlers } from './arming.ts';
import { useServices } from './services.ts';

/**
 * Lets this screen take verbs. `paintKey` changes with each item and version; a verb by key works only
 * once that was on screen. Returns what a click on a verb button calls.
 */
export function useArmedKeys(paintKey: string, handlers: ArmedHandlers): (verb: string) => void {
  const { arming } = useServices();
  useEffect(() => {
    arming.handle(handlers);
  });
  useEffect(() => () => arming.handle(null), [arming]);
  useEffect(() => {
    arming.unpainted();
    // The first frame after the commit draws the item, the second runs once it is on screen.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(arming.painted);
    });
    return () => cancelAnimationFrame(frame);
  }, [paintKey, arming]);
  return arming.click;
}
