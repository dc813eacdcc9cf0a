import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The first program of these names on the PATH, or null.
 * @param {readonly string[]} names
 */
export function onPath(names) {
  return allOnPath(names)[0] ?? null;
}

/**
 * All programs of these names on the PATH, in its order.
 * @param {readonly string[]} names
 */
export function allOnPath(names) {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter((file) => existsSync(file));
}
