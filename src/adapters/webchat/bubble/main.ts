/** The bubble: puts the parts together, and keeps what was written until the desk has it. */
import type { DeskFrame, Greeting, LineFrame, No } from '../protocol.ts';
import { make, newKey } from './dom.ts';
import { Panel } from './panel.ts';
import {
  allUnsent,
  forgetUnsent,
  keepUnsent,
  onSecret,
  recall,
  remember,
  type Unsent,
  whoOf,
} from './store.ts';
import { CSS } from './style.ts';
import { Wire } from './wire.ts';

/** What the page may call: `window.switchdesk`. */
interface Handle {
  open(): void;
  close(): void;
  /** Signs a customer in with a token of the site, or out with none. */
  identify(token?: string): void;
}

const tag = document.currentScript as HTMLScriptElement | null;
const base = new URL(tag?.src ?? location.href).origin;
let token = tag?.dataset.token || undefined;
const wanted = tag?.dataset.lang || document.documentElement.lang || navigator.language;

/** After so many ms something that the desk could not take is sent again. */
const AGAIN_MS = 3000;
const SEEN_MS = 400;
/** A window that brings files holds their words for so many ms at a time: one that is closed holds nothing for long. */
const HELD_MS = 15_000;

const who = (): string => whoOf(token);
const shown = (): string | undefined => token ?? recall('secret');

/** What was written is kept until the desk has it, and what stands there is shown. */
class Bubble {
  readonly #words: Greeting['words'];
  readonly #wire: Wire;
  readonly #panel: Panel;
  readonly #refused = new Set<string>();
  #lines = new Map<number, LineFrame>();
  #after = 0;
  #seen = 0;
  #seenTimer: ReturnType<typeof setTimeout> | undefined;
  #flushing: Promise<void> | undefined;
  #more = false;

  constructor(greeting: Greeting) {
    this.#words = greeting.words;
    this.#wire = new Wire({
      base,
      lang: greeting.lang,
      shown,
      after: () => this.#after,
      frame: frame => this.#frame(frame),
      state: state => {
        this.#panel.status(state === 'down' ? this.#words.offline : '');
        if (state === 'up') void this.#flush();
      },
      working: () => this.#panel.status(this.#words.working),
    });
    const wire = this.#wire;
    this.#panel = new Panel({
      greeting,
      say: (text, files) => void this.#write(text, files),
      press: (action, of) => wire.ask({ t: 'press', key: newKey(), action, ...of }),
      submit: (page, draft, values) =>
        wire.ask({ t: 'submit', key: newKey(), page: page as 'details', draft, values }),
      again: key => {
        this.#refused.delete(key);
        void this.#flush();
      },
      opened: () => this.#look(),
    });
    onSecret(() => {
      if (token === undefined) this.#anew();
    });
    document.addEventListener('visibilitychange', () => this.#look());
  }

  /** Puts itself on the page. */
  stand(): void {
    const host = make('div', { id: 'switchdesk-chat' });
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#panel.element);
    dress(host);
    document.body.append(host);
    this.#anew();
  }

  get handle(): Handle {
    return {
      open: () => this.#panel.open(),
      close: () => this.#panel.close(),
      identify: next => {
        const before = who();
        token = next || undefined;
        if (who() === before) this.#panel.status('');
        else this.#panel.empty();
        this.#anew();
      },
    };
  }

  /** Begins with who it is now: nothing of somebody else stays. */
  #anew(): void {
    this.#forget();
    const unsent = allUnsent(who());
    for (const one of unsent) this.#showUnsent(one, 'sending');
    this.#wire.restart();
    if (unsent.length > 0) void this.#flush();
  }

  #forget(): void {
    this.#after = 0;
    this.#seen = 0;
    this.#lines = new Map();
    this.#panel.clear();
    this.#panel.unread(0);
  }

  #frame(frame: DeskFrame): void {
    switch (frame.t) {
      case 'line':
        this.#after = Math.max(this.#after, frame.seq);
        this.#lines.set(frame.ref, frame);
        if (frame.key !== undefined) forgetUnsent(frame.key);
        this.#panel.show(frame);
        if (frame.key === undefined && !frame.auto) this.#panel.writing(false);
        this.#look();
        break;
      case 'ready':
        this.#seen = frame.seen;
        this.#look();
        break;
      case 'read':
        this.#seen = Math.max(this.#seen, frame.seen);
        this.#look();
        break;
      case 'writing':
        this.#panel.writing(true);
        break;
      case 'ack':
        forgetUnsent(frame.key);
        break;
      case 'no':
        if (frame.key === undefined) this.#notLetIn(frame.why);
        else this.#notTaken(frame.key, frame.why, frame.afterMs);
        break;
      default:
    }
  }

  #notTaken(key: string, why: string, afterMs = AGAIN_MS): void {
    const own = allUnsent(who()).find(one => one.key === key);
    if (why === 'later' || why === 'slower') {
      this.#panel.status(this.#words.later);
      if (own !== undefined) setTimeout(() => void this.#flush(), afterMs);
    } else if (own !== undefined && own.files.length > 0) {
      // The desk has them no more: the words go without.
      keepUnsent({ ...own, files: [], coming: own.files.map(file => file.name) });
      void this.#flush();
    } else if (own !== undefined) {
      this.#refused.add(key);
      this.#showUnsent(own, 'not-sent');
    }
  }

  #notLetIn(why: string): void {
    // The desk knows the visitor no more: what is not sent yet begins a new chat.
    if (why === 'unknown' && token === undefined) {
      remember('secret', undefined);
      this.#anew();
    } else if (why === 'expired' || why === 'refused') {
      this.#panel.status(this.#words.expired);
      dispatchEvent(new CustomEvent('switchdesk:expired'));
    }
  }

  #showUnsent({ key, text, files, coming = [], at }: Unsent, state: 'sending' | 'not-sent'): void {
    this.#panel.showOwn({ key, text, files: [...files.map(file => file.name), ...coming], at, state });
  }

  /** Counts what is new, and says what was read: only what somebody can have looked at. It is seen once the desk says so. */
  #look(): void {
    const all = [...this.#lines.values()];
    const fresh = all.filter(one => one.key === undefined && !one.gone && one.ref > this.#seen);
    const { isOpen } = this.#panel;
    this.#panel.unread(isOpen ? 0 : fresh.length);
    clearTimeout(this.#seenTimer);
    if (!isOpen || document.visibilityState !== 'visible' || fresh.length === 0) return;
    const seq = this.#after;
    this.#seenTimer = setTimeout(() => {
      if (this.#panel.isOpen) void this.#wire.send({ t: 'seen', seq });
    }, SEEN_MS);
  }

  async #write(text: string, files: File[]): Promise<void> {
    const own: Unsent = { key: newKey(), text, files: [], at: Date.now(), who: who() };
    const coming = files.map(file => file.name);
    if (files.length === 0) keepUnsent(own);
    this.#showUnsent({ ...own, coming }, 'sending');
    if (files.length > 0) await this.#bring({ ...own, coming }, files);
    await this.#flush();
  }

  /** Brings the files of what was written, which is kept meanwhile and goes after that with those that came. */
  async #bring(own: Unsent, files: readonly File[]): Promise<void> {
    const hold = (): void => keepUnsent({ ...own, heldUntil: Date.now() + HELD_MS });
    hold();
    const holding = setInterval(hold, HELD_MS / 3);
    const letIn = await this.#letIn().then(
      () => who() === own.who,
      () => false,
    );
    const brought = await Promise.all(
      files.map(file => (letIn ? this.#wire.upload(file).catch(() => undefined) : undefined)),
    );
    clearInterval(holding);
    keepUnsent({
      ...own,
      files: brought.filter(file => file !== undefined),
      coming: files.filter((_, nth) => brought[nth] === undefined).map(file => file.name),
    });
  }

  /** What can be sent of it now: nothing while its files are on their way. Files that did not come are named, and the rest goes. */
  #ready(one: Unsent): Unsent | undefined {
    const { heldUntil, coming = [], ...own } = one;
    if (this.#refused.has(own.key)) return undefined;
    const wait = (heldUntil ?? 0) - Date.now();
    if (wait > 0) {
      setTimeout(() => void this.#flush(), wait);
      return undefined;
    }
    if (coming.length === 0) return own;
    this.#panel.note(`${this.#words['files-left']} ${coming.join(', ')}`);
    if (own.text === '' && own.files.length === 0) {
      forgetUnsent(own.key);
      this.#panel.dropOwn(own.key);
      return undefined;
    }
    keepUnsent(own);
    this.#showUnsent(own, 'sending');
    return own;
  }

  async #letIn(): Promise<void> {
    if (shown() === undefined) remember('secret', await this.#wire.begin());
    this.#wire.start();
  }

  /** Sends what the desk has not taken yet, each once that before it is taken: so it stands there in order. What is sent twice stands there once. */
  #flush(): Promise<void> {
    this.#more = true;
    this.#flushing ??= this.#sendAll().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  /** Once more for whatever was written meanwhile, unless nothing goes now. */
  async #sendAll(): Promise<void> {
    while (this.#more) {
      this.#more = false;
      if (!(await this.#sendOnce())) return;
    }
  }

  async #sendOnce(): Promise<boolean> {
    if (allUnsent(who()).length === 0) return true;
    try {
      await this.#letIn();
    } catch {
      this.#panel.status(this.#words.offline);
      setTimeout(() => void this.#flush(), AGAIN_MS);
      return false;
    }
    const now = who();
    for (const one of allUnsent(now)) {
      const own = this.#ready(one);
      if (own === undefined) continue;
      const { key, text, files } = own;
      const frame = await this.#wire.say({ t: 'say', key, text, files });
      // Somebody else is here by now: what comes next is not theirs.
      if (who() !== now) return true;
      if (frame?.t === 'no') return this.#goesOn(frame.why);
      if (frame !== undefined) continue;
      if (this.#wire.isUp) setTimeout(() => void this.#flush(), AGAIN_MS);
      return false;
    }
    return true;
  }

  /** After what was not taken: it comes again later and the rest waits for it, or it is begun anew with what is left. */
  #goesOn(why: No): boolean {
    this.#more = why !== 'later' && why !== 'slower';
    return this.#more;
  }
}

/** Light or dark as the script says, else as the machine is set. */
function dress(host: HTMLElement): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const set = (): void => {
    host.dataset.theme = tag?.dataset.theme || (dark.matches ? 'dark' : 'light');
  };
  dark.addEventListener('change', set);
  set();
}

async function load(): Promise<void> {
  const answer = await fetch(`${base}/chat/hello?lang=${encodeURIComponent(wanted)}`);
  if (!answer.ok) return;
  const bubble = new Bubble((await answer.json()) as Greeting);
  bubble.stand();
  Object.assign(window, { switchdesk: bubble.handle });
  dispatchEvent(new CustomEvent('switchdesk:ready'));
}

// A page that has the script twice has one bubble.
if (document.getElementById('switchdesk-chat') === null)
  if (document.readyState === 'loading')
    addEventListener('DOMContentLoaded', () => void load(), { once: true });
  else void load();
