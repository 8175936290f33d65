import { hubSpotActor } from './changes.ts';
import type { Owner } from './owners.ts';
import type { Portal } from './portal.ts';

/** A colleague as the account settings know them; the working hours feed the user's record. */
export type NewOwner = {
  email: string;
  firstName: string;
  lastName: string;
  teams?: Owner['teams'];
  zone?: string;
  workingHours?: { days: string; startMinute: number; endMinute: number }[];
  outOfOffice?: { startTimestamp: number; endTimestamp: number }[];
  availability?: 'available' | 'away';
};

const firstUserId = 2_000_001;
const firstOwnerId = 70_000_001;

/** The owners of the portal, each with a `users` record of another id, as in HubSpot. */
export class People {
  readonly owners = new Map<string, Owner>();
  readonly #portal: Portal;

  constructor(portal: Portal) {
    this.#portal = portal;
  }

  /** Adds the owner and their user record; `userRecordId` is the latter's id. */
  add(person: NewOwner): Owner & { userRecordId: string } {
    const { owners } = this;
    const at = this.#portal.now();
    const owner: Owner = {
      id: String(firstOwnerId + owners.size),
      email: person.email.toLowerCase(),
      firstName: person.firstName,
      lastName: person.lastName,
      userId: firstUserId + owners.size,
      teams: person.teams ?? [],
      archived: false,
      createdAt: at,
      updatedAt: at,
    };
    owners.set(owner.id, owner);
    this.#portal.owners.add(owner.id);
    const { zone, workingHours, outOfOffice, availability } = person;
    const user = this.#portal.create(
      'users',
      {
        hs_email: owner.email,
        hs_given_name: owner.firstName,
        hs_family_name: owner.lastName,
        hs_internal_user_id: String(owner.userId),
        hubspot_owner_id: owner.id,
        hs_standard_time_zone: zone ?? '',
        hs_working_hours: workingHours === undefined ? '' : JSON.stringify(workingHours),
        hs_out_of_office_hours: outOfOffice === undefined ? '' : JSON.stringify(outOfOffice),
        hs_availability_status: availability ?? '',
      },
      hubSpotActor('CRM_UI'),
    );
    return { ...owner, userRecordId: user.id };
  }

  /** The person leaves the company: their records keep them as owner, new ones cannot have them. */
  deactivate(ownerId: string): void {
    const owner = this.owners.get(ownerId);
    if (owner === undefined) throw new Error(`No owner has the id ${ownerId}`);
    this.owners.set(ownerId, { ...owner, archived: true, updatedAt: this.#portal.now() });
    this.#portal.owners.delete(ownerId);
  }
}
