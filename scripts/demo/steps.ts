/** Plays steps and says how each went. */
export interface Steps {
  /** Prints a heading. */
  part(title: string): void;
  /** Runs one step and prints it with ✓, or with ✗ before its error is thrown on. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** How many steps went well. */
  passed(): number;
}

export function createSteps(say: (line: string) => void): Steps {
  let passed = 0;
  return {
    part: (title) => say(`\n${title}`),
    async step(title, work) {
      try {
        const result = await work();
        passed += 1;
        say(`  ✓ ${title}`);
        return result;
      } catch (error) {
        say(`  ✗ ${title}`);
        throw error;
      }
    },
    passed: () => passed,
  };
}
