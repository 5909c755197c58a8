import { parseArgs } from 'node:util';
import { runChat } from './chat/run.ts';
import { runFanout } from './fanout/run.ts';
import { runFootprint } from './footprint.ts';
import { runImport } from './import.ts';
import { runIntake } from './intake/run.ts';
import { judged, type Options, type Target } from './kit/report.ts';
import { runMail } from './mail/run.ts';
import { runRelay } from './relay.ts';
import { runStatus } from './status.ts';
import { runTimers } from './timers.ts';

const USAGE =
  'npm run bench -- intake|footprint|relay|fanout|import|timers|status|chat|mail [--short] [--json]';

/** The benches by name: each gives its numbers and the bounds that the numbers have to keep. */
const benches: Record<string, (options: Options) => Promise<{ result: object; targets: Target[] }>> = {
  async intake(options) {
    const result = await runIntake(options);
    const targets: Target[] = [
      { name: 'ratio', value: result.ratio, atLeast: 0.5 },
      { name: 'p99_ms', value: result.p99_ms, below: 100 },
      { name: 'flat', value: result.flat, atLeast: 0.8 },
      { name: 'discord_calls', value: result.discord_calls, atMost: 3 },
    ];
    return { result, targets };
  },
  async footprint(options) {
    const result = await runFootprint(options);
    const targets: Target[] = [
      { name: 'ready_ms', value: result.ready_ms, below: 3000 },
      { name: 'rss_mb', value: result.rss_mb, below: 150 },
      { name: 'week_live', value: result.week_live, atMost: 1.1 },
      { name: 'week_rss', value: result.week_rss, atMost: 1.1 },
    ];
    return { result, targets };
  },
  async relay(options) {
    const result = await runRelay(options);
    const targets: Target[] = [
      { name: 'over_bound', value: result.over_bound, atMost: 1.05 },
      { name: 'http_429', value: result.http_429, atMost: 0 },
      { name: 'reply_p99_ms', value: result.reply_p99_ms, below: 1000 },
    ];
    return { result, targets };
  },
  async fanout(options) {
    const result = await runFanout(options);
    const targets: Target[] = [
      { name: 'expand_ms', value: result.expand_ms, below: 2000 },
      { name: 'over_bound', value: result.over_bound, atMost: 1.05 },
      { name: 'http_429', value: result.http_429, atMost: 0 },
      { name: 'reply_p99_ms', value: result.reply_p99_ms, below: 1000 },
    ];
    return { result, targets };
  },
  async import(options) {
    const result = await runImport(options);
    const targets: Target[] = [
      { name: 'rows_per_s', value: result.rows_per_s, atLeast: 1667 }, // 100,000 in a minute
      { name: 'again_changed', value: result.again_changed, atMost: 0 },
    ];
    return { result, targets };
  },
  async chat(options) {
    const result = await runChat(options);
    const targets: Target[] = [
      { name: 'p99_ms', value: result.p99_ms, below: 150 },
      { name: 'bubble_kb', value: result.bubble_kb, below: 30 },
      { name: 'lost', value: result.lost, atMost: 0 },
    ];
    return { result, targets };
  },
  async status(options) {
    const result = await runStatus(options);
    const targets: Target[] = [
      { name: 'ratio', value: result.ratio, atLeast: 0.7 },
      { name: 'kb', value: result.kb, below: 50 },
    ];
    return { result, targets };
  },
  async mail(options) {
    const result = await runMail(options);
    return { result, targets: [{ name: 'per_s', value: result.per_s, atLeast: 200 }] };
  },
  async timers(options) {
    const result = await runTimers(options);
    const targets: Target[] = [
      { name: 'late_p99_ms', value: result.late_p99_ms, below: 1500 },
      { name: 'missed', value: result.missed, atMost: 0 },
      { name: 'recompute_ms', value: result.recompute_ms, below: 1 },
      { name: 'after_kill_ms', value: result.after_kill_ms, below: 5000 },
      { name: 'after_outage_ms', value: result.after_outage_ms, below: 5000 },
    ];
    return { result, targets };
  },
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, short: { type: 'boolean', default: false } },
  });
  const [name = ''] = positionals;
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (bench === undefined) {
    process.stderr.write(`${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (values.short) say('short: less of everything than in the run that counts');
  const { result, targets } = await bench({ short: values.short, say });
  for (const target of targets) say(judged(target));
  if (values.json) say(JSON.stringify({ bench: name, ...result }));
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
