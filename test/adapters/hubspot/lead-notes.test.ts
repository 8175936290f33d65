import { expect, test } from 'vitest';
import { start, startPortal } from './portal.ts';

test('a note stands on the contact’s timeline as its author’s, once however often it is written', async () => {
  const { portal, crm } = await startPortal();
  const leadId = portal.createContact({ email: 'zoe@initech.test' });
  const accountId = portal.createCompany({ name: 'Initech' });
  const { id: ownerId } = portal.createOwner({
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Okafor',
  });
  const note = {
    id: '5d0c3f4e-1a2b-4c3d-8e9f-0a1b2c3d4e5f',
    handoffId: '0d7ad8c4-5b9e-4a4c-9f3b-0c7f8f2b6a11',
    ...{ leadId, accountId, ownerId, at: start },
    text: 'Ada wrote <this>\nand "that"',
  };
  await crm.writeNote(note);
  await crm.writeNote(note);
  await crm.writeNote({ ...note, id: '6d0c3f4e-1a2b-4c3d-8e9f-0a1b2c3d4e5f', text: 'More' });
  const notes = portal.objectsOf(leadId, 'notes').map(({ properties }) => properties);
  expect(notes).toMatchObject([
    {
      hubspot_owner_id: ownerId,
      hs_note_body: `Ada wrote &lt;this&gt;<br>and &quot;that&quot;<br>Handoff ${note.handoffId} · note ${note.id}`,
    },
    { hs_note_body: expect.stringContaining('More<br>') },
  ]);
});
