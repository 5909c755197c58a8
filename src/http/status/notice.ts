import type { ComponentState, NoticeWordsView, Stamp, StatusLabels } from '../../core/index.ts';
import { type Markup, markup } from '../markup.ts';

const marks: Readonly<Record<ComponentState | 'planned', string>> = {
  operational: '✓',
  maintenance: '◆',
  degraded: '▲',
  outage: '✕',
  planned: '◇',
};

/** A sign beside words that say the same. */
export function mark(state: ComponentState | 'planned'): Markup {
  return markup`<span class="mark" aria-hidden="true">${marks[state]}</span>`;
}

/** Where an article stands, and how much of it is shown. */
export interface ArticleLook {
  readonly link: (path: string) => string;
  /** Words that are shown, the newest. */
  readonly most: number;
  /** Of its heading; one of level 2 is a page of its own. */
  readonly level: 2 | 3;
}

/** A notice with what was said of it, the newest first. */
export function noticeArticle(
  notice: NoticeWordsView,
  labels: StatusLabels,
  { link, most, level }: ArticleLook,
): Markup {
  const { name, kind, title, about, windows, events } = notice;
  const page = link(`/status/${name}`);
  const words = `${kind} ${name}: ${title}`;
  const heading = level === 2 ? markup`<h2>${words}</h2>` : markup`<h3><a href="${page}">${words}</a></h3>`;
  const hidden = events.length - most;
  return markup`<article class="card">${heading}
${stateLine(notice, labels)}
<dl>${term(labels.when, windowList(windows))}${term(labels.about, markup`<ul>${about.map(one => markup`<li>${one}</li>`)}</ul>`)}</dl>
<ol class="events" aria-label="${labels.updates}">${events
    .slice(0, most)
    .map(
      one =>
        markup`<li><p><strong>${one.name}</strong> ${moment(one.at)}</p>${one.text === '' ? undefined : markup`<p class="words">${one.text}</p>`}</li>`,
    )}</ol>
${hidden > 0 ? markup`<p><a href="${page}">${labels.earlier(hidden)}</a></p>` : undefined}</article>`;
}

/** What was, a line or two each. */
export function pastList(
  notices: readonly NoticeWordsView[],
  labels: StatusLabels,
  link: (path: string) => string,
): Markup {
  const items = notices.map(
    one =>
      markup`<li><h3><a href="${link(`/status/${one.name}`)}">${one.kind} ${one.name}: ${one.title}</a></h3>${stateLine(one, labels)}</li>`,
  );
  return markup`<ul class="card past">${items}</ul>`;
}

function stateLine(notice: NoticeWordsView, labels: StatusLabels): Markup {
  const { phase, state, isOutage, from, to } = notice;
  const sign = signOf(notice);
  const look = sign === 'planned' ? 'maintenance' : sign;
  const since =
    phase === 'now' || (isOutage && to !== undefined)
      ? markup` · ${labels.since} ${moment(from)}`
      : undefined;
  // Of what was planned only the day matters: it ended then, or was called off.
  const until = to && (isOutage ? markup` ${labels.until} ${moment(to)}` : markup` · ${moment(to)}`);
  return markup`<p class="state"><span class="${look}">${mark(sign)} <strong>${state}</strong></span>${since}${until}</p>`;
}

/** What goes on and is felt by nobody still goes on. */
function signOf({ phase, effect }: NoticeWordsView): ComponentState | 'planned' {
  if (phase === 'planned') return 'planned';
  if (phase === 'past') return 'operational';
  return effect === 'operational' ? 'maintenance' : effect;
}

function term(name: string, list: Markup | undefined): Markup | undefined {
  return list && markup`<dt>${name}</dt><dd>${list}</dd>`;
}

/** Windows are counted, since what it is about may name some of them. */
function windowList(windows: readonly Stamp[]): Markup | undefined {
  const [only, ...more] = windows;
  if (only === undefined || more.length === 0) return only && moment(only);
  return markup`<ol>${windows.map(one => markup`<li>${moment(one)}</li>`)}</ol>`;
}

function moment({ iso, text }: Stamp): Markup {
  return markup`<time datetime="${iso}">${text}</time>`;
}
