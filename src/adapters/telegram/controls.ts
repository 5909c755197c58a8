import type { InlineKeyboardButton } from 'grammy/types';
import type { Button } from '../../core/index.ts';

/** A label longer than this, in UTF-16 units, would be cut beside another one on a phone. */
const MAX_SHARED_LABEL = 20;

/** Buttons as rows: two short ones share a row, a long one has its own. `undefined` for none. */
export function keyboard(buttons: readonly Button[]): InlineKeyboardButton[][] | undefined {
  const rows: Button[][] = [];
  for (const button of buttons) {
    const row = rows.at(-1);
    const shares =
      row?.length === 1 && [...row, button].every(({ label }) => label.length <= MAX_SHARED_LABEL);
    if (shares) row.push(button);
    else rows.push([button]);
  }
  return rows.length === 0 ? undefined : rows.map(row => row.map(inlineButton));
}

function inlineButton({ action, label, style = 'plain' }: Button): InlineKeyboardButton {
  const look = style === 'plain' ? {} : { style };
  return { text: label, callback_data: action, ...look };
}
