import type { ChatClient } from './client.ts';

/** Somebody says that they are away, and confirms it. @param words until when; none: until they are back */
export async function goAway(chat: ChatClient, person: string, words = ''): Promise<void> {
  await chat.ask(person, `ooo ${words}`.trim());
  await chat.choose(person, 'Go Away');
}
