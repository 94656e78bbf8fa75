const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"] as const;

/** A count inside a sentence or on a button: in letters below ten. */
export function countWord(count: number): string {
  return WORDS[count] ?? count.toLocaleString("en");
}
