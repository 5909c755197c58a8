/** What a customer can say of how it went, the best first. */
export const ratingAnswers = ['good', 'fair', 'bad'] as const;
/** How it went, in a customer's eyes. */
export type RatingAnswer = (typeof ratingAnswers)[number];

/** The answer in a word from outside; undefined for every other one. */
export function answerIn(word: string): RatingAnswer | undefined {
  return ratingAnswers.find(answer => answer === word);
}

/** What stands of a ticket's rating. */
export interface RatingRow {
  readonly answer: RatingAnswer | null;
  readonly comment: string | null;
  readonly askedAt: Date;
  /** How often it was given or changed. */
  readonly changes: number;
}

/** Longest comment that is kept, in UTF-16 units: what the platforms' windows take without trouble. */
export const COMMENT = 2_000;
