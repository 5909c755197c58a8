import type { Handle } from '../actor.ts';
import type { Answer, Button, InboundFile, Sender } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { isBlank, literal, literalInline, oneLine, plain } from '../text/index.ts';
import { openInChat } from '../ticket/index.ts';
import { beginDraft, changeDraft, type Draft, draftAt, endDraft, keepFiles } from './drafts.ts';
import { type Beginning, checkOptions, choicesOf, namedDepartment, optionsOf, sayFault } from './form.ts';
import { proofWanted } from './guard.ts';
import type { FieldFault, FieldSpec, Values } from './model.ts';
import { choicesOfOwn, noneOfThese } from './own.ts';
import { checkField, checkForm } from './rules/check.ts';
import { fieldsFor, stepAfter, stepBefore, ticketFields } from './rules/fields.ts';
import { pickedOf, type ServiceChoice } from './rules/services.ts';

/** The form as a conversation in a person's own chat. Each step is in the database before it is asked, so it survives a restart. */
export interface Talk {
  readonly act: Act;
  readonly owner: Handle;
  readonly from: Sender;
  readonly placeId: number;
}

/** A talk with the person's own services at hand. */
interface Informed extends Talk {
  readonly services: readonly ServiceChoice[];
}

/** `named`: what was typed or picked as the service, now or before. */
async function informed(talk: Talk, named: string | undefined): Promise<Informed> {
  return { ...talk, services: await choicesOfOwn(talk.act.tx, { handleId: talk.owner.id }, named) };
}

const choicesIn = ({ act, services }: Informed) => choicesOf(act, services);
const optionsIn = ({ act, owner, services }: Informed) => checkOptions(act, owner.locale, services, true);

/**
 * `/ticket`: begins the conversation, or goes on with a half-finished one. A text it is to begin with (CommonMark) is kept in both, after what
 * was kept before because it belonged to no ticket; what a link says already is not asked.
 */
export async function beginTalk(of: Talk, { subject, text = '', department }: Beginning): Promise<Answer> {
  const { act, owner, placeId } = of;
  const known = namedDepartment(act, department);
  const say = (key: string): string => act.phrases.say(owner.locale, key);
  const draft = await draftAt(act, placeId);
  const talk = await informed(of, draft?.values.about);
  if (draft !== undefined && draft.step !== null) {
    const step = draft.step.replace(PARKED, '');
    const values = described(draft.values, text);
    return goTo(talk, draft, values, step, say('wizard-resume'));
  }
  const said = { ...draft?.values, ...(subject && { subject }), ...(known && { department: known }) };
  const values = described(said, text);
  const step = stepAfter(known && 'department', values, choicesIn(talk));
  if (draft === undefined) return ask(talk, await beginDraft(act, owner, placeId, values, step));
  const kept = isBlank(draft.values.description ?? '') ? filesLine(talk, draft) : say('wizard-kept');
  return goTo(talk, draft, values, step, kept);
}

/** A text is put after what was described so far. */
function described(values: Values, text: string): Values {
  if (isBlank(text)) return values;
  return { ...values, description: `${values.description ?? ''}\n\n${text}`.trim() };
}

/** Keeps what belongs to no ticket, after what came before it, and offers to open one with all of it, in the words of that key. */
export async function offerToOpen(
  talk: Talk,
  text: string,
  files: readonly InboundFile[],
  question = 'wizard-nothing-open',
): Promise<Answer> {
  const { act, owner, placeId } = talk;
  const earlier = await draftAt(act, placeId);
  const said = earlier?.step === null ? `${earlier.values.description ?? ''}\n\n${text}` : text;
  const kept = { description: said.trim() };
  if (earlier?.step === null) await changeDraft(act, earlier.id, kept, null);
  const { id, files: before } =
    earlier?.step === null ? earlier : await beginDraft(act, owner, placeId, kept, null);
  await keepFiles(act, id, [...before, ...files]);
  const label = kept.description === '' ? 'open-a-ticket' : 'open-with-this-text';
  return {
    type: 'say',
    text: act.phrases.say(owner.locale, question),
    buttons: [button(talk, `keep:${id}`, label, 'primary')],
  };
}

/** What people type when they want to leave, besides the button. */
const CANCEL_WORDS = ['cancel', 'anuluj'];

/** Ends the conversation without a ticket. */
export async function cancelTalk({ act, owner }: Talk, draft: Draft): Promise<Answer> {
  await endDraft(act, draft.id);
  return { type: 'say', text: act.phrases.say(owner.locale, 'wizard-cancelled') };
}

/** A conversation that waits while the person writes to a ticket; `/ticket` goes on with it. */
const PARKED = 'parked:';

/** Puts the conversation aside: what is written next goes to a ticket. */
export async function parkTalk({ act }: Talk, draft: Draft): Promise<void> {
  if (isTalking(draft)) await changeDraft(act, draft.id, draft.values, `${PARKED}${draft.step}`);
}

/** The next message is an answer to the conversation. */
export function isTalking(draft: Draft | undefined): draft is Draft {
  return draft !== undefined && draft.step !== null && !draft.step.startsWith(PARKED);
}

/** What a person says in the middle of the conversation. Files go with the ticket, at whatever step they come. */
export async function hearTalk(
  of: Talk,
  before: Draft,
  text: string,
  files: readonly InboundFile[],
): Promise<Answer> {
  const draft = { ...before, files: [...before.files, ...files] };
  const talk = await informed(of, before.step === 'about' ? plain(text) : before.values.about);
  if (files.length > 0) await keepFiles(talk.act, draft.id, draft.files);
  if (files.length > 0 && isBlank(text)) return ask(talk, draft, filesLine(talk, draft));
  if (CANCEL_WORDS.includes(text.trim().toLowerCase())) return cancelTalk(talk, draft);
  const field = fieldOf(draft);
  if (field === undefined && SEND_WORDS.includes(text.trim().toLowerCase())) return send(talk, draft);
  if (field === undefined)
    return NO_WORDS.includes(text.trim().toLowerCase()) ? ask(talk, draft) : keepWords(talk, draft, text);
  const answer = answerFor(talk, field, text);
  const isNoAnswer = field.kind === 'choice' && 'fault' in checkField(field, answer, optionsIn(talk));
  return isNoAnswer && SENTENCE.test(text) ? keepWords(talk, draft, text) : take(talk, draft, field, answer);
}

/** What people type instead of pressing the button under what would be sent. */
const SEND_WORDS = ['send', 'yes', 'wyślij', 'wyslij', 'tak'];
/** What is wrong is still to be said: Back and Cancel are there. */
const NO_WORDS = ['no', 'nie'];
/** Three words or more at a choice are not one of its answers mistyped. */
const SENTENCE = /\S\s+\S+\s+\S/;

/** What answers nothing that was asked is about the matter: it goes with the description, and the question stands. */
async function keepWords(talk: Informed, draft: Draft, text: string): Promise<Answer> {
  const { act, owner } = talk;
  const values = described(draft.values, text);
  await changeDraft(act, draft.id, values, draft.step);
  return ask(talk, { ...draft, values }, act.phrases.say(owner.locale, 'wizard-kept'));
}

/** A button of the conversation: `pick`, `keep`, `back`, `cancel`, `send`. A button of an earlier conversation does nothing. */
export async function pressTalk(
  of: Talk,
  verb: string,
  draftId: string,
  rest: readonly string[],
): Promise<Answer> {
  const { act, owner, placeId } = of;
  const draft = await draftAt(act, placeId);
  if (draft === undefined || String(draft.id) !== draftId)
    return { type: 'say', text: act.phrases.say(owner.locale, 'draft-gone'), buttons: [openButton(of)] };
  const talk = await informed(of, rest[0] === 'about' ? rest[1] : draft.values.about);
  switch (verb) {
    case 'keep':
      return onward(talk, draft, draft.values, undefined);
    case 'pick':
      return pick(talk, draft, rest);
    case 'back':
      return goTo(talk, draft, draft.values, stepBefore(draft.step ?? '', draft.values, choicesIn(talk)));
    case 'cancel':
      return cancelTalk(talk, draft);
    case 'send':
      return send(talk, draft);
    default:
      return { type: 'nothing' };
  }
}

/** The button that begins a conversation. */
export function openButton(talk: Pick<Talk, 'act' | 'owner'>): Button {
  return button(talk, 'new', 'open-a-ticket', 'primary');
}

function button(
  talk: Pick<Talk, 'act' | 'owner'>,
  action: string,
  key: string,
  style: Button['style'] = 'plain',
): Button {
  return { action, label: oneLine(plain(talk.act.phrases.say(talk.owner.locale, key)), 40), style };
}

/** A moment in a button: ms since the epoch. */
const MOMENT = /^\d{1,15}$/;

async function pick(talk: Informed, draft: Draft, [fieldId, value]: readonly string[]): Promise<Answer> {
  const field = ticketFields.find(one => one.id === fieldId);
  if (field === undefined || value === undefined) return ask(talk, draft);
  if (field.id === 'began' && MOMENT.test(value))
    return take(talk, draft, field, new Date(Number(value)).toISOString());
  return field.kind === 'choice' ? take(talk, draft, field, value) : ask(talk, draft);
}

/** Takes the answer to one question, or says what is wrong with it and asks again. */
async function take(talk: Informed, draft: Draft, field: FieldSpec, typed: string): Promise<Answer> {
  const { act, owner } = talk;
  const result = checkField(field, typed, optionsIn(talk));
  if ('fault' in result) {
    const { fault } = result;
    return ask(talk, draft, literal(sayFault(act, owner.locale, fault)), fault.moments);
  }
  // What the person typed is kept, not what was made of it: the whole form is checked once more before it is sent.
  const checked = field.kind === 'choice' || field.id === 'began';
  const values = { ...draft.values, [field.id]: checked ? result.value : typed };
  return onward(talk, draft, values, field.id);
}

/** On to what is asked next. A description that was kept from an earlier message, and will do, is not asked for again. */
async function onward(
  talk: Informed,
  draft: Draft,
  values: Values,
  from: string | undefined,
): Promise<Answer> {
  const choices = choicesIn(talk);
  const step = stepAfter(from, values, choices);
  const field = ticketFields.find(one => one.id === step);
  const options = optionsIn(talk);
  const known =
    step === 'description' &&
    field !== undefined &&
    'value' in checkField(field, values.description ?? '', options);
  return goTo(talk, draft, values, known ? stepAfter(step, values, choices) : step);
}

async function goTo(
  talk: Informed,
  draft: Draft,
  values: Values,
  step: string,
  before = '',
): Promise<Answer> {
  await changeDraft(talk.act, draft.id, values, step);
  return ask(talk, { ...draft, values, step }, before);
}

async function send(talk: Informed, draft: Draft): Promise<Answer> {
  const { act, owner, from, placeId } = talk;
  const checked = checkForm(draft.values, optionsIn(talk));
  if (!checked.ok) {
    const [first = 'department', fault] = Object.entries(checked.faults)[0] ?? [];
    return goTo(talk, draft, draft.values, first, fault && literal(sayFault(act, owner.locale, fault)));
  }
  const sender = { channel: owner.channel, sender: from, locale: owner.locale };
  const wanted = await proofWanted(act, act.tx, sender, checked.request);
  // The conversation stays where it is: it can be sent once it is proved.
  if (wanted !== undefined)
    return {
      type: 'say',
      text: wanted.text,
      buttons: [
        ...wanted.buttons,
        button(talk, `send:${draft.id}`, 'wizard-send'),
        button(talk, `cancel:${draft.id}`, 'form-cancel', 'danger'),
      ],
    };
  await endDraft(act, draft.id);
  await openInChat(act, owner, from, placeId, checked.request, draft.files);
  return { type: 'nothing' };
}

function fieldOf(draft: Draft): FieldSpec | undefined {
  return ticketFields.find(field => field.id === draft.step);
}

/** The description keeps its markup; a choice is matched; everything else is plain text. */
function answerFor(talk: Informed, field: FieldSpec, text: string): string {
  if (field.id === 'description') return text;
  return field.kind === 'choice' ? matchChoice(talk, field, plain(text)) : plain(text);
}

function matchChoice({ act, owner, services }: Informed, field: FieldSpec, text: string): string {
  const wanted = text.trim().toLocaleLowerCase(owner.locale);
  const options = optionsOf(act, field, owner.locale, services) ?? [];
  return (
    options.find(one => [one.value, one.label.toLocaleLowerCase(owner.locale)].includes(wanted))?.value ??
    text
  );
}

/** Asks what the draft's step asks, with what was said before it; `moments`: what the time that was typed can mean. */
function ask(talk: Informed, draft: Draft, before = '', moments: FieldFault['moments'] = []): Answer {
  const { act, owner, services } = talk;
  const field = fieldOf(draft);
  const listed = field === undefined ? [] : optionsOf(act, field, owner.locale, services);
  const typed = field?.id === 'about' && listed === undefined;
  const question =
    field === undefined
      ? review(talk, draft)
      : act.phrases.say(owner.locale, `wizard-ask-${field.id}${typed ? '-typed' : ''}`);
  const choices = typed ? [noneOfThese(act, owner.locale)] : (listed ?? []);
  const first = stepAfter(undefined, draft.values, choicesIn(talk));
  return {
    type: 'say',
    text: before === '' ? question : `${before}\n\n${question}`,
    buttons: [
      ...moments.map(({ at, label }) => ({
        action: `pick:${draft.id}:${field?.id}:${at.getTime()}`,
        label: oneLine(label, 40),
      })),
      ...choices.map(one => ({
        action: `pick:${draft.id}:${field?.id}:${one.value}`,
        label: oneLine(one.label, 40),
      })),
      ...(field === undefined ? [button(talk, `send:${draft.id}`, 'wizard-send', 'primary')] : []),
      ...(draft.step === first ? [] : [button(talk, `back:${draft.id}`, 'form-back')]),
      button(talk, `cancel:${draft.id}`, 'form-cancel', 'danger'),
    ],
  };
}

function filesLine({ act, owner }: Talk, { files }: Draft): string {
  return act.phrases.say(owner.locale, 'wizard-files', { count: files.length });
}

function review(talk: Informed, draft: Draft): string {
  const { act, owner, services } = talk;
  const { values } = draft;
  const { write } = optionsIn(talk);
  const lines = fieldsFor(values, choicesIn(talk))
    .filter(field => (values[field.id] ?? '') !== '')
    .map(field => {
      const label = plain(act.phrases.say(owner.locale, `field-${field.id}`));
      const option =
        field.id === 'about'
          ? pickedOf(values.about, services)?.label
          : optionsOf(act, field, owner.locale, services)?.find(one => one.value === values[field.id])?.label;
      const value = values[field.id] ?? '';
      const shown =
        field.id === 'began'
          ? write(new Date(value))
          : field.id === 'description'
            ? oneLine(plain(value), 300)
            : (option ?? value);
      return `**${literalInline(label)}**: ${literalInline(oneLine(shown, 300))}`;
    });
  if (draft.files.length > 0) lines.push(filesLine(talk, draft));
  return `${act.phrases.say(owner.locale, 'wizard-review')}\n\n${lines.join('\n\n')}`;
}
