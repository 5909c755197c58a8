import type { ScriptedChannel } from '../../harness/channel.ts';

/** What a channel was asked to post in its desk besides tickets' posts: each with its place, its text and its pictures. */
export function posted(channel: ScriptedChannel, isAbout = /^Week /): { text: string; pictures: string[] }[] {
  const heads = channel.calls.filter(call => call.what === 'desk-post' && isAbout.test(call.text));
  const first = channel.calls.indexOf(heads[0] as (typeof heads)[number]);
  if (first < 0) return [];
  return channel.calls
    .slice(first)
    .filter(call => heads.includes(call) || call.what === 'deliver')
    .map(({ text, files = [] }) => ({ text, pictures: files.map(({ name }) => name) }));
}
