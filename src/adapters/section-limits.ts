/** How much of a section a card shows in any chat: a dashboard, not a document. What is longer stands in HubSpot. */
export const most = {
  facts: 20,
  label: 60,
  value: 300,
  text: { characters: 1500, spans: 40 },
  moments: 10,
  moment: 200,
  title: 100,
  rows: 12,
  cell: 120,
} as const;
