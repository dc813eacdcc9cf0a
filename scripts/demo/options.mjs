// Plain JavaScript without any import: the command line is read before set-up, on any Node.

/** What `npm run demo -- --help` prints. */
export const HELP = `Countersign demo: a helpdesk with a support day, a collector, and Chromium with the extension

  npm run demo                opens it for you; without a display it plays the tour
  npm run demo -- --tour      plays the story in the real side panel, prints each step, fails on a false one
  npm run demo -- --pictures  the tour, and writes the pictures of the README to docs/pictures
  npm run demo -- --headed    the tour in a window that you can watch
  npm run demo -- --help      this text

Everything runs on this machine, on free ports, in a throw-away profile. Ctrl+C ends it.`;

const KNOWN = ['--tour', '--pictures', '--headed', '--help'];

/** Whether a window can be shown here. */
function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/**
 * Reads the command line.
 * @param {string[]} args
 * @returns {{ help: boolean, tour: boolean, pictures: boolean, headed: boolean }} `tour`: play the
 *   story; false: open the demo for a person
 * @throws an Error that says what is wrong with it
 */
export function readOptions(args) {
  const unknown = args.filter((arg) => !KNOWN.includes(arg));
  if (unknown.length > 0)
    throw new Error(
      `The demo does not know ${unknown.join(' ')}. What it knows: npm run demo -- --help`,
    );
  const pictures = args.includes('--pictures');
  const headed = args.includes('--headed');
  if (headed && !hasDisplay()) throw new Error('--headed needs a display, and there is none.');
  const tour = args.includes('--tour') || pictures || headed || !hasDisplay();
  return { help: args.includes('--help'), tour, pictures, headed };
}
