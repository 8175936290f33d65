import type { Owner } from './owners.ts';

/** A page on which somebody books a meeting, as the API shows it. */
export type MeetingLink = {
  id: string;
  slug: string;
  link: string;
  name: string;
  type: 'PERSONAL_LINK' | 'GROUP_CALENDAR' | 'ROUND_ROBIN_CALENDAR';
  organizerUserId: string;
  userIdsOfLinkMembers: string[];
  defaultLink: boolean;
  createdAt: string;
  updatedAt: string;
};

const firstId = 910_001;

/** The pages that people have made to be booked on. */
export class MeetingLinks {
  readonly all: MeetingLink[] = [];
  readonly #owners: ReadonlyMap<string, Owner>;
  readonly #now: () => Date;

  constructor(owners: ReadonlyMap<string, Owner>, now: () => Date) {
    this.#owners = owners;
    this.#now = now;
  }

  /** Somebody makes a page; their first is the one that HubSpot takes unless told otherwise. */
  create(
    ownerId: string,
    { slug, type = 'PERSONAL_LINK' }: Pick<MeetingLink, 'slug'> & Partial<Pick<MeetingLink, 'type'>>,
  ): MeetingLink {
    const owner = this.#owners.get(ownerId);
    if (!owner) throw new Error(`No owner has the id ${ownerId}`);
    const organizerUserId = String(owner.userId);
    const at = this.#now().toISOString();
    const made: MeetingLink = {
      ...{ id: String(firstId + this.all.length), slug, type, organizerUserId },
      ...{ link: `https://meetings.hubspot.com/${slug}`, name: slug, createdAt: at, updatedAt: at },
      userIdsOfLinkMembers: [organizerUserId],
      defaultLink: !this.all.some((one) => one.organizerUserId === organizerUserId),
    };
    this.all.push(made);
    return made;
  }
}
