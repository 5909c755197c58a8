import { listen } from './api.js';
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
  { id: 'desk', platform: 'discord', title: 'The desk, in Discord', role: 'staff', people: ['bob', 'cleo'] },
];

const stage = document.getElementById('stage');
const live = document.getElementById('live');
const panes = PANES.map(spec => new Pane(spec));
stage.replaceChildren(...panes.map(({ root }) => root));

listen(
  screens => {
    take(screens);
    for (const pane of panes) pane.render();
  },
  there => {
    live.textContent = there ? 'live' : 'the demo is not running';
    live.classList.toggle('on', there);
  },
);
