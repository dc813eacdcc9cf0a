/** A site as people write it, understood: Chrome's match pattern and whether a URL belongs to it. */
export interface SiteEntry {
  /** Match patterns for permissions and content scripts, e.g. `https://desk.example/*`; one a scheme. */
  patterns: readonly string[];
  matches(url: string): boolean;
}

const FORM =
  /^(?:(https?):\/\/)?(\*\.)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::(\d{1,5}))?(?:\/\*?)?$/u;

/**
 * Reads an entry of `sites`: `desk.example`, `desk.example:8443`, `https://desk.example`,
 * `https://*.desk.example`. Without a scheme both are meant, without a port any port. Null when it is
 * none of these: paths, credentials and "every site" are not sites.
 */
export function parseSiteEntry(value: string): SiteEntry | null {
  const match = FORM.exec(value.trim().toLowerCase());
  const host = match?.[3];
  if (match === null || host === undefined) return null;
  const scheme = match[1];
  const wild = match[2] !== undefined;
  const port = match[4] ?? (scheme === undefined ? undefined : '');
  if (wild && !host.includes('.')) return null;
  const place = `${wild ? '*.' : ''}${host}${match[4] === undefined ? '' : `:${match[4]}`}`;
  return {
    patterns: (scheme === undefined ? ['https', 'http'] : [scheme]).map((s) => `${s}://${place}/*`),
    matches(text) {
      if (!URL.canParse(text)) return false;
      const url = new URL(text);
      if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
      if (scheme !== undefined && url.protocol !== `${scheme}:`) return false;
      if (port !== undefined && url.port !== port) return false;
      return url.hostname === host || (wild && url.hostname.endsWith(`.${host}`));
    },
  };
}
