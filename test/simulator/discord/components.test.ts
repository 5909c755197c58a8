import { describe, expect, it } from 'vitest';
import { answer, form, interaction, withCommands } from './desk-kit.ts';
import type { Json } from './kit.ts';
import { refused, say } from './kit.ts';

describe('buttons', () => {
  it('say which was pressed and by whom, and update their message', async () => {
    const { sim, rest, gateway } = await withCommands();
    await say(rest, sim.supportChannelId, {
      content: 'card',
      components: [
        {
          type: 1,
          components: [
            { type: 2, style: 3, label: 'Claim', custom_id: 'claim:1' },
            { type: 2, style: 4, label: 'Off', custom_id: 'off', disabled: true },
          ],
        },
        {
          type: 1,
          components: [{ type: 3, custom_id: 'pick', options: [{ label: 'Billing', value: 'b' }] }],
        },
      ],
    });
    const bob = sim.person('bob');
    await expect(bob.presses('Off', 'support')).rejects.toThrow('disabled');
    await bob.presses('Claim', 'support');
    const packet = await gateway.until(interaction(3));
    expect(packet.d).toMatchObject({
      data: { component_type: 2, custom_id: 'claim:1' },
      member: { roles: [sim.staffRoleId] },
      message: { content: 'card' },
    });
    await answer(rest, packet, { type: 7, data: { content: 'claimed by Bob', components: [] } });
    expect(await bob.sees('claimed by Bob')).toBe('claimed by Bob');
    await expect(bob.presses('Claim', 'support')).rejects.toThrow('no button');
  });

  it('of a select carry the chosen value', async () => {
    const { sim, rest, gateway } = await withCommands();
    await say(rest, sim.supportChannelId, {
      content: 'choose',
      components: [
        {
          type: 1,
          components: [{ type: 3, custom_id: 'pick', options: [{ label: 'Billing', value: 'b' }] }],
        },
      ],
    });
    await sim.person('ana').presses('Billing');
    expect((await gateway.until(interaction(3))).d.data).toMatchObject({
      component_type: 3,
      custom_id: 'pick',
      values: ['b'],
    });
  });
});

describe('forms', () => {
  async function opened() {
    const all = await withCommands();
    await all.sim.person('ana').says('/ticket open');
    const packet = await all.gateway.until(interaction(2));
    return { ...all, packet, ana: all.sim.person('ana') };
  }

  it('open, complain at the field, are submitted and close', async () => {
    const { ana, rest, gateway, packet } = await opened();
    await answer(rest, packet, { type: 9, data: form });
    await ana.sees('New ticket');
    expect(ana.screen().modal).toMatchObject({
      text: 'Tell us all',
      fields: [
        { id: 'subject', label: 'Subject', hint: 'In a few words', kind: 'text', required: true },
        {
          id: 'priority',
          kind: 'select',
          value: 'r',
          options: [
            { value: 'r', label: 'Regular' },
            { value: 'h', label: 'High' },
          ],
        },
        { id: 'department', kind: 'select', required: false },
        { id: 'old', label: 'Old way', kind: 'multiline', required: false },
      ],
    });
    await ana.submits();
    expect(ana.screen().modal?.fields[0]?.error).toBe('This field is required.');
    await ana.fills({ Subject: 'Server down', Priority: 'High', department: 'Billing' });
    gateway.on(one => {
      if (interaction(5)(one)) void answer(rest, one, { type: 4, data: { content: 'Thank you', flags: 64 } });
    });
    await ana.submits();
    expect(ana.screen().modal).toBeNull();
    const { d } = await gateway.until(interaction(5));
    expect(d.data).toMatchObject({
      custom_id: 'form',
      components: [
        { type: 10 },
        { type: 18, component: { type: 4, custom_id: 'subject', value: 'Server down' } },
        { type: 18, component: { type: 21, custom_id: 'priority', value: 'h' } },
        { type: 18, component: { type: 3, custom_id: 'department', values: ['b'] } },
        { type: 1, components: [{ type: 4, custom_id: 'old', value: '' }] },
      ],
    });
    expect(await ana.sees('Thank you')).toBe('Thank you');
  });

  it('stay open when nobody answers', async () => {
    const { ana, rest, packet } = await opened();
    await answer(rest, packet, {
      type: 9,
      data: {
        custom_id: 'f',
        title: 'T',
        components: [{ type: 18, label: 'L', component: { type: 4, custom_id: 'a', style: 1 } }],
      },
    });
    await ana.fills({ L: 'x' });
    await ana.submits();
    expect(ana.screen().modal).toMatchObject({ title: 'T', text: 'Something went wrong. Try again.' });
    await ana.dismisses();
    expect(ana.screen().modal).toBeNull();
  });

  const label = (more: Json = {}, component: Json = {}) => ({
    type: 18,
    label: 'L',
    component: { type: 4, custom_id: 'a', style: 1, ...component },
    ...more,
  });
  it.each([
    ['a title over 45', { title: 't'.repeat(46) }],
    ['six components', { components: Array.from({ length: 6 }, (_, n) => label({}, { custom_id: `${n}` })) }],
    ['a label over 45', { components: [label({ label: 'l'.repeat(46) })] }],
    ['a description over 100', { components: [label({ description: 'd'.repeat(101) })] }],
    [
      'one radio option',
      {
        components: [
          label({ component: { type: 21, custom_id: 'r', options: [{ label: 'a', value: 'a' }] } }),
        ],
      },
    ],
    ['the same id twice', { components: [label(), label()] }],
    [
      'a button in it',
      { components: [{ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'x' }] }] },
    ],
    ['nothing in it', { components: [] }],
  ])('with %s are refused', async (_, more) => {
    const { rest, packet } = await opened();
    const body = { type: 9, data: { custom_id: 'f', title: 'T', components: [label()], ...more } };
    expect(await refused(answer(rest, packet, body))).toMatchObject({ status: 400, code: 50035 });
  });
});
