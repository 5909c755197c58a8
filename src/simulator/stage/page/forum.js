import { clock, h } from './dom.js';
import { unread } from './store.js';
import { tagTone } from './tags.js';

/** The posts of a forum, the newest talk first. */
export function posts(screen, forum, go) {
  const list = screen.places
    .filter(({ parent }) => parent === forum.id)
    .map(post => ({ post, last: post.messages.at(-1), count: unread(screen, post) }))
    .sort((one, other) => (other.last?.at ?? 0) - (one.last?.at ?? 0));
  const key = JSON.stringify([
    screen.person,
    list.map(({ post, last, count }) => [post.id, post.title, post.tags, last, count]),
  ]);
  if (list.length === 0) {
    const empty =
      screen.platform === 'mail'
        ? 'No mail yet. Write one to the desk below; what it sends arrives at once.'
        : 'Tickets appear here, a post for each.';
    return { key, make: () => h('p', { className: 'empty' }, empty) };
  }
  return { key, make: () => h('ul', { className: 'posts' }, ...list.map(one => h('li', {}, row(one, go)))) };
}

function row({ post, last, count }, go) {
  return h(
    'button',
    { type: 'button', className: `post-card ${post.archived ? 'old' : ''}`, onclick: () => go(post.id) },
    h(
      'span',
      { className: 'tags' },
      ...post.tags.map(tag => h('span', { className: `tag ${tagTone(tag)}` }, tag)),
    ),
    h(
      'strong',
      {},
      post.title,
      count > 0 && h('span', { className: 'badge', 'aria-label': `${count} new` }, String(count)),
    ),
    last && h('span', { className: 'last' }, h('b', {}, `${last.author}: `), last.text.slice(0, 140)),
    h(
      'small',
      {},
      `${post.messages.length} ${post.messages.length === 1 ? 'message' : 'messages'}`,
      last && ` · ${clock(last.at)}`,
    ),
  );
}
