import { literal, tidy } from '../../core/index.ts';
import type { Names } from './dialect.ts';
import { fromDiscord } from './dialect.ts';
import { displayName } from './identify.ts';
import type { Memory } from './memory.ts';
import type { ContentPayload } from './payloads.ts';

/** What a message says as CommonMark, with names in place of ids; its files apart. */
export function contentOf(content: ContentPayload, memory: Memory): string {
  const extras = [
    ...content.sticker_items.map(sticker => `🖼 ${sticker.name}`),
    ...(content.poll ? [`📊 ${content.poll.question.text}`] : []),
  ];
  return [fromDiscord(tidy(content.content), namesIn(content, memory)), literal(tidy(extras.join('\n')))]
    .filter(Boolean)
    .join('\n\n');
}

function namesIn(content: ContentPayload, memory: Memory): Names {
  return {
    user: id => {
      const user = content.mentions.find(one => one.id === id);
      return user && displayName(user, user.member);
    },
    role: id => memory.roles.get(id),
    channel: id => memory.channels.get(id)?.name,
  };
}
