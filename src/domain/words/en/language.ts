/** Which language somebody reads, and why. */
export const language = {
  title: 'Your language: {$language}',
  chosen: 'You have chosen it. Cards, messages and answers come in it in every chat.',
  fromChat: 'You use {$chat} in it. Choose another one, and it holds in every chat.',
  fromCompany: 'It is your company’s: your chat tells none that I know. Choose another one if you like.',
  auto: 'As My Chat',
  unknown: 'I do not know the language “{$said}” yet',
  choose: 'Choose one of these:',
  button: 'Language…',
} as const;
