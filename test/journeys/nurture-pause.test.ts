import { afterEach, describe, expect, test } from 'vitest';
import { chats, type SeenCard } from '../support/chats/client.ts';
import {
  ada,
  ben,
  createLead,
  demoRequest,
  grace,
  ownerIdOf,
  reconciled,
  requestDemo,
  startWorld,
  untold,
  type World,
} from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const day = 24 * 60;
const inMonth = (days: number) => new Date(world.now().getTime() + days * day * 60_000);
const nurture = (lead: string) => {
  const { handoff_nurture_paused: paused, handoff_nurture_resumed_at: resumedAt } =
    world.hubspot.object('contacts', lead)?.properties ?? {};
  return { paused: paused ?? null, resumedAt: resumedAt ?? null };
};
const paused = { paused: 'true', resumedAt: null };
const resumedNow = () => ({ paused: 'false', resumedAt: world.now().toISOString().replace('.000Z', 'Z') });
/** What was asked of HubSpot about a contact since, by method. */
const requestsTo = (lead: string, since: number) =>
  world.hubspot.requests
    .slice(since)
    .filter(({ method, path }) => method === 'PATCH' && path.endsWith(`/${lead}`));

/** The comparison with HubSpot, and what it leads to. */
async function watched(minutes = 15): Promise<void> {
  world.moveTo(new Date(world.now().getTime() + minutes * 60_000));
  await world.app.watchPauses();
  await world.settle();
}

const switchIn = (lead: string, on: boolean) =>
  untold(world, () =>
    world.hubspot.setProperties(
      'contacts',
      lead,
      { handoff_nurture_paused: String(on) },
      { source: 'CRM_UI' },
    ),
  );

describe.each(chats)('nurture of a lead, by the handoff in $name', ({ platform }) => {
  const chat = () => world.in(platform);
  const disqualify = (person: string, reason: string) => chat().fill(person, 'disqualify', { reason });

  test('pauses with the offer, in the request that writes everything else, and the card says so', async () => {
    world = await startWorld({ chats: platform });
    const lead = createLead(world);
    await world.settle();
    const before = world.hubspot.requests.length;
    requestDemo(world, lead);
    await world.settle();
    expect(nurture(lead)).toEqual(paused);
    expect(requestsTo(lead, before)).toHaveLength(1);
    expect(chat().card(ada).text).toContain('Nurture is paused while you have the lead');
  });

  test('goes on with the disqualification, which says since when', async () => {
    world = await startWorld({ chats: platform });
    const lead = await demoRequest(world);
    await world.pass(3);
    const before = world.hubspot.requests.length;
    await disqualify(ada, 'not_a_fit');
    await world.settle();
    expect(nurture(lead)).toEqual(resumedNow());
    expect(requestsTo(lead, before)).toHaveLength(1);
    expect(chat().card(ada).text).not.toContain('Nurture');
  });

  test('stays paused with a reason that says so, until its lease is over', async () => {
    world = await startWorld({ chats: platform });
    const lead = await demoRequest(world);
    await disqualify(ada, 'competitor');
    await world.settle();
    expect(nurture(lead)).toEqual(paused);
    expect(chat().card(ada).text).toContain('Disqualified by you 9:03 AM: Competitor');
    expect(chat().card(ada).text).toContain('Nurture is paused until Apr 1');
    world.moveTo(inMonth(30));
    await watched(1);
    expect(nurture(lead)).toEqual(resumedNow());
    expect(chat().told(ada).at(-1)).toContain('marketing may write to the lead again');
  });

  test('pauses with the acceptance alone where the policy says so', async () => {
    world = await startWorld({ chats: platform, amend: { 'suppression.from': 'accept' } });
    const lead = await demoRequest(world);
    expect(nurture(lead)).toEqual({ paused: null, resumedAt: null });
    expect(chat().card(ada).text).not.toContain('Nurture');
    await chat().press(ada, 'accept');
    await world.settle();
    expect(nurture(lead)).toEqual(paused);
    expect(chat().card(ada).text).toContain('Nurture is paused while you have the lead');
  });

  test('is not written of where the policy says nothing of it', async () => {
    world = await startWorld({ chats: platform, amend: { suppression: null } });
    const lead = await demoRequest(world);
    await disqualify(ada, 'not_a_fit');
    await watched();
    expect(nurture(lead)).toEqual({ paused: null, resumedAt: null });
  });

  test('goes on when the last of several causes is lifted, as of contacts that were merged', async () => {
    world = await startWorld({ chats: platform });
    const hubspot_owner_id = ownerIdOf(world, ada);
    const first = await demoRequest(world, { hubspot_owner_id });
    await world.pass(2);
    const second = await demoRequest(world, { hubspot_owner_id });
    await world.pass(2);
    let merged = '';
    untold(world, () => {
      merged = world.hubspot.mergeContacts(second, first);
    });
    await reconciled(world);
    await watched();
    const [goesOn, withdrawn] = chat().cards(ada);
    expect(withdrawn?.text).toContain('Withdrawn');
    expect(nurture(merged)).toMatchObject({ paused: 'true' });
    await chat().fill(ada, 'disqualify', { reason: 'not_a_fit' }, { card: goesOn as SeenCard });
    await world.settle();
    expect(nurture(merged)).toEqual(resumedNow());
  });

  test('switched in HubSpot by hand is put right in both directions, and the admins hear of it', async () => {
    world = await startWorld({ chats: platform });
    const lead = await demoRequest(world);
    const other = createLead(world);
    await world.settle();
    switchIn(lead, false);
    switchIn(other, true);
    await watched();
    expect(nurture(lead)).toEqual(paused);
    expect(nurture(other)).toEqual(resumedNow());
    expect(chat().bulletins(grace).at(-1)?.text).toContain(
      'off for 1 lead that sales has, and on for 1 lead without a cause',
    );
    const [entry] = await world.database.prisma.nurtureState.findMany({ where: { leadId: lead } });
    expect(entry).toMatchObject({ written: true, writtenAt: world.now(), seen: false, seenAt: world.now() });
  });

  test('is paused by the next process when one ends between the commit and the write', async () => {
    world = await startWorld({ chats: platform });
    const lead = createLead(world);
    await world.settle();
    world.hubspot.failNext({ method: 'PATCH', path: /contacts/, connection: 'drop' });
    requestDemo(world, lead);
    await world.settle();
    expect(nurture(lead)).toEqual({ paused: null, resumedAt: null });
    await world.restart();
    await world.retryNow();
    expect(nurture(lead)).toEqual(paused);
  });

  test('is resumed with one date when the answer to its write is lost', async () => {
    world = await startWorld({ chats: platform });
    const lead = await demoRequest(world);
    world.hubspot.failNext({ method: 'PATCH', path: /contacts/, connection: 'drop-after-effect' });
    const at = resumedNow();
    await disqualify(ada, 'not_a_fit');
    await world.settle();
    world.moveTo(inMonth(1));
    await world.restart();
    await world.retryNow();
    expect(nurture(lead)).toEqual(at);
  });

  test('pauses by membership of a segment as well, and no one else is taken out of it', async () => {
    const makeSegment = (hubspot: World['hubspot']) =>
      hubspot.segments.create({ name: 'Sales is on it', processingType: 'MANUAL' });
    let segment = '';
    world = await startWorld({
      chats: platform,
      amend: { 'suppression.segment': 101 },
      prepare: (hubspot) => {
        segment = makeSegment(hubspot).id;
      },
    });
    expect(segment).toBe('101');
    const members = () =>
      world.hubspot.segments.members(world.hubspot.segments.find(segment)).map(({ id }) => id);
    const theirs = createLead(world);
    world.hubspot.segments.write(world.hubspot.segments.find(segment), { add: [theirs] });
    const lead = await demoRequest(world);
    expect(members()).toEqual([theirs, lead]);
    await watched();
    const before = world.hubspot.requests.length;
    await disqualify(ada, 'not_a_fit');
    await world.settle();
    expect(members()).toEqual([theirs]);
    // Who is still in it when HubSpot looks at what enrols them again stays out.
    const order = world.hubspot.requests
      .slice(before)
      .flatMap(({ method, path }) => (path.includes('/lists/') || path.endsWith(`/${lead}`) ? [method] : []));
    expect(order.slice(0, 2)).toEqual(['PUT', 'PATCH']);
  });

  test('is told to whoever may know of it, in the chat', async () => {
    world = await startWorld({ chats: platform });
    await demoRequest(world);
    for (const person of [ada, grace]) {
      const answer = await chat().ask(person, 'suppressions');
      expect(answer).toContain('Nurture is paused for 1 lead');
      expect(answer).toContain('Dana Ortiz');
      expect(answer).toContain('With Ada Okafor (Demo request), since 2026-03-02T14:03:00Z');
    }
    expect(await chat().ask(ben, 'suppressions')).toContain('Nothing is paused');
  });
});
