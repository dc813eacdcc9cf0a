import { createContext, use, useEffect, useMemo, useState } from 'react';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import type { Policy } from '../domain/policy.ts';
import type { SettingKey } from '../settings/catalog.ts';
import { isOrganizations, type InForce } from '../settings/in-force.ts';
import { policyInForce } from '../settings/policy-in-force.ts';
import { useServices } from './services.ts';

/** The settings in force with their sources, kept up to date; null until they were read. */
export function useInForce(): InForce | null {
  const { settings } = useServices();
  const [current, setCurrent] = useState<InForce | null>(null);
  useEffect(() => {
    let live = true;
    const take = (value: InForce) => {
      if (live) setCurrent(value);
    };
    void settings.read().then(take);
    const stop = settings.watch(take);
    return () => {
      live = false;
      stop();
    };
  }, [settings]);
  return current;
}

const InForceContext = createContext<InForce | null>(null);

/** Hands the settings in force to the controls and views under it. */
export const InForceProvider = InForceContext.Provider;

/** The settings in force of the page that this stands in; null until they were read. */
export function useInForceHere(): InForce | null {
  return use(InForceContext);
}

/** True when the organization set this key, so that its control changes nothing. */
export function useIsManaged(key: SettingKey): boolean {
  return isOrganizations(use(InForceContext)?.sources[key]);
}

/** The policy in force; the default's until the settings were read. */
export function usePolicy(): Policy {
  const now = use(InForceContext);
  return useMemo(() => (now === null ? DEFAULT_POLICY : policyInForce(now)), [now]);
}
