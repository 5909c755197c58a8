import { listen } from './api.js';
import { h } from './dom.js';
import { Pane } from './pane.js';
import { take } from './store.js';

const PANES = [
  { id: 'slack', platform: 'slack', title: 'Slack', role: 'customer', people: ['ana', 'ben', 'eve'] },
  {
    id: 'telegram',
    platform: 'telegram',
    title: 'Telegram',
    role: 'customer',
    people: ['ana', 'ben', 'eve'],
  },
  { id: 'discord', platform: 'discord', title: 'Discord', role: 'customer', people: ['ana', 'ben', 'eve'] },
  { id: 'mail', platform: 'mail', title: 'Mail', role: 'customer', people: ['ana', 'ben', 'eve'] },
];
/** Where staff can answer: the same tickets at each. One is shown at a time. */
const DESKS = [
  { platform: 'discord', name: 'Discord' },
  { platform: 'slack', name: 'Slack' },
  { platform: 'telegram', name: 'Telegram' },
];

const stage = document.getElementById('stage');
const live = document.getElementById('live');
const choice = h('div', { className: 'people desks', role: 'group', 'aria-label': 'Where the desk is' });
const desks = DESKS.map(({ platform, name }) => {
  const title = `The desk, in ${name}`;
  return new Pane({ id: 'desk', platform, title, role: 'staff', people: ['bob', 'cleo'] });
});
const choices = DESKS.map(({ name }, index) =>
  h('button', { type: 'button', className: 'person', onclick: () => showDesk(index) }, name),
);
choice.replaceChildren(...choices);

/** The choice stands in the head of the desk that is shown. */
function showDesk(shown) {
  for (const [index, { root }] of desks.entries()) {
    root.hidden = index !== shown;
    choices[index].setAttribute('aria-pressed', String(index === shown));
  }
  desks[shown].head.append(choice);
  desks[shown].render();
  localStorage.setItem('stage.where', String(shown));
}

const panes = [...PANES.map(spec => new Pane(spec)), ...desks];
stage.replaceChildren(...panes.map(({ root }) => root));
const last = Number(localStorage.getItem('stage.where'));
showDesk(last in DESKS ? last : 0);

listen(
  screens => {
    take(screens);
    for (const pane of panes) if (!pane.root.hidden) pane.render();
  },
  there => {
    live.textContent = there ? 'live' : 'the demo is not running';
    live.classList.toggle('on', there);
  },
);
