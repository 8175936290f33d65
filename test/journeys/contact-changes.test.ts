import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { storedHandoffs } from '../support/stored-handoffs.ts';
import {
  ada,
  ben,
  createLead,
  demoRequest,
  grace,
  happenedTo,
  ownerIdOf,
  reconciled,
  startWorld,
  untold,
  type World,
} from '../support/world.ts';

const ways = [
  { heard: 'by webhook', isTold: true },
  { heard: 'by the watchman', isTold: false },
];
const everywhere = chats.flatMap((chat) => ways.map((way) => ({ ...chat, ...way })));

describe.each(everywhere)(
  'in $name, while a lead is open, the bot hears $heard that',
  ({ platform, isTold }) => {
    let world: World;
    beforeEach(async () => {
      world = await startWorld({ chats: platform });
    });
    afterEach(() => world.close());

    const chat = () => world.in(platform);
    const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};
    const handoffs = () => storedHandoffs(world.database);
    const inHubSpot = async (happens: () => void) => {
      if (!isTold) {
        untold(world, happens);
        return reconciled(world);
      }
      happens();
      await world.settle();
    };

    test('the contact was given to somebody of the policy, whose the lead is now, with a fresh target', async () => {
      const lead = await demoRequest(world);
      await world.pass(5);
      const hubspot_owner_id = ownerIdOf(world, ben);
      await inHubSpot(() => world.hubspot.setProperties('contacts', lead, { hubspot_owner_id }));
      expect(contact(lead)).toMatchObject({ handoff_rep: ben, hubspot_owner_id });
      expect(chat().card(ben).text).toContain('Accept by 9:23 AM');
      expect(chat().card(ada).text).toContain('With Ben Castillo since 9:08 AM');
      expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'reassigned', 'delivered']);
    });

    test('the contact was given to a stranger, which the manager is told once', async () => {
      const stranger = { email: 'zoe@elsewhere.example', firstName: 'Zoe', lastName: 'Zahn' };
      const { id } = world.hubspot.createOwner(stranger);
      const lead = await demoRequest(world);
      await world.pass(5);
      await inHubSpot(() => world.hubspot.setProperties('contacts', lead, { hubspot_owner_id: id }));
      expect(chat().cards(grace)).toHaveLength(1);
      expect(chat().card(grace).text).toContain('Ada Okafor has until 9:18 AM');
      expect(chat().told(ada).at(-1)).toContain('Grace Whitfield, please decide');
      await world.pass(5);
      await reconciled(world);
      expect((await happenedTo(world, lead)).filter((type) => type === 'ownerLost')).toHaveLength(1);
      expect(contact(lead)['handoff_rep']).toBe(ada);
    });

    test('the contact was merged, and the handoff goes on under the new id', async () => {
      const lead = await demoRequest(world);
      const other = createLead(world);
      await world.settle();
      await world.pass(5);
      let merged = '';
      await inHubSpot(() => {
        merged = world.hubspot.mergeContacts(other, lead);
      });
      expect((await handoffs()).map(({ leadId, status }) => [leadId, status])).toEqual([[merged, 'offered']]);
      await chat().press(ada, 'accept');
      await world.settle();
      expect(contact(merged)).toMatchObject({ handoff_status: 'accepted' });
    });

    test('two contacts with open handoffs were merged, of which the later is withdrawn', async () => {
      const hubspot_owner_id = ownerIdOf(world, ada);
      const first = await demoRequest(world, { hubspot_owner_id });
      await world.pass(2);
      const second = await demoRequest(world, { hubspot_owner_id });
      await world.pass(2);
      let merged = '';
      await inHubSpot(() => {
        merged = world.hubspot.mergeContacts(second, first);
      });
      const [one, two] = await handoffs();
      expect(one).toMatchObject({ leadId: merged, status: 'offered' });
      expect(two).toMatchObject({ status: 'closed', outcome: 'withdrawn' });
      const [goesOn, ended] = chat().cards(ada);
      expect(goesOn?.buttons).toContain('accept');
      expect(ended?.text).toContain('Withdrawn 9:07 AM: the contact was merged into one');
      expect(ended?.buttons).toEqual(['open']);
    });

    test('the contact was deleted, which ends the handoff', async () => {
      const lead = await demoRequest(world);
      await world.pass(5);
      await inHubSpot(() => world.hubspot.deleteRecord('contacts', lead));
      expect((await handoffs())[0]).toMatchObject({ status: 'closed', outcome: 'withdrawn' });
      expect(chat().card(ada).text).toContain('Withdrawn 9:08 AM: the contact was deleted');
      await world.pass(20);
      expect((await happenedTo(world, lead)).at(-1)).toBe('withdrawn');
      expect(chat().cards(grace)).toEqual([]);
    });
  },
);
