import { z } from 'zod';
import { duration, id, locale, words, zone } from './parts.ts';

/** Ways to reach a person: their own chat with the desk, a mention in the ticket's post, a mail. */
export const pageWays = ['dm', 'mention', 'mail'] as const;
/** A way to reach a person. */
export type PageWay = (typeof pageWays)[number];

const ways = z.array(z.enum(pageWays, 'a way is dm, mention or mail')).min(1).max(3);

/** Somebody of the staff, as several platforms know them. Who stands here nowhere is still staff: they are reached where they are. */
const person = z.strictObject({
  id,
  name: z.string().min(1).max(60),
  /** What customers may call them, for example a first name; without it they learn no name. */
  public: z.string().min(1).max(40).optional(),
  language: locale.optional(),
  /** Platform → the person's id there; `email` → their address. */
  reach: z.record(z.string(), z.string().min(1).max(200)),
  /** How to page them, first choice first; they can choose for themselves. */
  ways: ways.optional(),
});

const team = z.strictObject({
  id,
  name: words,
  /** `anyone`: whoever of the staff has said that they are on duty. Else persons, and `team:ID` for all of another team. */
  members: z.union([
    z.literal('anyone'),
    z.array(
      z.string().regex(/^(?:team:)?[a-z][a-z0-9-]{0,19}$/, 'a member is the id of a person, or team:ID'),
    ),
  ]),
});

/** Shifts: whole days or weeks on the wall of the rotation's zone, or hours that divide a day. */
const shift = z
  .string()
  .regex(
    /^(?:[1-9]\d?[dw]|(?:1|2|3|4|6|8|12)h)$/,
    'a shift is a number of days or weeks, such as 1d or 1w, or hours that divide a day: 1h, 2h, 3h, 4h, 6h, 8h or 12h',
  )
  .transform((text): { readonly hours: number } | { readonly days: number } => {
    const count = Number(text.slice(0, -1));
    return text.endsWith('h') ? { hours: count } : { days: count * (text.endsWith('w') ? 7 : 1) };
  });

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written 2026-01-05, in quotes')
  .refine(text => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true, 'there is no such day');

const wallTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of the day is written "09:00", in quotes')
  .transform(text => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** Shifts of one rotation; a later layer goes before the earlier ones while it is open. */
const layer = z.strictObject({
  members: z.array(id).min(1).max(50),
  every: shift,
  /** The day of the first shift, which is the first member's. */
  start: date,
  /** Minutes of the day on the wall of the zone. */
  handover: wallTime.prefault('09:00'),
  /** It counts only then. */
  calendar: id.optional(),
});

const oncall = z.strictObject({ id, name: words, zone, layers: z.array(layer).min(1).max(5) });

const level = z.strictObject({
  id,
  name: words,
  /** Who works there. */
  team: id.optional(),
  oncall: id.optional(),
  /** When it is open; always when not said. */
  calendar: id.optional(),
  /** Only for tickets of these departments. */
  departments: z.array(id).min(1).optional(),
  /** Where a ticket goes from here: the first that is for its department. */
  up: z.array(id).max(10).default([]),
  /** A ticket that nobody touches for so long while the level is open goes up by itself. */
  untouched: duration.optional(),
});

const condition = z.strictObject({
  critical: z.boolean().optional(),
  departments: z.array(id).min(1).optional(),
  /** Only while this calendar is open. */
  during: id.optional(),
});

/** Whom a step pages. `up: 1` is the level above the one where the ticket is; `up: 0` that level itself. */
const whom = z.union(
  [
    z.strictObject({ up: z.number().int().min(0).max(9) }),
    z.strictObject({ level: id }),
    z.strictObject({ team: id }),
    z.strictObject({ oncall: id }),
    z.strictObject({ person: id }),
    z.strictObject({ assignee: z.literal(true) }),
  ],
  'whom to page is one of { up: 0 }, { level: ID }, { team: ID }, { oncall: ID }, { person: ID }, { assignee: true }',
);

/** When a step comes: `0s`, `5m` (since the ticket was opened); `50%` of a promise; `missed`, `missed+5m`. */
const moment = z
  .string()
  .regex(
    /^(?:(?:0|[1-9]\d{0,4})[smhd]|(?:[1-9]|[1-9]\d)%|missed(?:\+[1-9]\d{0,4}[smhd])?)$/,
    'a step comes at a time since the opening such as 5m, at a share of the promise such as 50%, at missed, or at missed+5m',
  )
  .transform(
    (text): { readonly opened: number } | { readonly share: number } | { readonly missed: number } => {
      const seconds = (part: string): number =>
        Number(part.slice(0, -1)) * { s: 1, m: 60, h: 3600, d: 86_400 }[part.at(-1) as 's'];
      if (text.endsWith('%')) return { share: Number(text.slice(0, -1)) };
      return text.startsWith('missed')
        ? { missed: text.length > 6 ? seconds(text.slice(7)) : 0 }
        : { opened: seconds(text) };
    },
  );

const step = z.strictObject({
  at: moment,
  page: z.array(whom).min(1).max(5),
  /** Instead of what the persons chose. */
  how: ways.optional(),
  /** It pages so often again before the ladder goes on. */
  repeat: z.number().int().min(0).max(10).default(0),
  when: condition.optional(),
});

const escalation = z.strictObject({
  id,
  /** The first policy that fits a ticket is its ladder. */
  for: condition.omit({ during: true }).prefault({}),
  steps: z.array(step).min(1).max(20),
  /** Seconds that the paged have to acknowledge before the ladder goes on. */
  wait: duration.prefault('3m'),
  /** Seconds until the next of a person's ways is tried. */
  next_way: duration.prefault('1m'),
  /** Seconds that an acknowledgement holds without a reply. */
  acknowledged: duration.prefault('5m'),
  /** The whole ladder is gone through so often again. */
  again: z.number().int().min(0).max(9).default(1),
  /** Seconds between two calls to everybody, once nobody was found. */
  catch_all: duration.prefault('10m'),
});

/** The sections of `desk.yaml` about who works where and when, and who is paged. All of them can be left out. */
export const ladderSections = {
  people: z.array(person).max(500).default([]),
  teams: z.array(team).max(50).default([]),
  oncall: z.array(oncall).max(50).default([]),
  levels: z.array(level).max(20).default([]),
  ladder: z.array(escalation).max(20).default([]),
};

const sections = z.object(ladderSections);
/** What the policy says of staff, levels and ladders. Durations are seconds. */
export type LadderPolicy = z.output<typeof sections>;
/** Somebody of the staff. */
export type PersonPolicy = LadderPolicy['people'][number];
/** Shifts under one name. */
export type OncallPolicy = LadderPolicy['oncall'][number];
/** A level of support. */
export type LevelPolicy = LadderPolicy['levels'][number];
/** One ladder. */
export type EscalationPolicy = LadderPolicy['ladder'][number];
/** One step of a ladder. */
export type StepPolicy = EscalationPolicy['steps'][number];
/** Whom a step pages. */
export type Whom = StepPolicy['page'][number];
