/**
 * How it went, in the customer's eyes: asked once for each ticket, where the customer is, after it was solved. An answer is an event of the
 * ticket; its words stay apart, so that they can be erased with the person.
 */
export { askHowItWent } from './ask.ts';
export { answerIn, COMMENT, type RatingAnswer, type RatingRow } from './model.ts';
export { createRatePages, type RatePage, type RatePages } from './pages.ts';
export { commentOn, rate, readRatingOf, tellDeskOfRating } from './rate.ts';
