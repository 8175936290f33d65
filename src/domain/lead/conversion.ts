/** A form or meeting page that a lead sent in, as HubSpot names it, and when. */
export type Conversion = { name: string; at: Date };

/**
 * The titles in the name that HubSpot gives to a conversion, which is "<page title>: <form title>". Both may have colons
 * of their own: what stands between the first and the last may belong to either, and counts for both. Of a meeting page
 * the name is "Meetings Link: <its address>", and of a form that was sent in through an integration only the form's title.
 */
export function titlesOf({ name }: Conversion): { page: string | null; form: string } {
  const first = name.indexOf(': ');
  if (first === -1 || name.startsWith('Meetings Link: ')) return { page: null, form: name };
  return { page: name.slice(0, name.lastIndexOf(': ')), form: name.slice(first + 2) };
}
