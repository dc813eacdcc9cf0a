/** A line of code that stands between somebody and harm, and the tests that miss it when it is gone. */
export interface Guard {
  name: string;
  /** File of the project, by its path from the root. */
  file: string;
  /** The code, as it stands there once or first. */
  guard: string;
  /** What stands there when it is taken away. */
  without: string;
  /** Test files or folders of which at least one must then fail. */
  tests: readonly string[];
}
