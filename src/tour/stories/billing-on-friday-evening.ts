import { opensForm, opensPost, seesNumber } from '../deeds.ts';
import type { Story } from '../model.ts';

const subject = 'Podwójna opłata';
const wall = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Warsaw',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
});
const MINUTE_MS = 60_000;
/** Each week has an hour that begins so. */
const WEEK = 7 * 24 * 60;

/** Minutes until it is Friday evening in Warsaw, between seven and eight. */
function minutesToFriday(now: Date): number {
  for (let minutes = 0; minutes <= WEEK; minutes += 30) {
    const parts = wall.formatToParts(now.getTime() + minutes * MINUTE_MS);
    const part = (type: string): string | undefined => parts.find(one => one.type === type)?.value;
    if (part('weekday') === 'Fri' && part('hour') === '19') return minutes;
  }
  throw new Error('the week has no Friday evening');
}

/** A level that is closed is no dead end: the customer is told when it opens. */
export const billingOnFridayEvening: Story = {
  name: 'On Friday evening Bob hands a matter of money to billing; Ana is told that they are there on Monday',
  async play(company) {
    const ana = company.slack('ana');
    const bob = company.discord('bob');
    company.passes(minutesToFriday(company.now()));
    await opensForm(ana, '/ticket');
    await ana.fills({ Temat: subject, Opis: 'Zapłaciliśmy dwa razy.', Dział: 'financial' });
    await ana.submits();
    const ticket = await seesNumber(company, ana, 'pl', subject);
    await opensPost(bob, ticket, subject);
    await bob.says('/desk escalate text:Zwrot zleca dział rozliczeń.');
    await bob.sees('is with the level above');
    await ana.sees(/mogą je rozwiązać: Rozliczenia\. Dlaczego: .* Będą w pracy od: \S.*09:00/s);
  },
};
