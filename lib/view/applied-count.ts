import type { Settings } from '../settings/catalog.ts';
import { SET_BY_ORGANIZATION } from '../settings/managed-values.ts';
import { NOT_REGISTERED } from '../settings/saved-notices.ts';
import type { SaveProblem } from './use-save.ts';

/**
 * How many settings of a file are in force now. `customSites` counts while at least one of its entries was
 * taken: the others are named one by one.
 */
export function appliedCount(values: Partial<Settings>, problems: readonly SaveProblem[]): number {
  return Object.keys(values).filter((key) => {
    const said = problems.filter((problem) => problem.key === key);
    if (said.some(({ code }) => code === SET_BY_ORGANIZATION)) return false;
    const refused = said.filter(({ code }) => code !== NOT_REGISTERED).length;
    const parts = key === 'customSites' ? (values.customSites?.length ?? 0) : 1;
    return refused === 0 || refused < parts;
  }).length;
}
