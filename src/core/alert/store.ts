import type { Act } from '../context.ts';
import { countHits, type NoticeObject } from '../notice/index.ts';
import type { AlertSource } from '../policy/index.ts';
import type { Alert, AlertRow } from './model.ts';
import { alertColumns, readKnown } from './read.ts';
import { type About, aboutOf, type Named, namedBy, objectKey } from './rules/named.ts';
import { type AlertStep, saidBy, stepOf } from './rules/step.ts';

/** An alert that was heard: what it told, and how it is kept now. */
export interface Heard {
  readonly step: AlertStep;
  readonly row: AlertRow;
}

interface Change {
  readonly alert: Alert;
  readonly step: AlertStep;
  readonly known: AlertRow | undefined;
  readonly about: About;
}

/**
 * Writes down what a source tells, in a few statements however much it is. An alert is kept once for its fingerprint; one that comes again tells
 * nothing new. Call it with the alerts locked.
 */
export async function storeAlerts(
  act: Act,
  source: AlertSource,
  alerts: readonly Alert[],
): Promise<readonly Heard[]> {
  const last = [...new Map(alerts.map(one => [one.fingerprint, one])).values()];
  const known = await readKnown(
    act,
    source.name,
    last.map(one => one.fingerprint),
  );
  const steps = last.map(alert => ({
    alert,
    known: known.get(alert.fingerprint),
    step: stepOf(known.get(alert.fingerprint), alert, act.at),
  }));
  const places = await placesOf(
    act,
    source,
    steps.map(({ alert }) => alert),
  );
  const changes = steps.map((one, index) => ({
    ...one,
    about: places[index] ?? { objects: [], asks: false },
  }));
  const rows = await write(act, source.name, changes);
  return changes.flatMap(({ step, alert }) => {
    const row = rows.get(alert.fingerprint);
    return row === undefined ? [] : [{ step, row }];
  });
}

/** What of what each alert names somebody has, in their order. */
export async function placesOf(
  act: Act,
  source: Pick<AlertSource, 'labels' | 'values'>,
  alerts: readonly Pick<Alert, 'labels' | 'about' | 'impact'>[],
): Promise<readonly About[]> {
  const named = alerts.map(alert => namedBy(alert, source));
  const services = await countServices(act, named);
  return named.map(one => aboutOf(one, services));
}

/** Objects that one statement looks up. */
const AT_ONCE = 1_000;

async function countServices(act: Act, named: readonly Named[]): Promise<ReadonlyMap<string, number>> {
  const all = new Map<string, NoticeObject>();
  for (const { sure, likely } of named) for (const one of [...sure, ...likely]) all.set(objectKey(one), one);
  const objects = [...all.values()];
  const found = new Map<string, number>();
  for (let from = 0; from < objects.length; from += AT_ONCE) {
    const part = objects.slice(from, from + AT_ONCE);
    const counts = await countHits(act.tx, part);
    for (const [index, one] of part.entries()) found.set(objectKey(one), counts[index]?.services ?? 0);
  }
  return found;
}

/** What is late changes nothing; what ended keeps what it was about, and what is held all that it was. */
async function write(
  act: Act,
  source: string,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, AlertRow>> {
  const rows = changes.filter(({ step }) => step !== 'late').map(change => rowOf(act.at, change));
  const written = await act.tx<AlertRow[]>`
    insert into alert (source, fingerprint, state, summary, labels, objects, asks, began_at, ended_at, times, heard_at, said_at, held)
    select ${source}, fingerprint, state, summary, labels, objects, asks, began_at, ended_at, times, heard_at, said_at, held
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(fingerprint text, state text, summary text, labels jsonb, objects jsonb,
      asks boolean, began_at timestamptz, ended_at timestamptz, times integer, heard_at timestamptz, said_at timestamptz, held boolean)
    on conflict (source, fingerprint) do update set state = excluded.state, summary = excluded.summary, labels = excluded.labels,
      objects = excluded.objects, asks = excluded.asks, began_at = excluded.began_at, ended_at = excluded.ended_at,
      times = excluded.times, heard_at = excluded.heard_at, said_at = excluded.said_at, held = excluded.held
    returning ${alertColumns(act)}`;
  return new Map(written.map(row => [row.fingerprint, row]));
}

function rowOf(at: Date, { alert, step, known, about }: Change) {
  const { fingerprint, summary, labels } = alert;
  const isHeld = step === 'held' && known !== undefined;
  const began = step === 'begins' ? past(alert.beganAt, at) : (known?.beganAt ?? past(alert.beganAt, at));
  const isOver = alert.state === 'resolved' || isHeld;
  const ended = isOver ? (known?.endedAt ?? past(alert.endedAt, at)) : null;
  const kept = isOver && known !== undefined ? known : about;
  return {
    fingerprint,
    state: isOver ? 'resolved' : 'firing',
    summary,
    labels,
    objects: kept.objects,
    asks: kept.asks,
    began_at: ended !== null && began > ended ? ended : began,
    ended_at: ended,
    times: (known?.times ?? 0) + (step === 'begins' || known === undefined ? 1 : 0),
    heard_at: isHeld ? known.heardAt : at,
    said_at: saidBy(known, alert, at),
    held: isHeld,
  };
}

/** A clock that goes ahead tells of nothing that is still to come. */
function past(when: Date | undefined, at: Date): Date {
  return when === undefined || when > at ? at : when;
}
