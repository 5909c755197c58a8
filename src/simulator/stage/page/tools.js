import { h } from './dom.js';

/** Reactions that all three platforms have. */
const EMOJI = ['👍', '❤', '🎉', '🤔', '👀', '👎'];

/** What a person can do with a message: they stand at its corner while it is pointed at. */
export function toolsOf(screen, message, spec, does) {
  const mine = !message.bot && message.author.toLowerCase().split(' ')[0] === screen.person;
  const reply = screen.platform === 'slack' ? 'Reply in thread' : 'Reply';
  const react = tool('☺', 'React', message, ({ currentTarget }) => pick(currentTarget, message, does));
  return h(
    'div',
    { className: 'tools' },
    react,
    mine && tool('✎', 'Edit', message, () => does.edit(message)),
    mine && tool('🗑', 'Delete', message, () => does.remove(message)),
    !spec.thread && tool('↩', reply, message, () => does.reply(message), 'reply'),
  );
}

function tool(sign, label, message, onclick, className = '') {
  const name = `${label}: ${message.author}`;
  return h('button', { type: 'button', className, title: label, 'aria-label': name, onclick }, sign);
}

/** The emoji stand in place of the tools until one is chosen. */
function pick(button, message, does) {
  const tools = button.parentElement;
  const before = [...tools.children];
  const back = () => tools.replaceChildren(...before);
  const choice = emoji =>
    h(
      'button',
      {
        type: 'button',
        'aria-label': `React with ${emoji}`,
        onclick: () => {
          back();
          does.react(message, emoji);
        },
      },
      emoji,
    );
  const cancel = h('button', { type: 'button', 'aria-label': 'Do not react', onclick: back }, '×');
  tools.replaceChildren(...EMOJI.map(choice), cancel);
  tools.firstElementChild.focus();
}
