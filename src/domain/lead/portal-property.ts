/** A property of contacts as the portal's admin made it, and how people fill it in. */
export type PortalProperty = {
  /** HubSpot's name for it. */
  name: string;
  /** What HubSpot's pages call it. */
  label: string;
  kind: 'text' | 'longText' | 'number' | 'date' | 'time' | 'choice' | 'choices';
  /** What there is to choose, in HubSpot's order; none where nothing is chosen. */
  options: readonly PropertyOption[];
  /** HubSpot computes it: nobody can fill it in. */
  readOnly: boolean;
};

export type PropertyOption = { value: string; label: string };
