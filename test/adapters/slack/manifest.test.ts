import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FROM_MESSAGE } from '../../../src/adapters/slack/interactions.ts';
import { read } from '../../../src/adapters/slack/receive.ts';
import { deskScopes, events, scopes } from '../../../src/adapters/slack/scopes.ts';

interface Manifest {
  readonly features: {
    readonly app_home: Record<string, boolean>;
    readonly slash_commands: readonly { readonly command: string; readonly should_escape: boolean }[];
    readonly shortcuts: readonly { readonly type: string; readonly callback_id: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
}
const manifest: Manifest = parse(readFileSync('docs/slack-manifest.yaml', 'utf8'));
const readme = readFileSync('README.md', 'utf8');

describe('the manifest', () => {
  it('asks for the scopes that the adapter needs, and no others', () => {
    const needed = [...Object.keys(scopes), ...Object.keys(deskScopes)];
    const closed = Object.keys(deskScopes)
      .filter(scope => scope.startsWith('channels:'))
      .map(scope => scope.replace('channels:', 'groups:'));
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...needed, ...closed].sort());
  });

  it('subscribes to the events that the adapter reads, and no others', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual([...events]);
    const item = { type: 'message', channel: 'C1', ts: '1.2' };
    const like = (type: string) => ({
      type: 'event_callback',
      event_id: 'Ev1',
      event: {
        type,
        user: 'U1',
        tab: 'home',
        channel: 'C1',
        ts: '1.2',
        event_ts: '1.2',
        reaction: '+1',
        item,
      },
    });
    const heard = (type: string) => read(like(type), new Date(0), () => undefined).kind === 'heard';
    for (const event of events) expect([event, heard(event.split('.')[0] ?? '')]).toEqual([event, true]);
    expect(heard('app_mention')).toBe(false);
  });

  it('has the commands, the shortcut and the pages', () => {
    const { slash_commands: commands, shortcuts, app_home: home } = manifest.features;
    expect(commands.map(({ command }) => command)).toEqual(['/ticket', '/desk', '/notice']);
    expect(commands.every(command => command.should_escape)).toBe(true);
    expect(shortcuts).toMatchObject([{ type: 'message', callback_id: FROM_MESSAGE }]);
    expect(home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it('is what the README leads to', () => expect(readme).toContain('docs/slack-manifest.yaml'));
});
