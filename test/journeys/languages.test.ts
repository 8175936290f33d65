import { afterEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, ben, demoRequest, grace, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name', ({ platform }) => {
  let world: World;
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const started = async (locales: Readonly<Record<string, string>>, amend = {}) => {
    world = await startWorld({ chats: platform, locales, amend });
  };

  test('a German rep and an English manager read of the same lead in their own language', async () => {
    await started({ [ada]: 'de-DE' });
    await demoRequest(world);
    expect(chat().card(ada).text).toContain('Annehmen bis');
    await world.pass(20);
    const decides = chat().card(grace).text;
    expect(decides).toContain('Decide now: Ada Okafor has not answered');
    expect(decides).not.toMatch(/[Aa]nnehmen/);
  });

  test('whoever asks is answered in theirs', async () => {
    await started({ [ada]: 'de-AT', [ben]: 'pt-BR' });
    await demoRequest(world);
    expect(await chat().ask(ada, 'ooo')).toContain('Deine Leads pausieren?');
    expect(await chat().ask(ben, 'ooo')).toContain('Pausar seus leads?');
    expect(await chat().ask(grace, 'ooo')).toContain('Pause your leads?');
  });

  test('who changes their language reads in that from then on', async () => {
    await started({ [ada]: 'de-DE' });
    await demoRequest(world);
    chat().speaks(ada, 'pt-PT');
    // Slack is asked with the first card after an hour, Teams tells with what they do.
    await world.pass(61);
    for (let count = 0; count < 3; count += 1) await demoRequest(world);
    await chat().ask(ada, 'help');
    expect(await chat().ask(ada, 'ooo')).toContain('Pausar seus leads?');
  });

  test('a language without words is read in that of the company', async () => {
    await started({ [ada]: 'fr-FR' }, { language: 'de' });
    await demoRequest(world);
    expect(await chat().ask(ada, 'ooo')).toContain('Deine Leads pausieren?');
  });

  test('by /handoff language somebody sees which it is and why, and chooses one of their own', async () => {
    await started({ [ada]: 'pt-BR' });
    await demoRequest(world);
    const shown = await chat().ask(ada, 'language');
    expect(shown).toContain('Seu idioma: português');
    expect(shown).toContain(`É o que você usa no ${platform === 'slack' ? 'Slack' : 'Teams'}`);
    expect(await chat().ask(grace, 'sprache')).toContain('Your language: English');

    expect(await chat().ask(ada, 'idioma deutsch')).toContain('Deine Sprache: Deutsch');
    await world.settle();
    expect(chat().card(ada).text).toContain('Annehmen bis');
    expect(await chat().ask(ada, 'home')).toContain('Deine Leads');
    expect(await chat().ask(ada, 'ooo')).toContain('Deine Leads pausieren?');

    expect(await chat().ask(ada, 'sprache klingonisch')).toContain('„klingonisch“ kenne ich noch nicht');
    await chat().choose(ada, 'Wie im Chat');
    await world.settle();
    expect(await chat().ask(ada, 'language')).toContain('É o que você usa');
  });

  test('a rep goes away and comes back in German, with dates as they are written there', async () => {
    await started({ [ada]: 'de-DE' });
    await demoRequest(world);
    expect(await chat().ask(ada, 'hilfe')).toContain('abwesend bis Freitag');
    const asked = await chat().ask(ada, 'abwesend bis morgen 15 Uhr');
    expect(asked).toContain('Deine Leads pausieren?');
    expect(asked).toContain('1 unbeantworteter Lead ginge an jemand anderen');
    await chat().choose(ada, 'Abmelden');
    await world.settle();
    expect(chat().answers(ada).at(-1)).toContain('Du bist abwesend');
    expect(await chat().ask(ada, 'zurück')).toContain('Willkommen zurück');
    expect(await chat().ask(ada, 'warum dana')).toContain('Dana Ortiz');
    expect(await chat().ask(ada, 'voltei')).toContain('Willkommen zurück');
  });
});
