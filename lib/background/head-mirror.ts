import * as z from 'zod/mini';
import type { Head } from '../audit/leaf.ts';
import { browser } from '../platform/browser.ts';

const KEY = 'trailHead';
const head = z.object({ logid: z.string(), seq: z.number(), hash: z.string() });

/** Keeps the trail's head outside the database, so that a database that vanished is noticed (trust.md §0.4). */
export async function keepHeadMirror(value: Head): Promise<void> {
  const { logid, seq, hash } = value;
  await browser.storage.local.set({ [KEY]: { logid, seq, hash } });
}

/** The head that was kept; null when there is none or it is not one. */
export async function readHeadMirror(): Promise<Head | null> {
  const parsed = head.safeParse((await browser.storage.local.get(KEY))[KEY]);
  return parsed.success ? parsed.data : null;
}
