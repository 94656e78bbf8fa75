/** The small numbers that people write out. */
const NUMBER_WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};

/** "three" and "3" are 3; NaN for what is no number. */
export function countIn(word: string): number {
  return NUMBER_WORDS[word.toLowerCase()] ?? Number.parseInt(word, 10);
}
