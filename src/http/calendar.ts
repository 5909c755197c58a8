import { problem } from './problem.ts';

/** `TOKEN.ics`. */
const FILE = /^([\w-]{1,100})\.ics$/;

/** Gives out the calendar behind a secret address. Whatever is wrong with a token, the answer is the same 404. */
export async function giveCalendar(
  file: string,
  name: string,
  read: (token: string) => Promise<string | undefined>,
): Promise<Response> {
  const [, token] = FILE.exec(file) ?? [];
  const calendar = token === undefined ? undefined : await read(token);
  if (calendar === undefined) return problem(404, 'Not found');
  return new Response(calendar, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `inline; filename="${name}.ics"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    },
  });
}
