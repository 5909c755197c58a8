import { act } from './api.js';
import { h } from './dom.js';
import { Form } from './form.js';
import { Side } from './side.js';
import { look, screenOf, unreadOf } from './store.js';
import { View } from './view.js';

/** One client of one platform, used by one of several people. */
export class Pane {
  #spec;
  #person;
  #tabs;
  #side;
  #view;
  #thread;
  #form;
  #toasts;
  #alertsShown = new Map();

  constructor(spec) {
    this.#spec = spec;
    const kept = localStorage.getItem(`stage.${spec.id}.${spec.platform}`);
    this.#person = spec.people.includes(kept) ? kept : spec.people[0];
    const act = (what, data) => this.#act(what, data);
    this.#tabs = spec.people.map(name =>
      h('button', { type: 'button', className: 'person', onclick: () => this.#become(name) }),
    );
    this.#side = new Side(act);
    this.#view = new View(act, spec);
    if (spec.platform === 'slack') this.#thread = new View(act, { ...spec, thread: true });
    this.#form = new Form(act);
    this.#toasts = h('div', { className: 'toasts', role: 'alert' });
    /** Its title and its people. */
    this.head = h(
      'header',
      { className: 'pane-bar' },
      h('h2', {}, spec.title),
      h('div', { className: 'people', role: 'group', 'aria-label': 'Who you are here' }, ...this.#tabs),
    );
    this.root = h(
      'section',
      { className: `pane ${spec.platform} ${spec.id}`, 'aria-label': `${spec.title}, ${spec.role}` },
      this.head,
      h(
        'div',
        { className: 'client' },
        this.#side.root,
        this.#view.root,
        this.#thread?.root ?? '',
        this.#form.root,
        this.#toasts,
      ),
    );
  }

  /** Shows what the person sees now. */
  render() {
    const { platform, id } = this.#spec;
    const screen = screenOf(platform, this.#person);
    if (screen === undefined) return;
    const place = screen.places.find(one => one.id === screen.current) ?? screen.places[0];
    if (place === undefined) return;
    const beside = this.#thread !== undefined && place.kind === 'thread';
    const main = beside ? (screen.places.find(one => one.id === place.parent) ?? place) : place;
    this.root.classList.toggle('has-thread', beside);
    this.#view.render(screen, main);
    if (this.#thread !== undefined) this.#thread.root.hidden = !beside;
    if (beside) this.#thread.render(screen, place, main);
    for (const one of [main, place]) look(screen, one);
    this.#side.render(screen, id);
    this.#form.render(screen.modal);
    this.#showAlerts(screen);
    this.#showPeople();
  }

  #showPeople() {
    for (const [index, name] of this.#spec.people.entries()) {
      const screen = screenOf(this.#spec.platform, name);
      const here = name === this.#person;
      const count = here ? 0 : unreadOf(screen);
      const shown = name.charAt(0).toUpperCase() + name.slice(1);
      const tab = this.#tabs[index];
      const language = (screen?.locale ?? '').slice(0, 2);
      tab.setAttribute('aria-pressed', String(here));
      tab.title = language === '' ? shown : `${shown}, whose language here is ${language}`;
      const badge =
        count > 0 && h('span', { className: 'badge', 'aria-label': `${count} new` }, String(count));
      tab.replaceChildren(...[shown, h('small', { 'aria-hidden': 'true' }, language), badge].filter(Boolean));
    }
  }

  #become(name) {
    this.#person = name;
    localStorage.setItem(`stage.${this.#spec.id}.${this.#spec.platform}`, name);
    this.render();
  }

  /** Alerts that were there when this page first saw the person are old. */
  #showAlerts(screen) {
    const shown = this.#alertsShown.get(screen.person) ?? screen.alerts.length;
    this.#alertsShown.set(screen.person, screen.alerts.length);
    for (const text of screen.alerts.slice(shown)) this.#toast(text);
  }

  #toast(text) {
    const toast = h('div', { className: 'toast' }, h('span', {}, text));
    const close = () => toast.remove();
    toast.append(h('button', { type: 'button', 'aria-label': 'Close this notice', onclick: close }, '×'));
    this.#toasts.append(toast);
    while (this.#toasts.childElementCount > 3) this.#toasts.firstElementChild.remove();
    setTimeout(close, 12_000);
  }

  async #act(what, data) {
    const error = await act(this.#spec.platform, this.#person, what, data);
    if (error !== undefined) this.#toast(error);
    return error === undefined;
  }
}
