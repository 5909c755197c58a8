/** What all people see, as the server last said, and how far each has been looked at on this page. */

const screens = new Map();
const seen = new Map();
let primed = false;

const keyOf = (platform, person) => `${platform}/${person}`;

/** Takes changed screens. What is there when the page opens counts as seen. */
export function take(changed) {
  for (const screen of changed) screens.set(keyOf(screen.platform, screen.person), screen);
  if (primed) return;
  primed = true;
  for (const screen of changed) for (const place of screen.places) look(screen, place);
}

/** The screen of one person, or undefined before it came. */
export function screenOf(platform, person) {
  return screens.get(keyOf(platform, person));
}

/** The person looks at this place now. */
export function look(screen, place) {
  seen.set(`${keyOf(screen.platform, screen.person)}/${place.id}`, newest(place));
}

function newest(place) {
  return place.messages.reduce((last, { at }) => Math.max(last, at), 0);
}

/** Messages of this place that nobody on this page has looked at. */
export function unread(screen, place) {
  const until = seen.get(`${keyOf(screen.platform, screen.person)}/${place.id}`) ?? 0;
  return place.messages.filter(({ at }) => at > until).length;
}

/** The same for all places of a person, threads shown beneath a message not counted twice. */
export function unreadOf(screen) {
  return screen === undefined ? 0 : screen.places.reduce((sum, place) => sum + unread(screen, place), 0);
}
