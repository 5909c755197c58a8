import type { Move, TicketState } from '../model.ts';

/** The life of a ticket: from which states each move leads where. A move that is not there cannot be made. */
export const lifecycle: Readonly<Record<Move, Readonly<Partial<Record<TicketState, TicketState>>>>> = {
  wait: { open: 'waiting' },
  resume: { waiting: 'open' },
  solve: { open: 'solved', waiting: 'solved' },
  close: { open: 'closed', waiting: 'closed', solved: 'closed' },
  reopen: { solved: 'open', closed: 'open' },
};

/** Where a move leads, or why it leads nowhere. */
export function next(state: TicketState, move: Move): TicketState | 'there-already' | 'impossible' {
  const target = lifecycle[move][state];
  if (target !== undefined) return target;
  return Object.values(lifecycle[move]).includes(state) ? 'there-already' : 'impossible';
}

/** What a customer's message does to a ticket in this state: a closed one opens again only within `reopenMs` of its end. */
export function afterCustomerMessage(
  state: TicketState,
  closedAgoMs: number,
  reopenMs: number,
): Move | 'nothing' | 'too-late' {
  switch (state) {
    case 'open':
      return 'nothing';
    case 'waiting':
      return 'resume';
    case 'solved':
      return 'reopen';
    case 'closed':
      return closedAgoMs <= reopenMs ? 'reopen' : 'too-late';
  }
}
