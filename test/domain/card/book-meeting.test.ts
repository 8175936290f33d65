import { describe, expect, test } from 'vitest';
import { bookMeeting } from '../../../src/domain/card/book-meeting.ts';
import { accepted, closed, minutesAfter, offered, touchedAt, working } from '../../support/examples.ts';
import { view } from './card-words.ts';

const meetingLink = 'https://meetings.hubspot.com/ada';
const labels = (of: Parameters<typeof bookMeeting>[0]) => bookMeeting(of).map(({ label }) => label);

describe('Book Meeting', () => {
  test.each([
    ['accepted', accepted()],
    ['working', working()],
  ])(
    'leads to the holder’s own page once the handoff is %s, with the lead’s name and email',
    (_, handoff) => {
      const [action] = bookMeeting(view({ handoff, meetingLink }));
      expect(action).toMatchObject({ kind: 'link', label: 'Book Meeting' });
      expect(action).toHaveProperty('url', expect.stringContaining('email=lena.fischer%40northwind.example'));
    },
  );

  test.each([
    ['it is not accepted yet', offered(), meetingLink],
    ['it is closed', closed(), meetingLink],
    ['a meeting is booked', working({ meetingAt: minutesAfter(touchedAt, 5) }), meetingLink],
    ['they have no page', working(), undefined],
  ])('is not offered when %s', (_, handoff, link) => {
    expect(labels(view({ handoff, ...(link && { meetingLink: link }) }))).toEqual([]);
  });
});
