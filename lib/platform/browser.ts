/** The only door to the WebExtension API outside messaging and entrypoints. */
export { browser } from 'wxt/browser';
export type { Browser } from 'wxt/browser';
