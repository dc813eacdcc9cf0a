import { parseArgs } from 'node:util';

export const HELP = `Countersign demo: a helpdesk with a support day, a collector, and Chromium with the extension

  npm run demo                opens it for you; without a display it plays the tour
  npm run demo -- --tour      plays the story in the real side panel, prints each step, fails on a false one
  npm run demo -- --pictures  the tour, and writes the pictures of the README to docs/pictures
  npm run demo -- --headed    the tour in a window that you can watch
  npm run demo -- --help      this text

Everything runs on this machine, on free ports, in a throw-away profile. Ctrl+C ends it.`;

/** What the command was asked to do. */
export interface Options {
  help: boolean;
  /** Play the story; false: open the demo for a person. */
  tour: boolean;
  pictures: boolean;
  headed: boolean;
}

/** Whether a window can be shown here. */
function hasDisplay(): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Reads the command line. Throws a `TypeError` that says what is wrong with it. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      tour: { type: 'boolean', default: false },
      pictures: { type: 'boolean', default: false },
      headed: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { help, pictures, headed } = values;
  if (headed && !hasDisplay()) throw new TypeError('--headed needs a display, and there is none.');
  return { help, pictures, headed, tour: values.tour || pictures || headed || !hasDisplay() };
}
