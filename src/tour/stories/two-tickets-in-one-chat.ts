import { opensPost, seesNumber } from '../deeds.ts';
import type { Actor, Company, Story } from '../model.ts';

/** In a chat that several tickets share, it is always plain which one a message goes to. */
export const twoTicketsInOneChat: Story = {
  name: 'Ana has two tickets in Telegram and switches between them',
  async play(company) {
    const ana = company.telegram('ana');
    const bob = company.discord('bob');
    const first = await asks(company, ana, 'Kopia zapasowa', 'Jak często robicie kopie?');
    const second = await asks(company, ana, 'Nowy adres', 'Proszę o drugi adres IP.');
    await ana.says('Najlepiej z tej samej sieci.');
    await ana.sees(`To trafia do zgłoszenia #${second}: Nowy adres`);
    await bob.sees('Najlepiej z tej samej sieci.', `#${second} Nowy adres`);
    await ana.presses(`Przejdź do #${first}`);
    await ana.sees(`Od teraz Twoje wiadomości trafiają do zgłoszenia #${first}`);
    company.about(first);
    await ana.says('Chodzi o bazę danych.');
    await opensPost(bob, first, 'Kopia zapasowa');
    await bob.sees('Chodzi o bazę danych.', `#${first} Kopia zapasowa`);
    await bob.says('Co noc, i trzymamy je 14 dni.');
    await ana.sees(/Co noc, i trzymamy je 14 dni\./);
  },
};

async function asks(company: Company, ana: Actor, subject: string, description: string): Promise<number> {
  await ana.says(`/ticket ${subject}`);
  await ana.watches('a question with buttons', ({ places }) =>
    places.some(
      ({ messages }) => messages.at(-1)?.buttons.some(({ label }) => label === 'Techniczny') ?? false,
    ),
  );
  await ana.presses('Techniczny');
  await ana.watches('the question how urgent it is', ({ places }) =>
    places.some(({ messages }) => messages.at(-1)?.buttons.some(({ label }) => label === 'Zwykły') ?? false),
  );
  await ana.presses('Zwykły');
  await ana.watches('the question what happens', ({ places }) =>
    places.some(({ messages }) => messages.at(-1)?.text.startsWith('Co się dzieje') ?? false),
  );
  await ana.says(description);
  await ana.watches('what will be sent', ({ places }) =>
    places.some(
      ({ messages }) => messages.at(-1)?.text.includes(description) === true && messages.at(-1)?.bot === true,
    ),
  );
  await ana.presses('Wyślij');
  return seesNumber(company, ana, 'pl', subject);
}
