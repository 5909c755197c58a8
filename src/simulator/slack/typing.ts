import type { Obj } from './json.ts';
import type { World } from './world.ts';

interface Piece {
  readonly wire: string;
  readonly rich: Obj;
}

function escapeWire(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function special(world: World, found: string): Piece | undefined {
  if (/^https?:/.test(found)) {
    return { wire: `<${escapeWire(found)}>`, rich: { type: 'link', url: found } };
  }
  const name = found.slice(1);
  if (found.startsWith('#')) {
    const channel = world.channel(found);
    if (!channel || channel.kind === 'im') return undefined;
    return { wire: `<#${channel.id}>`, rich: { type: 'channel', channel_id: channel.id } };
  }
  if (/^(channel|here|everyone)$/.test(name)) {
    return { wire: `<!${name}>`, rich: { type: 'broadcast', range: name } };
  }
  const user = [...world.users.values()].find(
    ({ handle, displayName }) => handle === name || displayName.toLowerCase() === name.toLowerCase(),
  );
  return user && { wire: `<@${user.id}>`, rich: { type: 'user', user_id: user.id } };
}

/** What a person types, as the client sends it: escaped, with mentions, channels and links as tokens, and as one rich_text block. */
export function typed(world: World, text: string): { text: string; blocks: Obj[] } {
  const pieces = text
    .split(/((?<![\w@])[@#][\w.-]*\w|https?:\/\/[^\s<>]+)/)
    .filter(Boolean)
    .map((found): Piece => {
      const plain = { wire: escapeWire(found), rich: { type: 'text', text: found } };
      return /^[@#]|^https?:/.test(found) ? (special(world, found) ?? plain) : plain;
    });
  const section = { type: 'rich_text_section', elements: pieces.map(({ rich }) => rich) };
  return {
    text: pieces.map(({ wire }) => wire).join(''),
    blocks: [{ type: 'rich_text', elements: [section] }],
  };
}
