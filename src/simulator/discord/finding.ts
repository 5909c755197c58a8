import type { OpenModal } from './modal-form.ts';
import type { ModalField } from './modal-view.ts';
import { fieldsOf, optionsOf } from './modal-view.ts';
import { buttonsOf, titleOf, visibleChannels, visibleMessages } from './screen.ts';
import type { ChannelState, MessageState } from './types.ts';
import { ChannelType } from './types.ts';
import type { World } from './world.ts';

/** The place that somebody means: id, title, or a fragment of the title (newest first). Throws when there is none. */
export function findPlace(world: World, userId: string, where: string): ChannelState {
  const list = visibleChannels(world, userId);
  const wanted = where.toLowerCase();
  const title = (one: ChannelState) => titleOf(world, one).toLowerCase();
  const hit =
    list.find(one => one.id === where) ??
    list.findLast(one => title(one) === wanted || one.name.toLowerCase() === wanted) ??
    (wanted === 'dm' ? list.find(one => one.type === ChannelType.dm) : undefined) ??
    list.findLast(one => title(one).includes(wanted));
  if (hit) return hit;
  throw new Error(`no place "${where}"; there are: ${list.map(one => titleOf(world, one)).join(' | ')}`);
}

/** A button or a select's option under a message. */
interface Pressable {
  readonly message: MessageState;
  readonly id: string;
  readonly disabled: boolean;
}

/** The newest visible button with this label or id, exact before a fragment. Throws when there is none. */
export function findButton(channel: ChannelState, userId: string, label: string): Pressable {
  const wanted = label.toLowerCase();
  const every = visibleMessages(channel, userId)
    .toReversed()
    .flatMap(message => buttonsOf(message).map(button => ({ message, button })));
  const hit =
    every.find(({ button }) => button.label === label || button.id === label) ??
    every.find(({ button }) => button.label.toLowerCase().includes(wanted));
  if (!hit)
    throw new Error(`no button "${label}"; there are: ${every.map(one => one.button.label).join(' | ')}`);
  return { message: hit.message, id: hit.button.id, disabled: hit.button.disabled };
}

/** The message with this id among those somebody sees, with its channel. */
export function findMessage(
  world: World,
  userId: string,
  id: string,
): { channel: ChannelState; message: MessageState } {
  for (const channel of visibleChannels(world, userId)) {
    const message = visibleMessages(channel, userId).find(one => one.id === id);
    if (message) return { channel, message };
  }
  throw new Error(`no message ${id} in sight`);
}

/** The form's field with this label or id, exact before a fragment. */
export function findField(modal: OpenModal, name: string): ModalField {
  const list = fieldsOf(modal);
  const wanted = name.toLowerCase();
  const hit =
    list.find(one => one.id === name || one.label === name) ??
    list.find(one => one.label.toLowerCase().includes(wanted));
  if (!hit) throw new Error(`no field "${name}"; there are: ${list.map(one => one.label).join(' | ')}`);
  return hit;
}

/** What goes into a field for what somebody chose: text as it is, options by label or value, several with commas. */
export function fieldValue(field: ModalField, given: string): string {
  const options = optionsOf(field.component);
  if (!options.length) return given;
  const one = (text: string) => options.find(option => option.value === text || option.label === text)?.value;
  const whole = one(given);
  if (whole !== undefined || given === '') return whole ?? '';
  return given
    .split(',')
    .map(part => {
      const value =
        one(part.trim()) ??
        options.find(option => option.label.toLowerCase().includes(part.trim().toLowerCase()))?.value;
      if (value === undefined)
        throw new Error(
          `no option "${part}" in "${field.label}"; there are: ${options.map(option => option.label).join(' | ')}`,
        );
      return value;
    })
    .join(',');
}
