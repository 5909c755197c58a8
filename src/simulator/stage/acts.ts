import { z } from 'zod';
import type { Choice, GivenFile, Person, Simulator } from '../model.ts';

/** The largest act in bytes: the longest text that anybody tries on a platform, and some pictures. */
export const MAX_BODY = 16 * 1024 * 1024;
/** Longest error on the page, in UTF-16 units. */
const MAX_ERROR = 240;

const whose = {
  platform: z.enum(['slack', 'discord', 'telegram', 'mail']),
  person: z.string().min(1).max(40),
};
const id = z.string().min(1).max(200);
const values = z.record(z.string().max(200), z.string());
const files = z.array(z.object({ name: z.string().min(1).max(255), base64: z.base64() })).max(10);

const actSchema = z.discriminatedUnion('act', [
  z
    .object({
      ...whose,
      act: z.literal('says'),
      text: z.string(),
      where: id.optional(),
      files: files.optional(),
    })
    .refine(({ text, files }) => text !== '' || files !== undefined, {
      path: ['text'],
      error: 'nothing is said',
    }),
  z.object({ ...whose, act: z.literal('repliesTo'), message: id, text: z.string().min(1) }),
  z.object({ ...whose, act: z.literal('edits'), message: id, text: z.string().min(1) }),
  z.object({ ...whose, act: z.literal('deletes'), message: id }),
  z.object({
    ...whose,
    act: z.literal('reacts'),
    message: id,
    emoji: z.string().min(1).max(40),
    on: z.boolean(),
  }),
  z.object({ ...whose, act: z.literal('attaches'), files, label: z.string().max(200) }),
  z.object({ ...whose, act: z.literal('presses'), label: z.string().min(1).max(400), where: id.optional() }),
  z.object({ ...whose, act: z.literal('fills'), values }),
  z.object({ ...whose, act: z.literal('submits'), values: values.optional() }),
  z.object({ ...whose, act: z.literal('dismisses') }),
  z.object({ ...whose, act: z.literal('goes'), where: id }),
  z.object({ ...whose, act: z.literal('types'), text: z.string().min(1).max(4000), where: id.optional() }),
]);

/** Something one of the people does. */
export type Act = z.output<typeof actSchema>;

/** Reads an act; a text instead says what is wrong with it. */
export function readAct(body: string): Act | string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return 'That is no JSON.';
  }
  const parsed = actSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `That is no act: ${issue?.path.join('.') || 'act'}: ${issue?.message ?? 'it cannot be read'}.`;
}

/** What came of an act: the id of the message it became, or what the platform offers for what is being typed. */
type Done = { message: string | null } | { choices: readonly Choice[] };

/** Lets the person do it. What the platform or its client refuses comes back as a short text. */
export async function perform(simulators: readonly Simulator[], act: Act): Promise<Done | { error: string }> {
  try {
    const simulator = simulators.find(({ platform }) => platform === act.platform);
    if (simulator === undefined) throw new Error(`${act.platform} is not on this stage`);
    const person = simulator.person(act.person);
    if (act.act === 'types') return { choices: (await person.types?.(act.text, act.where)) ?? [] };
    return { message: (await play(person, act)) ?? null };
  } catch (error) {
    return { error: briefly(error) };
  }
}

async function play(person: Person, act: Exclude<Act, { act: 'types' }>): Promise<string | undefined> {
  switch (act.act) {
    case 'says':
      return person.says(act.text, act.where, act.files?.map(fileOf));
    case 'edits':
      await person.edits(act.message, act.text);
      return undefined;
    case 'deletes':
      await person.deletes(act.message);
      return undefined;
    case 'reacts':
      await person.reacts(act.message, act.emoji, act.on);
      return undefined;
    case 'attaches':
      if (person.attaches === undefined) throw new Error('forms take no files here');
      await person.attaches(act.files.map(fileOf), act.label);
      return undefined;
    case 'repliesTo':
      return person.repliesTo(act.message, act.text);
    case 'presses':
      await person.presses(act.label, act.where);
      return undefined;
    case 'fills':
      await person.fills(act.values);
      return undefined;
    case 'submits':
      if (act.values !== undefined) await person.fills(act.values);
      await person.submits();
      return undefined;
    case 'dismisses':
      await person.dismisses();
      return undefined;
    case 'goes':
      await person.goes(act.where);
      return undefined;
  }
}

function fileOf({ name, base64 }: { readonly name: string; readonly base64: string }): GivenFile {
  return { name, bytes: Buffer.from(base64, 'base64') };
}

/** The people's errors end with their whole screen; the page shows that anyway. */
function briefly(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const text = line.replace(/[\s:]+$/, '');
  return text.length > MAX_ERROR ? `${text.slice(0, MAX_ERROR - 1)}…` : text;
}
