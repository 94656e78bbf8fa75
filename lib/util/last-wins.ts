/**
 * Carries out one input at a time; of those that come meanwhile only the last. Whoever asked gets what came of the last
 * one, also where one before it failed.
 */
export function lastWins<Input, Output>(
  work: (input: Input) => Promise<Output>,
): (input: Input) => Promise<Output> {
  let wanted: Input[] = [];
  let going: Promise<Output> | null = null;
  const carryOut = async (): Promise<Output> => {
    for (;;) {
      const last = wanted.at(-1) as Input;
      wanted = [];
      try {
        const output = await work(last);
        if (wanted.length === 0) return output;
      } catch (error) {
        if (wanted.length === 0) throw error;
      }
    }
  };
  return (input) => {
    wanted.push(input);
    going ??= carryOut().finally(() => {
      going = null;
    });
    return going;
  };
}
