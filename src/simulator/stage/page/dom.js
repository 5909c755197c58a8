/** The elements that a message of a pretend platform may be made of, and what they may carry. */
const TAGS = new Set(
  'A B BLOCKQUOTE BR CODE DETAILS DIV EM H1 H2 H3 HR I PRE S SMALL SPAN STRONG SUB SUP TIME U'.split(' '),
);
const ATTRIBUTES = new Set(['class', 'href']);

/** Makes an element. Properties beginning with `on` listen, `aria-…`, `data-…` and `role` are attributes; strings become text. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.includes('-')) element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== undefined && child !== null && child !== false));
  return element;
}

/** A message's own markup. The simulators make it safe; whatever else might be in it is dropped here. */
export function markup(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  for (const element of [...template.content.querySelectorAll('*')]) {
    if (!TAGS.has(element.tagName)) {
      element.replaceWith(element.textContent ?? '');
      continue;
    }
    for (const { name } of [...element.attributes]) if (!ATTRIBUTES.has(name)) element.removeAttribute(name);
    if (element.tagName === 'A') tame(element);
  }
  return template.content;
}

function tame(link) {
  if (!/^(?:https?|mailto|tel|tg):/i.test(link.getAttribute('href') ?? '')) link.removeAttribute('href');
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
}

/** Replaces what an element holds only when `key` differs from the last time, so that focus and selection stay. */
export function refill(element, key, make) {
  if (element.dataset.key === key) return false;
  element.dataset.key = key;
  element.replaceChildren(...[make()].flat().filter(Boolean));
  return true;
}

/** A small stable number for a name, for the colour of its picture. */
export function tone(name) {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + sign.codePointAt(0)) % 997;
  return sum % 8;
}

/** The letters in a person's picture. */
export function initials(name) {
  const words = name.split(/\s+/).filter(word => /^\p{L}/u.test(word));
  const letters = words.slice(0, 2).map(word => [...word][0]);
  return letters.join('').toUpperCase() || '?';
}

/** Hours and minutes of a time in ms, as the reader's machine writes them. */
export function clock(at) {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
}
