import { expect, test } from 'vitest';
import { bookingLink } from '../../../src/domain/lead/booking-link.ts';
import { lead } from '../../support/examples.ts';

const page = 'https://meetings.hubspot.com/ada?uuid=7';
const filledIn = (about: Parameters<typeof lead>[0]) =>
  Object.fromEntries(new URL(bookingLink(page, lead(about))).searchParams);

test('a page for booking a meeting knows the lead’s name and email, and keeps what it had', () => {
  expect(filledIn({ name: 'Ana María de la Cruz', email: 'ana+demo@acme.example' })).toEqual({
    ...{ uuid: '7', email: 'ana+demo@acme.example' },
    ...{ firstName: 'Ana', firstname: 'Ana', lastName: 'María de la Cruz', lastname: 'María de la Cruz' },
  });
});

test('what is not known of the lead it asks for', () => {
  expect(filledIn({ name: null, email: null })).toEqual({ uuid: '7' });
});
