/** What the browser says is used of its storage and how much there is, in bytes; quota 0 where it does not say. */
export async function storageRoom(): Promise<{ used: number; quota: number }> {
  if (!('storage' in navigator)) return { used: 0, quota: 0 };
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return { used: usage, quota };
}
