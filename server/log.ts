/** What a log line may carry: ids, codes and counts, never content and never a secret. */
export type LogFields = Record<string, string | number | boolean | null>;

/** Writes one line of structured log. */
export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: LogFields) => void;

/** JSON lines on standard error: standard output is for what a script reads. */
export const stderrLog: Log = (level, event, fields = {}) => {
  process.stderr.write(
    `${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`,
  );
};

/** Name and code of an error: its message may quote what was sent. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error ? String(error.code) : '';
  return code === '' ? { error: error.name } : { error: error.name, code };
}
