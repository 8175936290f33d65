/** A form or meeting page that a lead sent in, as HubSpot names it, and when. */
export type Conversion = { name: string; at: Date };

/**
 * The titles in the name that HubSpot gives to a conversion, which is "<page title>: <form title>". A page's title may
 * have colons of its own. Of a meeting page it is "Meetings Link: <its address>", and of a form that was sent in through
 * an integration only the form's title.
 */
export function titlesOf({ name }: Conversion): { page: string | null; form: string } {
  const colon = name.lastIndexOf(': ');
  if (colon === -1 || name.startsWith('Meetings Link: ')) return { page: null, form: name };
  return { page: name.slice(0, colon), form: name.slice(colon + 2) };
}
