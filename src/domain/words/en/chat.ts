/** What the chats themselves have to say. */
export const chat = {
  sorry: 'Something went wrong on our side; nothing was changed. Try again.',
  oldButton: 'This button is out of date. Use the buttons on the newest card of this lead.',
  foreigner: 'Your account belongs to another company. Nothing was changed.',
  tooLate: 'That took too long for Slack to open the form. Try again.',
  stillWorking: 'This takes longer than usual. The answer will follow here.',
  stillLooking: 'This takes longer than usual. Open the chat again in a moment.',
  unsure:
    'Slack does not tell me right now whether you work here. Nothing was changed; try again in a minute.',
  personalOnly: 'I answer in our personal chat: others would read along here.',
  companyOnly:
    'I cannot tell who you are, as you are a guest here. Write to me with an account of this company.',
  nothingChanged: 'Nothing was changed.',
  further: "This lead's card is further down.",
  andMore: 'and {$count :number} more',
  refresh: 'Refresh',
  lead: 'Lead',
} as const;
