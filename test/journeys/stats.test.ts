import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { measuredPast } from '../support/measured-past.ts';
import { ada, ben, demoRequest, grace, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, when Ada let a demo request pass and Ben took it', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
    await demoRequest(world);
    await world.pass(61);
    await world.pass(7);
    await chat().press(ben, 'accept');
    await world.settle();
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const ask = (person: string, text: string) => chat().ask(person, text);

  test('what was missed is hers, and his time began with his card', async () => {
    expect(await ask(ada, 'stats')).toMatch(/Your leads, last 30 days.*Answered in time.*0 of 1/s);
    const bens = await ask(ben, 'stats');
    expect(bens).toMatch(/Answered in time.*1 of 1/s);
    expect(bens).toMatch(/Your team answered in time 1 of 2/);
    expect(bens).toContain('taken over from others 1');
  });

  test('a manager sees the team, rep by rep, without anybody’s rank', async () => {
    const team = await ask(grace, 'stats 7d');
    expect(team).toMatch(/Americas, last 7 days/);
    expect(team).toMatch(/1 lead, .* against /);
    expect(team).toMatch(/Ada Okafor.*1.*0 of 1.*Ben Castillo.*1.*1 of 1/s);
    expect(await ask(grace, 'stats ada')).toMatch(/Ada Okafor, last 30 days/);
    expect(await ask(grace, 'stats demo request quarter')).toMatch(/All teams · Demo request, this quarter/);
    expect(await ask(grace, 'stats speed')).toMatch(
      /Speed against meetings: .*Too few cases to say anything: 0 leads/s,
    );
    expect(await ask(grace, 'stats by week')).toMatch(/Week of.*2026-03-02/s);
  });

  test('what was in time and late is drawn week by week, once there are weeks to compare', async () => {
    const title = 'Answered in time and late, week by week';
    expect(await ask(grace, 'stats')).not.toContain(title);
    await measuredPast(world.database, 300, world.now());
    expect(await ask(grace, 'stats')).toContain(title);
  });

  test('what is not theirs, or not known, is told', async () => {
    expect(await ask(ben, 'stats ada')).toContain('The numbers of "ada" are not yours to see');
    expect(await ask(ben, 'stats yesterday')).toContain('I don\'t know "yesterday" there');
    expect(await ask(ben, 'stats meanings')).toMatch(/Answered in time.*counted from their own card/s);
    expect(await ask(ben, 'stats 2026-01-01..2026-01-07')).toContain('No lead qualified in this time.');
  });
});
